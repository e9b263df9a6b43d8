package io.concordat.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Waiting within a deserializer while the registry is away, for a limited time, until the deserializer is closed. */
final class OutageWait {
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final long limitNanos;
    private final CountDownLatch closed = new CountDownLatch(1);

    OutageWait(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    /**
     * Tries again until it works out or fails for another reason than that the registry is away.
     *
     * @param first the failure so far
     * @param attempt reads the record
     * @param translation what its failures are
     * @return what was read
     * @throws KafkaException what is to be told: the last failure, when the time is over, the thread is interrupted (and stays
     *     so) or the deserializer is closed
     */
    @Nullable
    Object out(
            KafkaException first,
            Supplier<@Nullable Object> attempt,
            Function<RuntimeException, KafkaException> translation) {
        long begin = System.nanoTime();
        KafkaException failure = first;
        while (failure instanceof RegistryUnavailableException away) {
            long left = limitNanos - (System.nanoTime() - begin);
            if (left <= 0 || !pause(away, left)) {
                break;
            }
            try {
                return attempt.get();
            } catch (RuntimeException e) {
                failure = translation.apply(e);
            }
        }
        throw failure;
    }

    /** False if there is no use in waiting any longer. */
    private boolean pause(RegistryUnavailableException away, long leftNanos) {
        long usual = ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MILLIS / 2, LONGEST_PAUSE_MILLIS);
        long asked = away.retryAfter().map(Duration::toMillis).orElse(0L);
        long nanos = Math.min(leftNanos, TimeUnit.MILLISECONDS.toNanos(Math.max(usual, asked)));
        try {
            return !closed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Whoever waits stops waiting. */
    void close() {
        closed.countDown();
    }
}
