package io.concordat.cli;

import java.util.logging.LogManager;

/**
 * A log that lasts as long as the process. The usual one falls silent when the process begins to end, while what has been running
 * has still something to say.
 *
 * <p>Public only because java.util.logging makes it.
 */
public final class LastingLog extends LogManager {
    private static volatile boolean lasting;

    /** Keeps things as they are from now on. */
    static void last() {
        lasting = true;
    }

    @Override
    public void reset() {
        if (!lasting) {
            super.reset();
        }
    }
}
