package io.concordat.benchmarks.server;

import io.concordat.benchmarks.Row;
import io.concordat.dev.DevBroker;
import io.concordat.dev.DevBrokerSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node over a topic of one broker, which runs in this process, as the load does. */
public final class ClusterBenchmark {
    private static final int CONNECTIONS = 16;
    private static final double WANTED_PER_SECOND = 2_000;
    private static final double WANTED_MILLIS = 6_000;

    /** What a registry of another make reached with 16 clients on this kind of machine. */
    private static final double OTHER_PER_SECOND = 108;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private ClusterBenchmark() {}

    public static List<Row> run(boolean quick) throws IOException {
        int schemas = quick ? 20_000 : 100_000;
        int counted = quick ? 4_000 : 10_000;
        List<Row> rows = new ArrayList<>();
        try (DevBroker broker = DevBroker.start(DevBrokerSettings.EPHEMERAL)) {
            Cost registering = register(broker, schemas, counted);
            rows.add(new Row("register, 16 conn. / goal, rate", registering.perSecond(), "1/s", WANTED_PER_SECOND));
            rows.add(
                    new Row("register, 16 conn. / other make, rate", registering.perSecond(), "1/s", OTHER_PER_SECOND));
            rows.add(new Row("register, CPU of the node", registering.cpuMicros(), "us", 1));
            rows.add(new Row(
                    "start, " + schemas + " schemas / goal", start(broker, quick ? 1 : 3), "ms", WANTED_MILLIS));
        }
        return rows;
    }

    private static Cost register(DevBroker broker, int schemas, int counted) throws IOException {
        try (ServedProcess node = ServedProcess.start()) {
            int port = node.node(broker.bootstrapServers());
            Registering.register(port, 0, schemas - counted);
            return Cost.of(node, port, CONNECTIONS, Registering.requests(schemas - counted, schemas), PATIENCE);
        }
    }

    /** From the start of a process to its first answer. */
    private static double start(DevBroker broker, int rounds) throws IOException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            long begin = System.nanoTime();
            try (ServedProcess node = ServedProcess.start()) {
                Load.answer(node.node(broker.bootstrapServers()), Requests.get("/schemas/types"));
                millis.add((System.nanoTime() - begin) / 1e6);
            }
        }
        return Cost.median(millis.stream().mapToDouble(Double::doubleValue));
    }
}
