package io.concordat.benchmarks.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.benchmarks.Row;
import io.concordat.benchmarks.Schemas;
import io.concordat.dev.DevBroker;
import io.concordat.dev.DevBrokerSettings;
import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.NewRecord;
import io.concordat.log.kafka.KafkaEventLog;
import io.concordat.log.kafka.KafkaLogSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node over a topic of one broker, which runs in this process, as the load does. */
public final class ClusterBenchmark {
    private static final int CONNECTIONS = 16;

    /** Many at once, so that the topic is filled soon. */
    private static final int FILLING_CONNECTIONS = 128;

    private static final double WANTED_PER_SECOND = 2_000;
    private static final double WANTED_MILLIS = 6_000;

    /** What a registry of another make reached with 16 clients on this kind of machine. */
    private static final double OTHER_PER_SECOND = 108;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Pattern NEXT_OFFSET = Pattern.compile("(?m)^concordat_log_next_offset (\\d+)");

    private ClusterBenchmark() {}

    public static List<Row> run(boolean quick) throws IOException {
        int schemas = quick ? 20_000 : 100_000;
        Duration lasting = Duration.ofSeconds(quick ? 10 : 30);
        List<Row> rows = new ArrayList<>();
        try (DevBroker broker = DevBroker.start(DevBrokerSettings.EPHEMERAL);
                ServedProcess node = ServedProcess.start()) {
            int port = node.node(broker.bootstrapServers());
            Load.run(port, FILLING_CONNECTIONS, Registering.requests(0, schemas), PATIENCE);
            double millis = start(broker, quick ? 1 : 3);
            double alone = alone(broker, lasting.dividedBy(2));
            rows.addAll(register(node, port, schemas, lasting, alone));
            rows.add(new Row("start, " + schemas + " schemas / goal", millis, "ms", WANTED_MILLIS));
        }
        return rows;
    }

    private static List<Row> register(ServedProcess node, int port, int from, Duration lasting, double alone)
            throws IOException {
        long offset = offset(port);
        long cpu = node.cpu();
        Load.Result load = Load.run(port, CONNECTIONS, Registering.requests(from, Integer.MAX_VALUE), lasting);
        double rate = load.perSecond();
        // Behind the records of each commit stands its mark.
        long commits = offset(port) - offset - load.requests();
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("register, 16 conn. / goal, rate", rate, "1/s", WANTED_PER_SECOND));
        rows.add(new Row("register, 16 conn. / other make, rate", rate, "1/s", OTHER_PER_SECOND));
        rows.add(new Row("register, 16 conn. / 16 records per commit, rate", rate, "1/s", alone));
        rows.add(new Row("register, commits", commits * 1e9 / load.nanos(), "1/s", 1));
        rows.add(new Row("register, records per commit", (double) load.requests() / commits, "records", 1));
        rows.add(new Row("register, CPU of the node", (node.cpu() - cpu) / 1e3 / load.requests(), "us", 1));
        return rows;
    }

    private static long offset(int port) throws IOException {
        String metrics = Load.answer(port, Requests.get("/metrics"));
        Matcher offset = NEXT_OFFSET.matcher(metrics);
        if (!offset.find()) {
            throw new IOException("The node does not tell its offset: " + metrics);
        }
        return Long.parseLong(offset.group(1));
    }

    /** How many records a second the log takes, each commit as large as one with a record from each connection. */
    private static double alone(DevBroker broker, Duration lasting) {
        KafkaLogSettings settings = KafkaLogSettings.builder(broker.bootstrapServers())
                .topic("alone")
                .group("alone")
                .replicationFactor(1)
                .build();
        try (KafkaEventLog log = KafkaEventLog.open(settings);
                EventLog.Writer writer = log.openWriter()) {
            long begin = System.nanoTime();
            long end = begin + lasting.toNanos();
            int records = 0;
            while (System.nanoTime() < end) {
                writer.append(batch(records)).toCompletableFuture().join();
                records += CONNECTIONS;
            }
            return records * 1e9 / (System.nanoTime() - begin);
        }
    }

    private static List<NewRecord> batch(int from) {
        List<NewRecord> batch = new ArrayList<>();
        for (int number = from; number < from + CONNECTIONS; number++) {
            batch.add(new NewRecord(
                    Registering.subject(number).getBytes(UTF_8),
                    Schemas.text(number).getBytes(UTF_8)));
        }
        return batch;
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
