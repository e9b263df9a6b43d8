package io.concordat.serdes;

import io.concordat.api.IncompatibleSchemaException;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.util.Optional;

/** An incompatible schema with the value that it was to be registered for; the refusal itself is the cause. */
final class LocatedRefusal extends IncompatibleSchemaException implements MessageFailure {
    private static final long serialVersionUID = 1L;

    private final transient Origin origin;

    LocatedRefusal(String message, Origin origin, IncompatibleSchemaException refusal) {
        super(message, refusal.report(), refusal);
        this.origin = origin;
    }

    @Override
    public Optional<String> topic() {
        return Optional.ofNullable(origin().topic());
    }

    @Override
    public Optional<RecordPart> part() {
        return Optional.ofNullable(origin().part());
    }

    @Override
    public Optional<SchemaId> id() {
        return Optional.ofNullable(origin().id());
    }

    @Override
    public Optional<Subject> subject() {
        return Optional.ofNullable(origin().subject());
    }

    @SuppressWarnings("ConstantValue")
    private Origin origin() {
        return origin == null ? Origin.UNKNOWN : origin;
    }
}
