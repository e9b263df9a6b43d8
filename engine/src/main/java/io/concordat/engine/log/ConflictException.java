package io.concordat.engine.log;

/** An append on top of what was no longer the end of the log: somebody else has written meanwhile. It has changed nothing. */
public final class ConflictException extends LogException {
    private static final long serialVersionUID = 1L;

    public ConflictException(String message) {
        super(message, null);
    }
}
