package io.concordat.engine;

import io.concordat.api.SchemaTags;
import java.util.List;

/**
 * How the tags in a schema's text are changed before it is registered.
 *
 * @param add the tags that parts of the schema get
 * @param remove the tags that parts of the schema lose
 * @param propagate whether the schema takes over the tags of the latest version, where it has the same parts
 */
public record TagChange(List<SchemaTags> add, List<SchemaTags> remove, boolean propagate) {
    public static final TagChange NONE = new TagChange(List.of(), List.of(), false);
    static final TagChange PROPAGATE = new TagChange(List.of(), List.of(), true);

    public TagChange {
        add = List.copyOf(add);
        remove = List.copyOf(remove);
    }

    /** Whether single tags are named, rather than taken over. */
    boolean isEdit() {
        return !add.isEmpty() || !remove.isEmpty();
    }
}
