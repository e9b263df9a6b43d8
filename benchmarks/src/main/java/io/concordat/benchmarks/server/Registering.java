package io.concordat.benchmarks.server;

import io.concordat.benchmarks.Row;
import io.concordat.benchmarks.Schemas;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How fast 16 connections register schemas that are all different, each under a subject of its own, on SQLite. */
final class Registering {
    private static final int CONNECTIONS = 16;

    /** From here the first schemas are counted, as long as those at the end. */
    private static final int FIRST = 1_000;

    private static final double WANTED_PER_SECOND = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final int schemas;
    private final int counted;

    Registering(boolean quick) {
        schemas = quick ? 20_000 : 100_000;
        counted = quick ? 4_000 : 10_000;
    }

    static void register(int port, int from, int to) throws IOException {
        Load.run(port, CONNECTIONS, requests(from, to), PATIENCE);
    }

    static byte[] request(String subject, String text) {
        return Requests.post("/subjects/" + subject + "/versions", Schemas.body(text));
    }

    static String subject(int number) {
        return "subject-" + number;
    }

    static Requests requests(int from, int to) {
        return Requests.numbered(from, to, number -> request(subject(number), Schemas.text(number)));
    }

    int schemas() {
        return schemas;
    }

    /** Fills a file; another one, of the same process, has warmed it up before. */
    List<Row> run(Path warmUp, Path file) throws IOException {
        try (ServedProcess server = ServedProcess.start()) {
            register(server.registry(warmUp), 0, counted);
            int port = server.registry(file);
            register(port, 0, FIRST);
            Cost first = cost(server, port, FIRST);
            register(port, FIRST + counted, schemas - counted);
            Cost last = cost(server, port, schemas - counted);
            String window = "register " + schemas / 1_000 + "kth / " + FIRST / 1_000 + "kth";
            List<Row> rows = new ArrayList<>();
            rows.add(new Row("register, 16 conn. / goal, rate", last.perSecond(), "1/s", WANTED_PER_SECOND));
            rows.add(new Row(window + ", CPU", last.cpuMicros(), "us", first.cpuMicros()));
            rows.add(new Row(window + ", rate", last.perSecond(), "1/s", first.perSecond()));
            return rows;
        }
    }

    private Cost cost(ServedProcess server, int port, int from) throws IOException {
        return Cost.of(server, port, CONNECTIONS, requests(from, from + counted), PATIENCE);
    }
}
