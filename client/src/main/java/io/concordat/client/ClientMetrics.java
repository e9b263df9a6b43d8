package io.concordat.client;

import io.concordat.api.FailureKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a client has done so far: numbers to be read whenever somebody wants to know. They only grow, but for
 * {@link #flights()} and {@link #isDegraded()}. Safe for many threads.
 */
public final class ClientMetrics {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder flightsBegun = new LongAdder();
    private final LongAdder flightsEnded = new LongAdder();
    private final LongAdder fetches = new LongAdder();
    private final LongAdder fetchNanos = new LongAdder();
    private final LongAdder fromStore = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final Map<FailureKind, LongAdder> failures = new EnumMap<>(FailureKind.class);
    private final Outage outage = new Outage();

    ClientMetrics() {
        for (FailureKind kind : FailureKind.values()) {
            failures.put(kind, new LongAdder());
        }
    }

    /** Questions that were answered from memory, also with what is known not to be there. */
    public long hits() {
        return hits.sum();
    }

    /** Questions that were not. */
    public long misses() {
        return misses.sum();
    }

    /** Questions that are being asked right now, however many threads wait for each. */
    public long flights() {
        return Math.max(0, flightsBegun.sum() - flightsEnded.sum());
    }

    /** Requests that were sent, repetitions included. */
    public long fetches() {
        return fetches.sum();
    }

    /** How long all of them took together, from waiting for a connection to the end of the answer. */
    public Duration fetchTime() {
        return Duration.ofNanos(fetchNanos.sum());
    }

    /** Calls that failed after all repetitions. */
    public long failures(FailureKind kind) {
        LongAdder count = failures.get(kind);
        return count == null ? 0 : count.sum();
    }

    /** Questions that were answered from the store, because the registry was away. */
    public long answersFromStore() {
        return fromStore.sum();
    }

    /** Questions for a latest version that were answered with an old answer, because the registry was away. */
    public long staleAnswers() {
        return stale.sum();
    }

    /** Whether the registry is away at the moment, as far as is known: since then it has not answered. */
    public boolean isDegraded() {
        return outage.isOn();
    }

    void hit() {
        hits.increment();
    }

    void missed() {
        misses.increment();
    }

    void flightBegun() {
        flightsBegun.increment();
    }

    void flightEnded() {
        flightsEnded.increment();
    }

    void fetched(long nanos) {
        fetches.increment();
        fetchNanos.add(nanos);
    }

    void failed(FailureKind kind) {
        LongAdder count = failures.get(kind);
        if (count != null) {
            count.increment();
        }
    }

    void answeredFromStore() {
        fromStore.increment();
    }

    void answeredStale() {
        stale.increment();
    }

    Outage outage() {
        return outage;
    }

    @Override
    public String toString() {
        return "ClientMetrics[hits=" + hits + ", misses=" + misses + ", flights=" + flights() + ", fetches=" + fetches
                + ", fetchTime=" + fetchTime() + ", failures=" + failures + ", answersFromStore=" + fromStore
                + ", staleAnswers=" + stale + ", degraded=" + isDegraded() + "]";
    }
}
