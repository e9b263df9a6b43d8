package io.concordat.serdes;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;

/** A thread that was to stop in the middle of something, which says nothing about the record that it had at hand. */
final class Interruption {
    private static final int DEEPEST_CAUSE = 50;

    private Interruption() {}

    /** Whether a failure is there because of one. */
    static boolean isBehind(Throwable failure) {
        Throwable current = failure;
        for (int depth = 0; current != null && depth < DEEPEST_CAUSE; depth++) {
            if (current instanceof InterruptedException) {
                return true;
            }
            current = current.getCause();
        }
        return false;
    }

    /** What is told of it, as of whatever passes by itself; the thread is interrupted, also if somebody has forgotten that. */
    static RegistryException told(String problem, Throwable cause) {
        Thread.currentThread().interrupt();
        return new RegistryException(ErrorCode.DEADLINE_EXCEEDED, "the thread was interrupted " + problem, cause);
    }
}
