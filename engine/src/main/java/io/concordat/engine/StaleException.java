package io.concordat.engine;

/** What a decision was prepared on has changed since: prepare again. */
final class StaleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StaleException() {
        super("The subject has changed meanwhile", null, false, false);
    }
}
