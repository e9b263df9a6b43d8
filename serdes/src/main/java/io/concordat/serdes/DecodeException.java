package io.concordat.serdes;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bytes that are no message, or a message that cannot be read. */
public final class DecodeException extends MessageException {
    private static final long serialVersionUID = 1L;

    private final @Nullable PayloadForm form;

    DecodeException(Origin origin, Throwable cause) {
        this(Brief.message(cause), origin, cause, null, isConfiguration(cause));
    }

    private DecodeException(
            String problem,
            Origin origin,
            @Nullable Throwable cause,
            @Nullable PayloadForm form,
            boolean configuration) {
        super("read", "a message", problem, origin, cause, configuration);
        this.form = form;
    }

    /** @param form what the bytes look like; null if that is not the matter */
    static DecodeException ofBytes(
            String problem, Origin origin, @Nullable Throwable cause, @Nullable PayloadForm form) {
        return new DecodeException(problem, origin, cause, form, false);
    }

    /** Somebody must change a setting. */
    static DecodeException ofConfiguration(String problem, Origin origin, Throwable cause) {
        return new DecodeException(problem, origin, cause, null, true);
    }

    /** What the bytes look like, if they are not what a message of this library begins with. */
    public Optional<PayloadForm> form() {
        return Optional.ofNullable(form);
    }
}
