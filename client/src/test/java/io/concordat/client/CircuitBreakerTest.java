package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final ManualTime time = new ManualTime();
    private final CircuitBreaker breaker = new CircuitBreaker(INTERVAL.toNanos(), time, () -> 0);

    @Test
    void enter_fourFailuresAndASuccess_staysOpen() {
        for (int round = 0; round < 3; round++) {
            fail(4);
            breaker.succeeded();
        }

        assertThat(breaker.enter()).isZero();
        assertThat(breaker.isShut()).isFalse();
    }

    @Test
    void enter_fiveFailures_isShutForAnInterval() {
        fail(5);

        assertThat(breaker.enter()).isEqualTo(INTERVAL.toNanos());
        time.advance(INTERVAL.minusMillis(1));
        assertThat(breaker.enter()).isEqualTo(1_000_000);
        assertThat(breaker.shutFor()).isEqualTo(INTERVAL.minusMillis(1).toNanos());
    }

    @Test
    void enter_afterTheInterval_letsOneThroughAtATime() {
        fail(5);
        time.advance(INTERVAL);

        assertThat(breaker.enter()).isZero();
        assertThat(breaker.enter()).isPositive();
        breaker.failed();
        assertThat(breaker.enter()).isEqualTo(INTERVAL.toNanos());
        time.advance(INTERVAL);
        assertThat(breaker.enter()).isZero();
        breaker.succeeded();
        assertThat(breaker.enter()).isZero();
        assertThat(breaker.enter()).isZero();
    }

    @Test
    void undecided_ofTheProbe_letsAnotherOneTry() {
        fail(5);
        time.advance(INTERVAL);
        assertThat(breaker.enter()).isZero();
        breaker.undecided();

        assertThat(breaker.enter()).isZero();
    }

    @Test
    void failed_sentBeforeItWasShut_doesNotProlong() {
        fail(5);
        time.advance(Duration.ofSeconds(1));
        fail(3);

        assertThat(breaker.enter()).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void interval_isCutShortAtRandom() {
        CircuitBreaker hasty = new CircuitBreaker(INTERVAL.toNanos(), time, () -> 1);
        for (int i = 0; i < 5; i++) {
            hasty.enter();
            hasty.failed();
        }

        assertThat(hasty.enter()).isEqualTo(INTERVAL.toNanos() / 2);
    }

    @Test
    void rest_letsNobodyThroughForThatLong() {
        breaker.rest(Duration.ofSeconds(7).toNanos());
        breaker.rest(Duration.ofSeconds(3).toNanos());

        assertThat(breaker.enter()).isEqualTo(Duration.ofSeconds(7).toNanos());
        assertThat(breaker.isShut()).isFalse();
        time.advance(Duration.ofSeconds(7));
        assertThat(breaker.enter()).isZero();
    }

    @Test
    void rest_ofAYear_isAMinute() {
        breaker.rest(Duration.ofDays(365).toNanos());

        assertThat(breaker.enter()).isEqualTo(Duration.ofMinutes(1).toNanos());
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.enter();
            breaker.failed();
        }
    }
}
