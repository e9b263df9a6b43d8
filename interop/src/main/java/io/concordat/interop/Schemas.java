package io.concordat.interop;

import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat;
import io.concordat.api.format.SchemaFormat.Strictness;
import io.concordat.avro.AvroFormat;
import io.concordat.json.JsonFormat;
import io.concordat.protobuf.ProtobufFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Schemas of all languages, what they refer to looked up in a registry. */
record Schemas(Registry registry) {
    private static final Map<SchemaType, SchemaFormat> FORMATS = Map.of(
            SchemaType.AVRO, new AvroFormat(),
            SchemaType.JSON, new JsonFormat(),
            SchemaType.PROTOBUF, new ProtobufFormat());

    ParsedSchema parse(SchemaContent content) {
        SchemaFormat format = FORMATS.get(content.type());
        if (format == null) {
            throw new IllegalArgumentException("'" + content.type() + "' is none of AVRO, JSON, PROTOBUF");
        }
        return format.parse(content, this::resolve, Strictness.LENIENT);
    }

    private List<Resolved> resolve(List<SchemaReference> references) {
        List<Resolved> resolved = new ArrayList<>();
        for (SchemaReference reference : references) {
            RegisteredSchema found =
                    registry.version(Subject.of(reference.subject()), VersionSpec.of(reference.version()));
            resolved.addAll(resolve(found.content().references()));
            resolved.add(new Resolved(reference.name(), found.content()));
        }
        return resolved;
    }
}
