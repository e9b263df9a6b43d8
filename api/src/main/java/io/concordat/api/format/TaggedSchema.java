package io.concordat.api.format;

import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaTags;
import java.util.List;

/** A schema of a language whose texts can carry tags on their parts. */
public interface TaggedSchema extends ParsedSchema {
    /** The tags in the text, as the text defines the parts; those of schemas it refers to are not among them. */
    List<SchemaTags> tags();

    /**
     * The same schema with other tags, to be parsed again. Adding a tag that is there, or removing one that is not, changes
     * nothing.
     *
     * @param inherited what parts get first; parts that the text does not define are passed over
     * @param remove what parts lose then
     * @param add what parts get in the end
     * @throws InvalidSchemaException if the text does not define a part that is to get or lose a tag
     */
    SchemaContent withTags(List<SchemaTags> inherited, List<SchemaTags> remove, List<SchemaTags> add);
}
