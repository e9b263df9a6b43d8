package io.concordat.avro;

import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.SchemaFormat;

/**
 * Avro, as far as a registry needs it.
 *
 * <p>A schema is refused that nests more than 500 levels deep (1,000 in its text) or defines more than 5,000 named types, together with what
 * it refers to: no thread's stack and no minute of computing is at the mercy of a text.
 */
public final class AvroFormat implements SchemaFormat {
    @Override
    public SchemaType type() {
        return SchemaType.AVRO;
    }

    @Override
    public AvroSchema parse(SchemaContent schema, ReferenceResolver references, Strictness strictness) {
        if (!schema.type().equals(SchemaType.AVRO)) {
            throw new IllegalArgumentException("A schema of type " + schema.type() + " was given to Avro");
        }
        return AvroSchema.parse(schema, references, strictness);
    }
}
