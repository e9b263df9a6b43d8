package io.concordat.serdes;

import io.concordat.api.RegistryException;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.util.Optional;

/** A registry's failure with the message that it was about; the failure itself is the cause. */
final class LocatedRegistryException extends RegistryException implements MessageFailure {
    private static final long serialVersionUID = 1L;

    private final transient Origin origin;

    LocatedRegistryException(String message, Origin origin, RegistryException failure) {
        super(
                failure.code(),
                failure.number(),
                message,
                failure,
                failure.retryAfter().orElse(null));
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
