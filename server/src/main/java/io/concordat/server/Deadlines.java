package io.concordat.server;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What must come to an end in time, on one event loop. Nearly everything does, so that watching costs next to nothing: there is
 * one timer for all, and what is late is noticed a tenth of its time later at most.
 */
@SuppressWarnings("ReferenceEquality") // A place in a ring is that very object.
final class Deadlines {
    private static final long SHORTEST_TICK_MILLIS = 10;
    private static final long LONGEST_TICK_MILLIS = 1_000;

    private final Vertx vertx;
    private final long tickMillis;
    private final Watched head = new Watched() {
        @Override
        void expired() {
            throw new AssertionError("The head of the list is not watched");
        }
    };
    private boolean isTicking;

    /** @param usual how long most of what is watched may take */
    Deadlines(Vertx vertx, Duration usual) {
        this.vertx = vertx;
        tickMillis = Math.max(SHORTEST_TICK_MILLIS, Math.min(LONGEST_TICK_MILLIS, usual.toMillis() / 10));
    }

    /** Something that may take too long: one place in a ring. */
    abstract static class Watched {
        private Watched previous = this;
        private Watched next = this;
        private long deadline;

        private boolean isWatched() {
            return next != this;
        }

        /** Called once, when it is too late. It is not watched any more then. */
        abstract void expired();
    }

    /** Begins to watch, or gives another deadline. */
    void watch(Watched watched, Duration time) {
        forget(watched);
        watched.deadline = System.nanoTime() + time.toNanos();
        watched.previous = head.previous;
        watched.next = head;
        head.previous.next = watched;
        head.previous = watched;
        if (!isTicking) {
            isTicking = true;
            vertx.setTimer(tickMillis, timer -> tick());
        }
    }

    /** Does not watch any longer, if it did. */
    void forget(Watched watched) {
        watched.previous.next = watched.next;
        watched.next.previous = watched.previous;
        watched.previous = watched;
        watched.next = watched;
    }

    private void tick() {
        try {
            for (Watched late : late()) {
                if (late.isWatched()) {
                    forget(late);
                    late.expired();
                }
            }
        } finally {
            isTicking = head.isWatched();
            if (isTicking) {
                vertx.setTimer(tickMillis, timer -> tick());
            }
        }
    }

    private List<Watched> late() {
        long now = System.nanoTime();
        List<Watched> late = new ArrayList<>(0);
        for (Watched watched = head.next; watched != head; watched = watched.next) {
            if (watched.deadline - now <= 0) {
                late.add(watched);
            }
        }
        return late;
    }
}
