package io.concordat.api.json;

import org.jspecify.annotations.Nullable;

/** A text that is not JSON. */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedJsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
