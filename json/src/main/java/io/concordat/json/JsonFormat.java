package io.concordat.json;

import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.SchemaFormat;

/**
 * JSON Schema, as far as a registry needs it: drafts 4, 6 and 7, 2019-09 and 2020-12. A schema that names none of these is
 * taken to be of draft 7.
 *
 * <p>{@code $ref}s mean something in the schema itself or one of the schemas it refers to, by their names or their own
 * {@code $id}. Nothing is ever fetched. A schema is refused that nests more than 1,000 levels deep in its text or has more
 * than 200,000 parts together with what it refers to.
 */
public final class JsonFormat implements SchemaFormat {
    @Override
    public SchemaType type() {
        return SchemaType.JSON;
    }

    @Override
    public JsonSchema parse(SchemaContent schema, ReferenceResolver references, Strictness strictness) {
        if (!schema.type().equals(SchemaType.JSON)) {
            throw new IllegalArgumentException("A schema of type " + schema.type() + " was given to JSON Schema");
        }
        return JsonSchema.parse(schema, references.resolve(schema.references()), strictness);
    }
}
