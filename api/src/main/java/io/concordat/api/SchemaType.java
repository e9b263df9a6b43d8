package io.concordat.api;

import java.util.Objects;

/**
 * A schema language, by the name it has on the wire.
 *
 * @param name case matters: {@code AVRO}, not {@code avro}
 */
public record SchemaType(String name) {
    public static final SchemaType AVRO = new SchemaType("AVRO");
    public static final SchemaType JSON = new SchemaType("JSON");
    public static final SchemaType PROTOBUF = new SchemaType("PROTOBUF");

    public SchemaType {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
