package io.concordat.log.kafka;

import io.concordat.engine.log.LogException;

/** A commit whose answer never came. The topic will tell. */
final class UndecidedException extends LogException {
    private static final long serialVersionUID = 1L;

    private final Committed ifCommitted;
    private final boolean fenced;

    /**
     * @param ifCommitted where the records stand if they count
     * @param fenced whether another is the writer now
     */
    UndecidedException(String message, Throwable cause, Committed ifCommitted, boolean fenced) {
        super(message, cause, true);
        this.ifCommitted = ifCommitted;
        this.fenced = fenced;
    }

    Committed ifCommitted() {
        return ifCommitted;
    }

    boolean isFenced() {
        return fenced;
    }
}
