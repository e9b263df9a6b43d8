package io.concordat.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when it is told to, and by waiting for it. */
final class ManualTime implements Time {
    /** Close to where it wraps around, as it may be. */
    private static final long START = Long.MAX_VALUE - 1_000_000;

    private final AtomicLong now = new AtomicLong(START);
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

    void advance(Duration by) {
        now.addAndGet(by.toNanos());
    }

    /** Since the beginning. */
    Duration passed() {
        return Duration.ofNanos(now.get() - START);
    }

    /** How long was waited, each time. */
    List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        sleeps.add(Duration.ofNanos(nanos));
        now.addAndGet(nanos);
    }
}
