package io.concordat.dev;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker in this process: a real one, single, its own controller, listening on 127.0.0.1 only and without
 * security. For a laptop and for tests, not for data one would miss.
 *
 * <p>Safe for many threads. It is ready for clients when {@link #start} returns. It logs through SLF4J; where that ends in
 * java.util.logging, Kafka's loggers say errors only unless their level has been set.
 */
public final class DevBroker implements AutoCloseable {
    private static final int ATTEMPTS_AT_FREE_PORTS = 4;

    private final KafkaNode node;
    private final FolderLock lock;
    private final Path folder;
    private final boolean temporary;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DevBroker(KafkaNode node, FolderLock lock, Path folder, boolean temporary, int port) {
        this.node = node;
        this.lock = lock;
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
        if (settings.port() != 0) {
            requireFree(settings.port());
        }
        boolean temporary = settings.folder().isEmpty();
        Path folder = settings.folder().orElseGet(DevBroker::temporaryFolder);
        FolderLock lock = FolderLock.take(folder);
        try {
            format(folder);
            return start(settings, lock, folder, temporary);
        } catch (RuntimeException | Error e) {
            lock.close();
            if (temporary) {
                Folders.delete(folder);
            }
            throw e;
        }
    }

    private static DevBroker start(DevBrokerSettings settings, FolderLock lock, Path folder, boolean temporary) {
        for (int attempt = 1; ; attempt++) {
            int port = settings.port() == 0 ? freePort() : settings.port();
            try {
                KafkaNode node = KafkaNode.start(settings.properties(folder, port, freePort()));
                return new DevBroker(node, lock, folder, temporary, port);
            } catch (RuntimeException e) {
                // Somebody else may have taken a port since it was found to be free. The controller does not say so: it
                // fails.
                boolean taken = KafkaNode.isTakenPort(e) || KafkaNode.isFailure(e);
                if (!taken || attempt == ATTEMPTS_AT_FREE_PORTS) {
                    throw new DevStartException("The broker cannot start in '" + folder + "': " + reason(e), e);
                }
            }
        }
    }

    /** Brings a new folder into the shape the broker expects; leaves one that has it alone. */
    private static void format(Path folder) {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setNodeId(DevBrokerSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName(DevBrokerSettings.CONTROLLER_LISTENER)
                    .setPrintStream(KafkaNode.silence())
                    .run();
        } catch (Exception e) {
            throw new DevStartException("The broker cannot use the folder '" + folder + "': " + reason(e), e);
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
            throw new DevStartException("No temporary folder for the broker: " + Folders.reason(e), e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
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
        node.close();
        lock.close();
        if (temporary) {
            Folders.delete(folder);
        }
    }
}
