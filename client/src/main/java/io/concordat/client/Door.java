package io.concordat.client;

import io.concordat.api.RegistryException;
import io.concordat.client.NoAnswerException.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One url of a registry, with what is known about how it is. Lets a limited number of requests through at a time, and none
 * while its circuit breaker is shut, also not those that were waiting for their turn when it fell shut.
 */
final class Door implements AutoCloseable {
    private final URI url;
    private final Transport transport;
    private final ClientConfig config;
    private final CircuitBreaker breaker;
    private final ClientMetrics metrics;
    private final Semaphore turns;

    Door(URI url, Transport transport, ClientConfig config, CircuitBreaker breaker, ClientMetrics metrics) {
        this.url = url;
        this.transport = transport;
        this.config = config;
        this.breaker = breaker;
        this.metrics = metrics;
        this.turns = new Semaphore(config.maxConnections(), true);
    }

    URI url() {
        return url;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    /** Tries once; null if it is shut. */
    @Nullable
    Outcome attempt(Call call, Deadline overall) {
        if (breaker.waitTime() > 0) {
            return null;
        }
        Deadline deadline = overall.within(config.attemptTimeout());
        try {
            if (!turns.tryAcquire(Math.max(0, deadline.nanosLeft()), TimeUnit.NANOSECONDS)) {
                return Outcome.of(busy(call, deadline));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.of(NoAnswerException.unreachable(
                    Reason.INTERRUPTED,
                    call.method() + " " + url + call.path() + ": interrupted before it was sent",
                    e));
        }
        try {
            return breaker.enter() > 0 ? null : sendAndLearn(call, deadline);
        } finally {
            turns.release();
        }
    }

    private NoAnswerException busy(Call call, Deadline deadline) {
        return NoAnswerException.late(
                Reason.BUSY,
                call.method() + " " + url + call.path() + ": all " + config.maxConnections()
                        + " connections were in use for " + deadline,
                null);
    }

    private Outcome sendAndLearn(Call call, Deadline deadline) {
        long start = System.nanoTime();
        Outcome outcome = Outcome.undecided();
        try {
            outcome = send(call, deadline);
            return outcome;
        } finally {
            metrics.fetched(System.nanoTime() - start);
            learn(outcome);
        }
    }

    private Outcome send(Call call, Deadline deadline) {
        try {
            return Outcome.of(transport.send(call, deadline));
        } catch (RegistryException e) {
            return Outcome.of(e);
        }
    }

    private void learn(Outcome outcome) {
        outcome.retryAfter(Instant.now()).map(Duration::toNanos).ifPresent(breaker::rest);
        if (!outcome.saysSomething()) {
            breaker.undecided();
        } else if (outcome.isTrouble()) {
            breaker.failed();
        } else {
            breaker.succeeded();
        }
    }

    @Override
    public void close() {
        transport.close();
    }
}
