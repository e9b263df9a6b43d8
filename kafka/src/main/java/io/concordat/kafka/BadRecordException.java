package io.concordat.kafka;

import org.apache.kafka.common.errors.SerializationException;

/**
 * A record that will never be read, or a value that will never be written: bytes that are no message, an id that the registry
 * does not have even when it is asked again, or a body or value that does not fit its schema.
 */
public final class BadRecordException extends SerializationException implements SerdeFailure {
    private static final long serialVersionUID = 1L;

    private final FailureDetails details;

    BadRecordException(String problem, FailureDetails details, Throwable cause) {
        super(details.message(problem), cause);
        this.details = details;
    }

    @Override
    public Kind kind() {
        return Kind.BAD_RECORD;
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
