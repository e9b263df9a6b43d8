package io.concordat.engine;

import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.Subject;
import io.concordat.engine.state.RegistryState;
import io.concordat.engine.state.SubjectState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which subjects a prefix names. Looks only at those. */
final class SubjectListing {
    private static final String ANY_CONTEXT = ":*:";

    private SubjectListing() {}

    /**
     * The subjects whose qualified names begin with a prefix, sorted as those names.
     *
     * @param prefix without a context it means the default one; {@code :*:} before it means all
     * @param deleted a subject counts as deleted if all its versions are
     */
    static List<Subject> of(RegistryState state, String prefix, Deleted deleted) {
        List<Subject> found = new ArrayList<>();
        if (prefix.startsWith(ANY_CONTEXT)) {
            String name = prefix.substring(ANY_CONTEXT.length());
            state.contexts().forEach(context -> add(state, new Subject(context, name), deleted, found));
        } else {
            add(state, Subject.of(prefix), deleted, found);
        }
        found.sort((one, other) -> one.qualified().compareTo(other.qualified()));
        return found;
    }

    private static void add(RegistryState state, Subject prefix, Deleted deleted, List<Subject> found) {
        Context context = prefix.context();
        for (Map.Entry<Subject, SubjectState> entry : state.subjectsFrom(prefix).entrySet()) {
            Subject subject = entry.getKey();
            if (!subject.context().equals(context) || !subject.name().startsWith(prefix.name())) {
                break;
            }
            boolean isDeleted = !entry.getValue().has(Deleted.EXCLUDED);
            if (deleted.accepts(isDeleted)) {
                found.add(subject);
            }
        }
    }
}
