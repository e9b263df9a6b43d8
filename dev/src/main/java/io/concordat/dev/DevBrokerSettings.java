package io.concordat.dev;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a {@link DevBroker} is to run.
 *
 * @param folder where it keeps its data; absent for a temporary folder that is deleted when it stops
 * @param port where its clients connect; 0 for a free one
 * @param overrides broker settings by Kafka's own names, which win over those made here
 */
public record DevBrokerSettings(Optional<Path> folder, int port, Map<String, String> overrides) {
    /** A temporary folder and a free port. */
    public static final DevBrokerSettings EPHEMERAL = new DevBrokerSettings(Optional.empty(), 0, Map.of());

    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final int NODE_ID = 1;

    public DevBrokerSettings {
        folder = folder.map(path -> path.toAbsolutePath().normalize());
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
        overrides = Map.copyOf(overrides);
    }

    /** The same with its data kept in a folder, which is made if it does not exist. */
    public DevBrokerSettings withFolder(Path newFolder) {
        return new DevBrokerSettings(Optional.of(newFolder), port, overrides);
    }

    public DevBrokerSettings withPort(int newPort) {
        return new DevBrokerSettings(folder, newPort, overrides);
    }

    public DevBrokerSettings with(String name, String value) {
        Map<String, String> more = new HashMap<>(overrides);
        more.put(name, value);
        return new DevBrokerSettings(folder, port, more);
    }

    Map<String, String> properties(Path dataFolder, int brokerPort, int controllerPort) {
        Map<String, String> properties = new HashMap<>();
        network(properties, brokerPort, controllerPort);
        singleNode(properties);
        small(properties);
        properties.put("log.dirs", dataFolder.toString());
        properties.putAll(overrides);
        return properties;
    }

    private static void network(Map<String, String> properties, int brokerPort, int controllerPort) {
        String clients = "PLAINTEXT://127.0.0.1:" + brokerPort;
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", String.valueOf(NODE_ID));
        properties.put("listeners", clients + "," + CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", clients);
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        // Voters from the settings, not from the metadata log: so the controller's port may differ at the next start.
        properties.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    }

    private static void singleNode(Map<String, String> properties) {
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.min.session.timeout.ms", "100");
    }

    /** Less memory, fewer files and threads than a server would take. */
    private static void small(Map<String, String> properties) {
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("share.coordinator.state.topic.num.partitions", "4");
        properties.put("offsets.topic.segment.bytes", "4194304");
        properties.put("transaction.state.log.segment.bytes", "4194304");
        properties.put("log.index.size.max.bytes", "1048576");
        properties.put("log.cleaner.dedupe.buffer.size", "4194304");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
    }
}
