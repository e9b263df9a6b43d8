package io.concordat.dev;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker in this process: a real one, single, its own controller, listening on 127.0.0.1 only and without
 * security. For a laptop and for tests, not for data one would miss.
 *
 * <p>Safe for many threads. It is ready for clients when {@link #start} returns. It logs through SLF4J; where that ends in
 * java.util.logging, Kafka's loggers say errors only unless their level has been set.
 */
public final class DevBroker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DevBroker.class.getName());
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(10);
    private static final int ATTEMPTS_AT_FREE_PORTS = 4;

    private final KafkaRaftServer server;
    private final Path folder;
    private final boolean temporary;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DevBroker(KafkaRaftServer server, Path folder, boolean temporary, int port) {
        this.server = server;
        this.folder = folder;
        this.temporary = temporary;
        this.port = port;
    }

    /** A broker on a free port with a folder of its own, which is gone after {@link #close}. */
    public static DevBroker ephemeral() {
        return start(DevBrokerSettings.EPHEMERAL);
    }

    /**
     * Starts a broker and waits until it answers.
     *
     * @throws DevStartException if its port is taken, or its folder is in use or cannot be used
     */
    public static DevBroker start(DevBrokerSettings settings) {
        KafkaGuest.prepare();
        boolean temporary = settings.folder().isEmpty();
        Path folder = settings.folder().orElseGet(DevBroker::temporaryFolder);
        try {
            return start(settings, folder, temporary);
        } catch (RuntimeException e) {
            if (temporary) {
                Folders.delete(folder);
            }
            throw e;
        }
    }

    private static DevBroker start(DevBrokerSettings settings, Path folder, boolean temporary) {
        if (settings.port() != 0) {
            requireFree(settings.port());
        }
        for (int attempt = 1; ; attempt++) {
            int port = settings.port() == 0 ? freePort() : settings.port();
            int controllerPort = freePort();
            KafkaConfig config = new KafkaConfig(settings.properties(folder, port, controllerPort), false);
            format(config, folder);
            KafkaRaftServer server = null;
            try {
                server = new KafkaRaftServer(config, Time.SYSTEM);
                server.startup();
                return new DevBroker(server, folder, temporary, port);
            } catch (RuntimeException e) {
                abandon(server);
                if (!KafkaGuest.isTakenPort(e) || attempt == ATTEMPTS_AT_FREE_PORTS) {
                    throw new DevStartException("The broker cannot start in " + folder + ": " + reason(e), e);
                }
            }
        }
    }

    /** Brings a new folder into the shape the broker expects; leaves one that has it alone. */
    private static void format(KafkaConfig config, Path folder) {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(folder);
            new Formatter()
                    .setNodeId(config.nodeId())
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName(DevBrokerSettings.CONTROLLER_LISTENER)
                    .setIgnoreFormatted(true)
                    .setPrintStream(KafkaGuest.silence())
                    .run();
        } catch (Exception e) {
            throw new DevStartException("The broker cannot use the folder " + folder + ": " + reason(e), e);
        }
    }

    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As Kafka does it: a port in TIME_WAIT is free, one that somebody listens on is not.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new DevStartException(
                    "Port " + port + " of 127.0.0.1 is not free for the broker: " + e.getMessage(), e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new DevStartException("No free port on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("concordat-broker-");
        } catch (IOException e) {
            throw new DevStartException("No temporary folder for the broker: " + e.getMessage(), e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static void abandon(@Nullable KafkaRaftServer server) {
        if (server == null) {
            return;
        }
        try {
            server.shutdown();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "What did not start did not stop cleanly either", e);
        }
    }

    /** Where its clients connect, for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** The port its clients connect to. */
    public int port() {
        return port;
    }

    /** Where its data is. */
    public Path folder() {
        return folder;
    }

    /** Stops the broker, waiting some seconds at most, and deletes its folder if that was a temporary one. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Thread stopper = new Thread(
                () -> {
                    abandon(server);
                    stopped.countDown();
                },
                "dev-broker-shutdown");
        stopper.setDaemon(true);
        stopper.start();
        awaitStop(stopped);
        if (temporary) {
            Folders.delete(folder);
        }
    }

    private static void awaitStop(CountDownLatch stopped) {
        try {
            if (!stopped.await(SHUTDOWN_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "The broker did not stop within " + SHUTDOWN_LIMIT.toSeconds() + " s and is left alone");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
