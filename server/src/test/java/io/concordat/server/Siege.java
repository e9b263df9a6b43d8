package io.concordat.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Servers and those who attack them. What comes of it is seen when it ends: each server must answer a new client, then hold
 * no connection and no body, and nothing may have been logged about it all.
 */
final class Siege {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Logger ROOT = Logger.getLogger("");

    private final RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog());
    private final List<AutoCloseable> clients = new ArrayList<>();
    private final List<RegistryServer> servers = new ArrayList<>();
    private final Complaints complaints = new Complaints();

    Siege() {
        ROOT.addHandler(complaints);
    }

    /** What is logged as a warning or worse. */
    private static final class Complaints extends Handler {
        private final Queue<String> messages = new ConcurrentLinkedQueue<>();

        Complaints() {
            setLevel(Level.WARNING);
        }

        @Override
        public void publish(LogRecord record) {
            if (isLoggable(record)) {
                messages.add(record.getLoggerName() + ": " + record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    int start(ServerConfig.Builder settings) {
        RegistryServer server = RegistryServer.start(engine, settings.build());
        servers.add(server);
        return server.port();
    }

    RawClient connect(int port) {
        return with(new RawClient(port));
    }

    RawClient connect(ServerConfig.Builder settings) {
        return connect(start(settings));
    }

    <T extends AutoCloseable> T with(T client) {
        clients.add(client);
        return client;
    }

    void end() throws Exception {
        try {
            for (RegistryServer server : servers) {
                assertThat(isServed(server.port())).as("a new client is served").isTrue();
            }
            for (AutoCloseable client : clients) {
                client.close();
            }
            for (RegistryServer server : servers) {
                assertThat(isEventually(server::isIdle))
                        .as("nothing is left of connections and bodies")
                        .isTrue();
            }
            assertThat(complaints.messages).as("what was logged").isEmpty();
        } finally {
            ROOT.removeHandler(complaints);
            servers.forEach(RegistryServer::close);
            engine.close();
        }
    }

    /** Whether a new client is served; tried until there is room for one. */
    static boolean isServed(int port) {
        return isEventually(() -> {
            try (RawClient client = new RawClient(port)) {
                return client.send("GET /subjects HTTP/1.1\r\nHost: x\r\n\r\n")
                                .receive()
                                .status()
                        == 200;
            } catch (UncheckedIOException e) {
                return false;
            }
        });
    }

    /** Whether something comes true in time. */
    static boolean isEventually(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (condition.getAsBoolean()) {
                return true;
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return false;
    }
}
