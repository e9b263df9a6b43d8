package io.concordat.client;

import java.time.Duration;

/** When something must be over. */
final class Deadline {
    private final Time time;
    private final long end;
    private final Duration limit;

    private Deadline(Time time, long end, Duration limit) {
        this.time = time;
        this.end = end;
        this.limit = limit;
    }

    static Deadline in(Duration limit, Time time) {
        return new Deadline(time, time.nanos() + limit.toNanos(), limit);
    }

    static Deadline in(Duration limit) {
        return in(limit, Time.SYSTEM);
    }

    /** This one, or the end of a shorter time from now. */
    Deadline within(Duration shorter) {
        return shorter.toNanos() < nanosLeft() ? in(shorter, time) : this;
    }

    /** Zero or less once it is over. */
    long nanosLeft() {
        return end - time.nanos();
    }

    boolean isOver() {
        return nanosLeft() <= 0;
    }

    /** How long it was when it was set. */
    Duration limit() {
        return limit;
    }

    /** How long it was, for a message. */
    @Override
    public String toString() {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
