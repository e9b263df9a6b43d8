package io.concordat.client;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values by key, each loaded by the first thread that asks while all others that ask for the same key wait for it. A hit
 * takes no lock, and no lock is held while loading. A failure is passed on to those who wait, and not kept.
 *
 * <p>Full, it forgets what was not asked for lately: of two generations the older one is dropped when the younger one holds
 * half of what is allowed. So it remembers at least half of its size.
 */
final class BoundedCache<K, V> {
    private final int generationSize;
    private final ClientMetrics metrics;
    private volatile Generations<K, V> generations = Generations.empty();

    /** @param metrics counts hits, misses and flights */
    BoundedCache(int maxSize, ClientMetrics metrics) {
        this.generationSize = Math.max(1, maxSize / 2);
        this.metrics = metrics;
    }

    /**
     * The value of a key.
     *
     * @throws RegistryException from {@code loader}, whoever ran it; {@link ErrorCode#UNREACHABLE} if this thread is
     *     interrupted while it waits for another one
     */
    V get(K key, Supplier<V> loader) {
        while (true) {
            Generations<K, V> now = generations;
            Entry<V> known = now.find(key);
            if (known != null && !known.forgotten) {
                keepYoung(now, key, known);
                V ready = known.ready;
                if (ready != null) {
                    metrics.hit();
                    return ready;
                }
                try {
                    V value = known.await();
                    metrics.hit();
                    return value;
                } catch (CancellationException e) {
                    // The thread that was loading had to stop; somebody else must.
                    continue;
                }
            }
            Entry<V> mine = new Entry<>();
            if (now.replace(key, known, mine)) {
                rotateIfFull(now);
                return load(now, key, mine, loader);
            }
        }
    }

    /** The value of a key, if it is there by now. Counted as a hit, and cheaper than {@link #get} in that it needs no loader. */
    @Nullable
    V hit(K key) {
        V value = find(key);
        if (value != null) {
            metrics.hit();
        }
        return value;
    }

    /** The value of a key, if it is there by now. Not counted. */
    @Nullable
    V find(K key) {
        Generations<K, V> now = generations;
        Entry<V> known = now.find(key);
        if (known == null || known.forgotten) {
            return null;
        }
        V value = known.ready;
        if (value != null) {
            keepYoung(now, key, known);
        }
        return value;
    }

    /** Remembers a value that was not loaded here. */
    void put(K key, V value) {
        Generations<K, V> now = generations;
        Entry<V> entry = new Entry<>();
        entry.complete(value);
        now.young.put(key, entry);
        rotateIfFull(now);
    }

    /** Forgets one key. Who waits for it already still gets it. */
    void forget(K key) {
        Generations<K, V> now = generations;
        forget(now.young, key);
        forget(now.old, key);
    }

    /** Forgets everything, likewise. */
    void clear() {
        Generations<K, V> now = generations;
        now.young.keySet().forEach(key -> forget(now.young, key));
        now.old.keySet().forEach(key -> forget(now.old, key));
    }

    int size() {
        Generations<K, V> now = generations;
        return now.young.size() + now.old.size();
    }

    private V load(Generations<K, V> generation, K key, Entry<V> entry, Supplier<V> loader) {
        metrics.missed();
        metrics.flightBegun();
        try {
            V value = loader.get();
            entry.complete(value);
            return value;
        } catch (Throwable e) {
            entry.forgotten = true;
            generation.young.remove(key, entry);
            if (Thread.currentThread().isInterrupted()) {
                entry.value.cancel(false);
            } else {
                entry.value.completeExceptionally(e);
            }
            throw e;
        } finally {
            metrics.flightEnded();
        }
    }

    private void keepYoung(Generations<K, V> now, K key, Entry<V> entry) {
        if (now.young.get(key) == null && now.young.putIfAbsent(key, entry) == null) {
            rotateIfFull(now);
        }
    }

    private void rotateIfFull(Generations<K, V> now) {
        if (now.young.size() >= generationSize) {
            rotate(now);
        }
    }

    private synchronized void rotate(Generations<K, V> full) {
        if (generations == full) {
            generations = new Generations<>(new ConcurrentHashMap<>(), full.young);
        }
    }

    private static <K, V> void forget(Map<K, Entry<V>> generation, K key) {
        Entry<V> entry = generation.remove(key);
        if (entry != null) {
            // Another thread may have it in hand, to keep it young.
            entry.forgotten = true;
        }
    }

    /** What was asked for lately, and what was not. */
    private static final class Generations<K, V> {
        final Map<K, Entry<V>> young;
        final Map<K, Entry<V>> old;

        Generations(Map<K, Entry<V>> young, Map<K, Entry<V>> old) {
            this.young = young;
            this.old = old;
        }

        static <K, V> Generations<K, V> empty() {
            return new Generations<>(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }

        @Nullable
        Entry<V> find(K key) {
            Entry<V> entry = young.get(key);
            return entry == null ? old.get(key) : entry;
        }

        /** Puts an entry in the place of what was found, unless another thread was faster. */
        boolean replace(K key, @Nullable Entry<V> found, Entry<V> entry) {
            boolean inPlace = found != null && young.replace(key, found, entry);
            return inPlace || young.putIfAbsent(key, entry) == null;
        }
    }

    /** A value that is there, or on its way. */
    private static final class Entry<V> {
        final CompletableFuture<V> value = new CompletableFuture<>();
        volatile @Nullable V ready;
        volatile boolean forgotten;

        void complete(V result) {
            ready = result;
            value.complete(result);
        }

        /** @throws CancellationException if the thread that was loading was interrupted */
        V await() {
            try {
                return value.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw NoAnswerException.unreachable(
                        NoAnswerException.Reason.INTERRUPTED,
                        "Interrupted while waiting for an answer that another thread asked for",
                        e);
            } catch (ExecutionException e) {
                throw SharedFailure.of(e.getCause());
            }
        }
    }
}
