package io.concordat.client;

import io.concordat.client.NoAnswerException.Reason;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Questions that are being asked: whoever asks the same one meanwhile waits for that answer. Nothing is remembered, and no
 * lock is held.
 */
final class Flights<K, V> {
    private final ConcurrentHashMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();
    private final ClientMetrics metrics;

    Flights(ClientMetrics metrics) {
        this.metrics = metrics;
    }

    V join(K key, Supplier<V> load) {
        while (true) {
            CompletableFuture<V> mine = new CompletableFuture<>();
            CompletableFuture<V> other = flights.putIfAbsent(key, mine);
            if (other == null) {
                return load(key, mine, load);
            }
            try {
                return await(other);
            } catch (CancellationException e) {
                // The thread that was asking had to stop; somebody else must ask.
            }
        }
    }

    private V load(K key, CompletableFuture<V> mine, Supplier<V> load) {
        metrics.missed();
        metrics.flightBegun();
        try {
            V value = load.get();
            flights.remove(key, mine);
            mine.complete(value);
            return value;
        } catch (Throwable e) {
            flights.remove(key, mine);
            if (Thread.currentThread().isInterrupted()) {
                mine.cancel(false);
            } else {
                mine.completeExceptionally(e);
            }
            throw e;
        } finally {
            metrics.flightEnded();
        }
    }

    private static <V> V await(CompletableFuture<V> other) {
        try {
            return other.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NoAnswerException.unreachable(
                    Reason.INTERRUPTED, "Interrupted while waiting for an answer that another thread asked for", e);
        } catch (ExecutionException e) {
            throw SharedFailure.of(e.getCause());
        }
    }
}
