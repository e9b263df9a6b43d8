package io.concordat.it.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * Three Kafka brokers as processes, each a controller, too. Topics have three copies, of which two must have a record before it
 * is acknowledged. Sessions of groups are as long as on brokers that nobody has told otherwise.
 *
 * <p>Each of their clients has lines of its own to them, which can be cut.
 */
final class Brokers implements AutoCloseable {
    private static final int COUNT = 3;
    private static final String EACH_OTHER = "BROKERS";

    private final List<BrokerProcess> processes = new ArrayList<>();
    private final Map<String, List<Line>> lines = new LinkedHashMap<>();
    private final List<Integer> ports = new ArrayList<>();

    private Brokers() {}

    /** Starts them and waits until they answer. */
    static Brokers start(Path folder, List<String> clients) throws IOException {
        Brokers brokers = new Brokers();
        try {
            brokers.launch(folder, clients);
            brokers.processes.forEach(BrokerProcess::awaitReady);
            return brokers;
        } catch (RuntimeException | Error | IOException e) {
            brokers.close();
            throw e;
        }
    }

    private void launch(Path folder, List<String> clients) throws IOException {
        String voters = IntStream.rangeClosed(1, COUNT)
                .mapToObj(id -> id + "@127.0.0.1:" + Ports.free())
                .collect(Collectors.joining(","));
        String clusterId = Uuid.randomUuid().toString();
        clients.forEach(client -> lines.put(client, new ArrayList<>()));
        for (int id = 1; id <= COUNT; id++) {
            Map<String, String> settings = settings(voters);
            listen(settings, voters.split(",", -1)[id - 1].replaceFirst("\\d+@", ""));
            processes.add(BrokerProcess.launch(folder, id, clusterId, settings));
        }
    }

    /** One listener for each client, which is told to come by its line. */
    private void listen(Map<String, String> settings, String controller) throws IOException {
        int own = Ports.free();
        ports.add(own);
        StringBuilder listeners = new StringBuilder(EACH_OTHER + "://127.0.0.1:" + own);
        StringBuilder advertised = new StringBuilder(listeners);
        StringBuilder protocols =
                new StringBuilder(EACH_OTHER + ":PLAINTEXT," + BrokerProcess.CONTROLLERS + ":PLAINTEXT");
        for (Map.Entry<String, List<Line>> client : lines.entrySet()) {
            int port = Ports.free();
            Line line = Line.to(port);
            client.getValue().add(line);
            String name = client.getKey().toUpperCase(java.util.Locale.ROOT);
            listeners.append(',').append(name).append("://127.0.0.1:").append(port);
            advertised.append(',').append(name).append("://127.0.0.1:").append(line.port());
            protocols.append(',').append(name).append(":PLAINTEXT");
        }
        settings.put("listeners", listeners + "," + BrokerProcess.CONTROLLERS + "://" + controller);
        settings.put("advertised.listeners", advertised.toString());
        settings.put("listener.security.protocol.map", protocols.toString());
    }

    private static Map<String, String> settings(String voters) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("controller.quorum.voters", voters);
        settings.put("controller.listener.names", BrokerProcess.CONTROLLERS);
        settings.put("inter.broker.listener.name", EACH_OTHER);
        settings.put("min.insync.replicas", "2");
        settings.put("offsets.topic.replication.factor", "3");
        settings.put("transaction.state.log.replication.factor", "3");
        settings.put("transaction.state.log.min.isr", "2");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // Less than a server would take.
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("num.network.threads", "1");
        settings.put("num.io.threads", "4");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("log.index.size.max.bytes", "1048576");
        return settings;
    }

    /** Where a client finds them. */
    String bootstrapServers(String client) {
        return lines(client).stream().map(line -> "127.0.0.1:" + line.port()).collect(Collectors.joining(","));
    }

    /** A client's lines to all of them. */
    List<Line> lines(String client) {
        return lines.getOrDefault(client, List.of());
    }

    List<BrokerProcess> processes() {
        return processes;
    }

    /** The broker that takes what is written to a topic. */
    BrokerProcess leaderOf(String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", ownAddresses()))) {
            int id = Objects.requireNonNull(
                            admin.describeTopics(List.of(topic))
                                    .allTopicNames()
                                    .get()
                                    .get(topic),
                            topic)
                    .partitions()
                    .get(0)
                    .leader()
                    .id();
            return processes.stream()
                    .filter(broker -> broker.id() == id)
                    .findFirst()
                    .orElseThrow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody tells who leads the topic " + topic, e);
        }
    }

    private String ownAddresses() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    @Override
    public void close() throws IOException {
        processes.forEach(BrokerProcess::close);
        for (List<Line> some : lines.values()) {
            for (Line line : some) {
                line.close();
            }
        }
    }
}
