package io.concordat.serdes;

import org.jspecify.annotations.Nullable;

/** A value that cannot be written: of no known schema, or not fitting the one it was to be written with. */
public final class EncodeException extends MessageException {
    private static final long serialVersionUID = 1L;

    EncodeException(String problem, Origin origin) {
        this(problem, origin, null);
    }

    EncodeException(Origin origin, Throwable cause) {
        this(Brief.message(cause), origin, cause);
    }

    EncodeException(String problem, Origin origin, @Nullable Throwable cause) {
        super("write", "a value", problem, origin, cause);
    }
}
