package io.concordat.serdes;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Values that are loaded once per key: whoever asks first loads, others who ask meanwhile wait for that one, and nobody
 * waits for another key. A failed load is not remembered. Bounded: when it is full it starts over.
 *
 * @param <K> the keys, by equality
 * @param <V> the values
 */
final class Loads<K, V> {
    /** How many values are remembered unless said otherwise. */
    static final int USUAL_LIMIT = 16_384;

    private final ConcurrentHashMap<K, CompletableFuture<V>> loads = new ConcurrentHashMap<>();
    private final int limit;

    /** Of the usual size. */
    Loads() {
        this(USUAL_LIMIT);
    }

    /** @param limit how many values are remembered at most */
    Loads(int limit) {
        this.limit = limit;
    }

    /**
     * The value of a key, which is loaded if it is not known yet.
     *
     * @throws io.concordat.api.RegistryException if the thread is interrupted while another one loads
     */
    V get(K key, Supplier<V> load) {
        CompletableFuture<V> known = loads.get(key);
        if (known != null && known.isDone() && !known.isCompletedExceptionally()) {
            return known.join();
        }
        if (known == null && loads.size() >= limit) {
            loads.clear();
        }
        return join(key, load, true);
    }

    /** The value that is being loaded for a key, or else a fresh one, which is not remembered; likewise. */
    V fresh(K key, Supplier<V> load) {
        return join(key, load, false);
    }

    private V join(K key, Supplier<V> load, boolean remember) {
        while (true) {
            CompletableFuture<V> own = new CompletableFuture<>();
            CompletableFuture<V> earlier = loads.putIfAbsent(key, own);
            if (earlier == null) {
                return load(key, own, load, remember);
            }
            try {
                return await(earlier);
            } catch (CancellationException e) {
                // The thread that was loading had to stop; somebody else must load.
            }
        }
    }

    private V load(K key, CompletableFuture<V> own, Supplier<V> load, boolean remember) {
        try {
            V value = load.get();
            if (!remember) {
                loads.remove(key, own);
            }
            own.complete(value);
            return value;
        } catch (RuntimeException | Error e) {
            loads.remove(key, own);
            if (Thread.currentThread().isInterrupted()) {
                own.cancel(false);
            } else {
                own.completeExceptionally(e);
            }
            throw e;
        }
    }

    private V await(CompletableFuture<V> load) {
        try {
            return load.get();
        } catch (InterruptedException e) {
            throw Interruption.told("while another thread asked", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause());
        }
    }
}
