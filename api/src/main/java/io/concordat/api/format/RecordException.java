package io.concordat.api.format;

import org.jspecify.annotations.Nullable;

/** A value that does not fit its schema, or bytes that are no value of theirs. The message names the path. */
public final class RecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RecordException(String message) {
        this(message, null);
    }

    public RecordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
