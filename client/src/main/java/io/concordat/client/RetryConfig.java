package io.concordat.client;

import java.time.Duration;

/**
 * How a registry that is in trouble is asked again. Before the n-th repetition a call waits a random time between nothing and
 * {@code pause * 2^(n-1)}, {@code longestPause} at most, and never longer than its deadline allows.
 *
 * @param retries how often a call is repeated at most, on each of the urls; 0 for never
 * @param pause the longest wait before the first repetition
 * @param longestPause the longest wait before any other one
 * @param probeInterval how long a url that failed five times in a row is left alone before one single call tries it again
 */
public record RetryConfig(int retries, Duration pause, Duration longestPause, Duration probeInterval) {
    /** Three repetitions, after up to 250 ms, 500 ms and 1 s; probes every 2 s. */
    public static final RetryConfig DEFAULT =
            new RetryConfig(3, Duration.ofMillis(250), Duration.ofSeconds(2), Duration.ofSeconds(2));

    /** @throws IllegalArgumentException if a number or a duration is negative, or there is no time between probes */
    public RetryConfig {
        if (retries < 0) {
            throw new IllegalArgumentException("retries must not be negative, found " + retries);
        }
        if (pause.isNegative() || longestPause.isNegative()) {
            throw new IllegalArgumentException("a pause must not be negative, found " + pause + " and " + longestPause);
        }
        if (probeInterval.isNegative() || probeInterval.isZero()) {
            throw new IllegalArgumentException("probeInterval must be positive, found " + probeInterval);
        }
    }

    /** The same, with another number of repetitions. */
    public RetryConfig withRetries(int newRetries) {
        return new RetryConfig(newRetries, pause, longestPause, probeInterval);
    }

    /** The same, with other pauses. */
    public RetryConfig withPauses(Duration newPause, Duration newLongestPause) {
        return new RetryConfig(retries, newPause, newLongestPause, probeInterval);
    }

    /** The same, with another time between probes. */
    public RetryConfig withProbeInterval(Duration newProbeInterval) {
        return new RetryConfig(retries, pause, longestPause, newProbeInterval);
    }
}
