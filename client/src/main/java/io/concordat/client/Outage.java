package io.concordat.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether the registry is away. One warning when that begins, and one word when it is over, whoever notices first. */
final class Outage {
    private static final System.Logger LOG = System.getLogger(Outage.class.getName());

    private final AtomicReference<@Nullable Begin> since = new AtomicReference<>();

    private volatile Runnable onEnd = () -> {};

    /** What is done whenever it is over. */
    void onEnd(Runnable action) {
        onEnd = action;
    }

    boolean isOn() {
        return since.get() != null;
    }

    /** @param what is said if this is how it begins */
    void begin(String what) {
        if (since.get() == null && since.compareAndSet(null, new Begin(System.nanoTime()))) {
            LOG.log(System.Logger.Level.WARNING, () -> what);
        }
    }

    /** The registry has answered. */
    void end() {
        Begin begin = since.get();
        if (begin != null && since.compareAndSet(begin, null)) {
            long seconds = Duration.ofNanos(System.nanoTime() - begin.nanos).toSeconds();
            LOG.log(System.Logger.Level.INFO, () -> "The schema registry answers again after " + seconds + " s");
            onEnd.run();
        }
    }

    private record Begin(long nanos) {}
}
