package io.concordat.engine.log;

import org.jspecify.annotations.Nullable;

/** A log that cannot be read or written. */
public class LogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;

    /** A failure that has changed nothing. */
    public LogException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    /**
     * @param outcomeUnknown whether an append may have taken effect in spite of this
     */
    public LogException(String message, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Whether the append may have taken effect: only a later reading of the log tells. */
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }
}
