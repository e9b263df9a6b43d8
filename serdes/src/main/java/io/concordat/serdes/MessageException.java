package io.concordat.serdes;

import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message that cannot be written or read, whatever the registry says. Trying again does not help. What the registry
 * refuses or cannot do is a {@link io.concordat.api.RegistryException} instead.
 */
public abstract sealed class MessageException extends RuntimeException permits EncodeException, DecodeException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final transient Origin origin;

    MessageException(String verb, String unnamed, String problem, Origin origin, @Nullable Throwable cause) {
        super("Cannot " + verb + " " + origin.describe(unnamed) + ": " + problem, cause);
        this.problem = problem;
        this.origin = origin;
    }

    /** What is wrong, without what it is wrong with. */
    String problem() {
        return problem;
    }

    /** The topic, if the caller named one. */
    public Optional<String> topic() {
        return Optional.ofNullable(origin().topic());
    }

    /** The part of the record, if the caller named one. */
    public Optional<RecordPart> part() {
        return Optional.ofNullable(origin().part());
    }

    /** The id of the schema, if it was known by then. */
    public Optional<SchemaId> id() {
        return Optional.ofNullable(origin().id());
    }

    /** The subject of the schema, if it was known by then. */
    public Optional<Subject> subject() {
        return Optional.ofNullable(origin().subject());
    }

    /** An exception that has been through Java serialization keeps its message only. */
    @SuppressWarnings("ConstantValue")
    private Origin origin() {
        return origin == null ? Origin.UNKNOWN : origin;
    }
}
