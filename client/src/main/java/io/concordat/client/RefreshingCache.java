package io.concordat.client;

import io.concordat.api.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values that hold for a while. From four fifths of that time on, a value that is asked for is loaded anew behind the scenes
 * while the old one is still given out, so that nobody waits. A value that is too old is given out all the same while the
 * registry is away: what was right a moment ago is better than nothing.
 */
final class RefreshingCache<K, V> {
    /** How often is tried behind the scenes while the registry is away. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** How long after a failure nobody waits for another attempt: it is made behind the scenes. */
    private static final Duration AWAY = Duration.ofSeconds(30);

    private final BoundedCache<K, Slot<V>> slots;
    private final Flights<Slot<V>, V> flights;
    private final ClientMetrics metrics;
    private final Clock clock;
    private final long timeToLive;
    private final long refreshAfter;
    private final Executor background;

    RefreshingCache(int maxSize, ClientMetrics metrics, Clock clock, Duration timeToLive, Executor background) {
        // Counting is done here: a slot is nothing that anybody asks for.
        this.slots = new BoundedCache<>(maxSize, new ClientMetrics());
        this.flights = new Flights<>(metrics);
        this.metrics = metrics;
        this.clock = clock;
        this.timeToLive = saturatedMillis(timeToLive);
        this.refreshAfter = this.timeToLive - this.timeToLive / 5;
        this.background = background;
    }

    /** A value that is there and far from its end. */
    @Nullable
    V hit(K key) {
        Slot<V> slot = slots.find(key);
        Known<V> known = slot == null ? null : slot.known;
        if (known == null) {
            return null;
        }
        long age = clock.millis() - known.since;
        if (age < 0 || age >= refreshAfter) {
            return null;
        }
        metrics.hit();
        return known.value;
    }

    /** @throws RegistryException from {@code load}, unless there is an old value and the registry is away */
    V get(K key, Supplier<V> load) {
        Slot<V> slot = slots.get(key, Slot::new);
        Known<V> known = slot.known;
        if (known == null) {
            return load(slot, load);
        }
        long age = clock.millis() - known.since;
        if (age >= 0 && age < timeToLive) {
            metrics.hit();
            if (age >= refreshAfter) {
                refresh(slot, known, load);
            }
            return known.value;
        }
        if (known.hasFailedWithin(AWAY, clock.millis())) {
            refresh(slot, known, load);
            return stale(known);
        }
        return loadOrStale(slot, known, load);
    }

    void forget(K key) {
        slots.forget(key);
    }

    void clear() {
        slots.clear();
    }

    private V load(Slot<V> slot, Supplier<V> load) {
        return flights.join(slot, () -> {
            V value = load.get();
            slot.known = new Known<>(value, clock.millis(), Known.NEVER);
            return value;
        });
    }

    private V loadOrStale(Slot<V> slot, Known<V> known, Supplier<V> load) {
        try {
            return load(slot, load);
        } catch (RegistryException e) {
            if (!e.isRetriable() || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            failed(slot, known, e);
            return stale(known);
        }
    }

    private V stale(Known<V> known) {
        metrics.answeredStale();
        return known.value;
    }

    private void failed(Slot<V> slot, Known<V> known, RegistryException failure) {
        if (slot.known == known) {
            slot.known = new Known<>(known.value, known.since, clock.millis());
        }
        metrics.outage()
                .begin("The schema registry is out of reach, so latest versions may be out of date: "
                        + failure.getMessage());
    }

    private void refresh(Slot<V> slot, Known<V> known, Supplier<V> load) {
        if (known.hasFailedWithin(RETRY, clock.millis()) || !slot.refreshing.compareAndSet(false, true)) {
            return;
        }
        try {
            background.execute(() -> refreshNow(slot, known, load));
        } catch (RejectedExecutionException e) {
            // The client is being closed.
            slot.refreshing.set(false);
        }
    }

    private void refreshNow(Slot<V> slot, Known<V> known, Supplier<V> load) {
        try {
            load(slot, load);
        } catch (RegistryException e) {
            if (e.isRetriable()) {
                failed(slot, known, e);
            } else {
                // It is gone: whoever asks next is told so.
                slot.known = null;
            }
        } finally {
            slot.refreshing.set(false);
        }
    }

    private static long saturatedMillis(Duration duration) {
        try {
            return duration.toMillis();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** A place for the value of one key. */
    private static final class Slot<V> {
        final AtomicBoolean refreshing = new AtomicBoolean();
        volatile @Nullable Known<V> known;
    }

    /** A value, when it was loaded, and when loading it again failed last. Compared by identity. */
    private static final class Known<V> {
        static final long NEVER = Long.MIN_VALUE;

        final V value;
        final long since;
        final long failedAt;

        Known(V value, long since, long failedAt) {
            this.value = value;
            this.since = since;
            this.failedAt = failedAt;
        }

        boolean hasFailedWithin(Duration time, long now) {
            return failedAt != NEVER && now >= failedAt && now - failedAt < time.toMillis();
        }
    }
}
