package io.concordat.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** What a client reaches a registry with: connections, and what is known about how each of its doors is. */
final class Connection implements AutoCloseable {
    /** How long somebody waits who has an answer already. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final FailoverTransport transport;
    private final Duration shortDeadline;
    private final ClientMetrics metrics;

    private Connection(FailoverTransport transport, Duration shortDeadline, ClientMetrics metrics) {
        this.transport = transport;
        this.shortDeadline = shortDeadline;
        this.metrics = metrics;
    }

    /** @throws IllegalArgumentException if something that the settings name cannot be used */
    static Connection open(ClientConfig config) {
        return open(config, Time.SYSTEM, () -> ThreadLocalRandom.current().nextDouble());
    }

    static Connection open(ClientConfig config, Time time, DoubleSupplier random) {
        HttpClient client = HttpClients.of(config);
        Authorizer authorizer = authorizer(config, client);
        ClientMetrics metrics = new ClientMetrics();
        List<Door> doors = new ArrayList<>();
        for (URI url : config.urls()) {
            CircuitBreaker breaker =
                    new CircuitBreaker(config.retries().probeInterval().toNanos(), time, random);
            doors.add(new Door(url, new JdkTransport(url, config, client, authorizer), config, breaker, metrics));
        }
        int first = config.randomize() ? (int) (random.getAsDouble() * doors.size()) : 0;
        FailoverTransport transport =
                new FailoverTransport(doors, first, config.retries(), time, random, metrics.outage());
        Duration shortDeadline = config.deadline().compareTo(SHORT) < 0 ? config.deadline() : SHORT;
        return new Connection(transport, shortDeadline, metrics);
    }

    private static Authorizer authorizer(ClientConfig config, HttpClient client) {
        if (config.oauth().isPresent()) {
            return new OAuthTokens(config.oauth().get(), client);
        }
        return config.tokens().map(Authorizer::of).orElse(Authorizer.NONE);
    }

    /** Repeats what may be repeated. */
    Transport patient() {
        return transport;
    }

    /** Asks once. */
    Transport impatient() {
        return new Transport() {
            @Override
            public Answer send(Call call, Deadline deadline) {
                return transport.sendOnce(call, deadline);
            }

            @Override
            public void close() {
                transport.close();
            }
        };
    }

    Duration shortDeadline() {
        return shortDeadline;
    }

    ClientMetrics metrics() {
        return metrics;
    }

    @Override
    public void close() {
        transport.close();
    }
}
