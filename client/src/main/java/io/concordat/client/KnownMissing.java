package io.concordat.client;

import io.concordat.api.ErrorCode;
import io.concordat.api.FailureKind;
import io.concordat.api.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What the registry said it does not have, so that it need not say so for every record that asks. The first time that is
 * believed for a moment only, since a follower may not have heard yet of what was just registered; after that for the time
 * to live.
 */
final class KnownMissing<K> {
    /** How long a first "not found" is believed. The serializers ask once more when it is over. */
    static final Duration DOUBT = Duration.ofMillis(250);

    private final BoundedCache<K, Missing> missing;
    private final ClientMetrics metrics;
    private final Clock clock;
    private final Duration timeToLive;

    /** @param timeToLive zero to believe nothing */
    KnownMissing(int maxSize, ClientMetrics metrics, Clock clock, Duration timeToLive) {
        this.missing = new BoundedCache<>(maxSize, metrics);
        this.metrics = metrics;
        this.clock = clock;
        this.timeToLive = timeToLive;
    }

    /**
     * Loads, unless it is known that there is nothing.
     *
     * @throws RegistryException from {@code load}, now or earlier
     */
    <V> V unlessMissing(K key, Supplier<V> load) {
        if (timeToLive.isZero()) {
            return load.get();
        }
        Missing known = missing.find(key);
        if (known != null && known.holds(clock.instant())) {
            metrics.hit();
            throw new RegistryException(known.code, known.number, known.message, null);
        }
        try {
            V found = load.get();
            missing.forget(key);
            return found;
        } catch (RegistryException e) {
            if (e.kind() == FailureKind.NOT_FOUND) {
                missing.put(key, Missing.of(e, clock.instant(), known == null ? doubt() : timeToLive));
            }
            throw e;
        }
    }

    private Duration doubt() {
        return timeToLive.compareTo(DOUBT) < 0 ? timeToLive : DOUBT;
    }

    void clear() {
        missing.clear();
    }

    /** What is left of a refusal: a whole exception would hold much more. */
    private record Missing(ErrorCode code, int number, String message, Instant since, Duration timeToLive) {
        static Missing of(RegistryException refusal, Instant now, Duration timeToLive) {
            return new Missing(refusal.code(), refusal.number(), String.valueOf(refusal.getMessage()), now, timeToLive);
        }

        boolean holds(Instant now) {
            Duration age = Duration.between(since, now);
            // A clock that was set back must not keep anything missing.
            return !age.isNegative() && age.compareTo(timeToLive) < 0;
        }
    }
}
