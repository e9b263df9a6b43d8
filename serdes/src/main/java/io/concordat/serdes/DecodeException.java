package io.concordat.serdes;

import org.jspecify.annotations.Nullable;

/** Bytes that are no message, or a message that cannot be read. */
public final class DecodeException extends MessageException {
    private static final long serialVersionUID = 1L;

    DecodeException(String problem, Origin origin) {
        this(problem, origin, null);
    }

    DecodeException(Origin origin, Throwable cause) {
        this(Brief.message(cause), origin, cause);
    }

    DecodeException(String problem, Origin origin, @Nullable Throwable cause) {
        super("read", "a message", problem, origin, cause);
    }
}
