package io.concordat.engine;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaTags;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.TaggedSchema;
import java.util.List;
import java.util.Optional;

/** What becomes of the tags in a schema's text. */
final class Tagging {
    private Tagging() {}

    /**
     * The schema with its tags changed, not parsed again.
     *
     * @param latest the version whose tags are taken over, if any
     * @throws RegistryException {@link ErrorCode#INVALID_SCHEMA} if the schema lacks a part that is to be changed, or its
     *     language cannot carry tags
     */
    static SchemaContent tagged(ParsedSchema schema, TagChange change, Optional<ParsedSchema> latest) {
        if (!(schema instanceof TaggedSchema tagged)) {
            if (change.isEdit()) {
                throw new RegistryException(
                        ErrorCode.INVALID_SCHEMA,
                        "A schema of type " + schema.content().type() + " cannot carry tags");
            }
            return schema.content();
        }
        List<SchemaTags> inherited =
                latest.isPresent() && latest.get() instanceof TaggedSchema old ? old.tags() : List.of();
        return tagged.withTags(inherited, change.remove(), change.add());
    }
}
