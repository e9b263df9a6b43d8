package io.concordat.api;

import java.util.Objects;

/**
 * A name in one schema that stands for a version of another subject.
 *
 * @param name what the schema writes: an Avro full name, a JSON Schema {@code $ref}, a Protobuf import path
 * @param subject as written; one without a context is looked for in the context of the schema that refers
 * @param version a version number, or {@link VersionSpec#LATEST_NUMBER} in a request
 */
public record SchemaReference(String name, String subject, int version) {
    public SchemaReference {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(subject, "subject");
    }
}
