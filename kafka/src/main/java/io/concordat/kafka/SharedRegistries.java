package io.concordat.kafka;

import io.concordat.api.Registry;
import io.concordat.client.CachingRegistry;
import io.concordat.client.ClientConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.config.ConfigException;

/**
 * The registries that the serializers of this process are connected to: one client, with one cache, for all that have the
 * same connection. It is closed when the last of them is.
 */
final class SharedRegistries {
    private static final Map<ClientConfig, Shared> OPEN = new HashMap<>();

    private SharedRegistries() {}

    static Lease lease(ClientConfig connection) {
        synchronized (OPEN) {
            Shared shared = OPEN.computeIfAbsent(connection, missing -> new Shared(missing, connect(missing)));
            shared.leases++;
            return new Lease(shared);
        }
    }

    /** @throws ConfigException if something that the settings name cannot be used, such as certificates */
    private static CachingRegistry connect(ClientConfig connection) {
        try {
            return CachingRegistry.connect(connection);
        } catch (IllegalArgumentException e) {
            ConfigException problem = new ConfigException(String.valueOf(e.getMessage()));
            problem.initCause(e);
            throw problem;
        }
    }

    private static void giveBack(Shared shared) {
        synchronized (OPEN) {
            shared.leases--;
            if (shared.leases > 0) {
                return;
            }
            OPEN.remove(shared.connection);
        }
        shared.metrics.close();
        shared.registry.close();
    }

    /** The right to use a registry until it is closed here. */
    static final class Lease implements AutoCloseable {
        private final Shared shared;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease(Shared shared) {
            this.shared = shared;
        }

        Registry registry() {
            return shared.registry;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                giveBack(shared);
            }
        }
    }

    private static final class Shared {
        private final ClientConfig connection;
        private final CachingRegistry registry;
        private final ConnectionMetrics metrics;
        private int leases;

        private Shared(ClientConfig connection, CachingRegistry registry) {
            this.connection = connection;
            this.registry = registry;
            this.metrics = ConnectionMetrics.of(registry.metrics());
        }
    }
}
