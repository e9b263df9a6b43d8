package io.concordat.engine.log;

/** An append by somebody who is no longer the log's writer. It has changed nothing. */
public final class FencedException extends LogException {
    private static final long serialVersionUID = 1L;

    public FencedException(String message) {
        super(message, null);
    }
}
