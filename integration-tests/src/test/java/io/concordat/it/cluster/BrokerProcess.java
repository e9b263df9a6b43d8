package io.concordat.it.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A Kafka broker as a process of its own, with its data in a folder. */
final class BrokerProcess implements AutoCloseable {
    static final String CONTROLLERS = "CONTROLLER";

    private final int id;
    private final JavaProcess process;

    private BrokerProcess(int id, JavaProcess process) {
        this.id = id;
        this.process = process;
    }

    /** Starts a broker on a new folder, and does not wait. */
    static BrokerProcess launch(Path folder, int id, String clusterId, Map<String, String> settings)
            throws IOException {
        Path data = folder.resolve("broker-" + id);
        format(data, id, clusterId);
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.setProperty("node.id", String.valueOf(id));
        properties.setProperty("log.dirs", data.toString());
        Path file = folder.resolve("broker-" + id + ".properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        return new BrokerProcess(
                id,
                new JavaProcess(
                        folder.resolve("broker-" + id + ".err"), "256m", Program.class.getName(), file.toString()));
    }

    private static void format(Path data, int id, String clusterId) {
        try {
            new Formatter()
                    .setNodeId(id)
                    .setClusterId(clusterId)
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setControllerListenerName(CONTROLLERS)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("the folder " + data + " cannot be made a broker's", e);
        }
    }

    int id() {
        return id;
    }

    void awaitReady() {
        process.awaitReady();
    }

    void kill() {
        process.kill();
    }

    void pause() {
        process.pause();
    }

    void resume() {
        process.resume();
    }

    void startAgain() {
        process.launch();
        process.awaitReady();
    }

    @Override
    public void close() {
        process.close();
    }

    /** The process. */
    static final class Program {
        /** Kept here because java.util.logging forgets the level of a logger that nobody holds. */
        private static final List<Logger> LOGGERS = List.of(
                Logger.getLogger("kafka"),
                Logger.getLogger("org.apache.kafka"),
                Logger.getLogger("state.change.logger"));

        private Program() {}

        public static void main(String[] arguments) throws IOException {
            LOGGERS.forEach(logger -> logger.setLevel(Level.SEVERE));
            Properties properties = new Properties();
            try (var in = Files.newInputStream(Path.of(arguments[0]))) {
                properties.load(in);
            }
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            server.startup();
            System.out.println("ready");
            server.awaitShutdown();
        }
    }
}
