package io.concordat.client;

import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import java.util.Objects;

/**
 * What an application means to do with a schema.
 *
 * @param subject where the schema belongs, such as {@code Subject.value("orders")} for the values of a topic
 * @param schema as the application has it
 * @param use what for
 */
public record Declaration(Subject subject, SchemaContent schema, Use use) {
    public Declaration {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(use, "use");
    }

    /** It writes records with this schema, which it registers if it is not there yet. */
    public static Declaration registers(Subject subject, SchemaContent schema) {
        return new Declaration(subject, schema, Use.REGISTER);
    }

    /** It writes records with this schema, which somebody else has registered. */
    public static Declaration writes(Subject subject, SchemaContent schema) {
        return new Declaration(subject, schema, Use.WRITE);
    }

    /** It reads records of every version that is registered into this schema. */
    public static Declaration reads(Subject subject, SchemaContent schema) {
        return new Declaration(subject, schema, Use.READ);
    }

    /** What a schema is for. */
    public enum Use {
        REGISTER,
        WRITE,
        READ
    }
}
