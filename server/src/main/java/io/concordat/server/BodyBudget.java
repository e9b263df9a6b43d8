package io.concordat.server;

import java.util.concurrent.atomic.AtomicLong;

/** How much of all request bodies together is held in memory. */
final class BodyBudget {
    private final long all;
    private final AtomicLong left;

    BodyBudget(long bytes) {
        all = bytes;
        left = new AtomicLong(bytes);
    }

    /** Whether nothing is held. */
    boolean isWhole() {
        return left.get() == all;
    }

    /** Takes that much, or nothing if it is not there. */
    boolean take(long bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }
}
