package io.concordat.protobuf;

import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.SchemaFormat;

/**
 * Protocol Buffers, as far as a registry needs them: proto2, proto3 and edition 2023, as text or as a descriptor in base64.
 *
 * <p>A schema is refused that nests more than 64 levels deep or defines more than 20,000 messages and enums: no thread's stack and no
 * minute of computing is at the mercy of a text.
 */
public final class ProtobufFormat implements SchemaFormat {
    @Override
    public SchemaType type() {
        return SchemaType.PROTOBUF;
    }

    @Override
    public ProtobufSchema parse(SchemaContent schema, ReferenceResolver references, Strictness strictness) {
        if (!schema.type().equals(SchemaType.PROTOBUF)) {
            throw new IllegalArgumentException("A schema of type " + schema.type() + " was given to Protobuf");
        }
        return ProtobufSchema.parse(schema, references, strictness);
    }
}
