package io.concordat.client;

import io.concordat.api.RegistryException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** One url of a registry, with what is known about how it is. */
final class Door implements AutoCloseable {
    private final URI url;
    private final Transport transport;
    private final CircuitBreaker breaker;
    private final ClientMetrics metrics;

    Door(URI url, Transport transport, CircuitBreaker breaker, ClientMetrics metrics) {
        this.url = url;
        this.transport = transport;
        this.breaker = breaker;
        this.metrics = metrics;
    }

    URI url() {
        return url;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    /** Tries once. To be called only by those whom the breaker let through. */
    Outcome attempt(Call call, Deadline deadline) {
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
