package io.concordat.client;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;

/**
 * Says whether a door of the registry is to be tried. Open until it has failed five times in a row. Then shut: nobody tries
 * it until the probe interval is over, and then one call does, alone; if that fails too, it stays shut for another interval.
 * An interval is cut short by up to half of it at random, so that not all clients come back at the same moment.
 *
 * <p>A door can also ask for rest ({@code Retry-After}): then nobody tries it for that long, a minute at most.
 */
final class CircuitBreaker {
    static final int FAILURES = 5;

    private static final long LONGEST_REST = 60_000_000_000L;

    private final long interval;
    private final Time time;
    private final DoubleSupplier random;
    private final AtomicReference<State> state;

    /** @param random from 0 to 1 */
    CircuitBreaker(long interval, Time time, DoubleSupplier random) {
        this.interval = interval;
        this.time = time;
        this.random = random;
        this.state = new AtomicReference<>(State.open(time.nanos()));
    }

    /**
     * Asks to be let through. Whoever is, must say how it went.
     *
     * @return 0 to go on, or how many nanoseconds to wait before asking again
     */
    long enter() {
        while (true) {
            State now = state.get();
            long wait = waitFor(now);
            if (wait > 0) {
                return wait;
            }
            if (!now.isShut() || state.compareAndSet(now, now.probed())) {
                return 0;
            }
        }
    }

    /** How long it lets nobody through; 0 if it does. */
    long waitTime() {
        return waitFor(state.get());
    }

    private long waitFor(State now) {
        long rest = now.restUntil - time.nanos();
        // While one is trying, it cannot be known for how long.
        return rest <= 0 && now.probing ? Math.max(1, interval / 8) : Math.max(0, rest);
    }

    void succeeded() {
        State now = state.get();
        if (now.failures > 0 || now.probing) {
            state.set(State.open(time.nanos()));
        }
    }

    void failed() {
        long rest = (long) (interval * (1 - random.getAsDouble() / 2));
        change(now -> now.failedOnce(time.nanos(), rest));
    }

    /** It went neither well nor badly, such as for being interrupted. */
    void undecided() {
        change(State::unprobed);
    }

    /** The door asked to be left alone. */
    void rest(long nanos) {
        long until = time.nanos() + Math.min(Math.max(0, nanos), LONGEST_REST);
        change(now -> now.restingUntil(until));
    }

    boolean isShut() {
        return state.get().isShut();
    }

    /** How long it has been shut; 0 if it is not. */
    long shutFor() {
        State now = state.get();
        return now.isShut() ? Math.max(1, time.nanos() - now.shutSince) : 0;
    }

    private void change(UnaryOperator<State> change) {
        state.updateAndGet(change);
    }

    private record State(int failures, long restUntil, long shutSince, boolean probing) {
        static State open(long now) {
            return new State(0, now, now, false);
        }

        boolean isShut() {
            return failures >= FAILURES;
        }

        State probed() {
            return new State(failures, restUntil, shutSince, true);
        }

        State unprobed() {
            return probing ? new State(failures, restUntil, shutSince, false) : this;
        }

        State failedOnce(long now, long rest) {
            if (isShut() && !probing) {
                // Sent before it was shut.
                return this;
            }
            int count = Math.min(failures + 1, FAILURES);
            return count < FAILURES
                    ? new State(count, restUntil, shutSince, false)
                    : new State(count, later(now + rest, restUntil), isShut() ? shutSince : now, false);
        }

        private static long later(long one, long other) {
            return one - other > 0 ? one : other;
        }

        State restingUntil(long until) {
            return until - restUntil <= 0 ? this : new State(failures, until, shutSince, probing);
        }
    }
}
