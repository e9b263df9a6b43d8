package io.concordat.serdes;

import org.jspecify.annotations.Nullable;

/** A value that cannot be written: of no known schema, or not fitting the one it was to be written with. */
public final class EncodeException extends MessageException {
    private static final long serialVersionUID = 1L;

    EncodeException(String problem, Origin origin) {
        this(problem, origin, null, false);
    }

    EncodeException(Origin origin, Throwable cause) {
        this(Brief.message(cause), origin, cause, isConfiguration(cause));
    }

    private EncodeException(String problem, Origin origin, @Nullable Throwable cause, boolean configuration) {
        super("write", "a value", problem, origin, cause, configuration);
    }

    /** The value's own fault. */
    static EncodeException ofValue(String problem, Origin origin, Throwable cause) {
        return new EncodeException(problem, origin, cause, false);
    }

    /** Somebody must change a setting, or what is registered. */
    static EncodeException ofConfiguration(String problem, Origin origin) {
        return ofConfiguration(problem, origin, null);
    }

    /** Likewise. */
    static EncodeException ofConfiguration(String problem, Origin origin, @Nullable Throwable cause) {
        return new EncodeException(problem, origin, cause, true);
    }
}
