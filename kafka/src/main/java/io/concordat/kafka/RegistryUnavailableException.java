package io.concordat.kafka;

import io.concordat.api.RegistryException;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * The registry could not be asked, or could not answer: refused, lost, too late, 408, 429 or 5xx. The record may be fine, and
 * will be read or written once the registry is back; whoever skips it loses it.
 */
public final class RegistryUnavailableException extends RetriableException implements SerdeFailure {
    private static final long serialVersionUID = 1L;

    private final FailureDetails details;
    private final @Nullable Duration retryAfter;

    RegistryUnavailableException(String problem, FailureDetails details, RegistryException failure) {
        super(details.message(problem), failure);
        this.details = details;
        this.retryAfter = failure.retryAfter().orElse(null);
    }

    /** How long the registry wants to be left alone, counted from its answer; empty if it did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public Kind kind() {
        return Kind.TRANSIENT;
    }

    @Override
    public FailureDetails details() {
        return details;
    }

    @Override
    public RuntimeException exception() {
        return this;
    }
}
