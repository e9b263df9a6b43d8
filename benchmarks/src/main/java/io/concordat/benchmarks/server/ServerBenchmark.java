package io.concordat.benchmarks.server;

import io.concordat.benchmarks.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The server in a process of its own, under load from this one. */
public final class ServerBenchmark {
    private static final double HEAP_MEGABYTES = 400;

    private ServerBenchmark() {}

    public static List<Row> run(boolean quick) throws IOException {
        Path folder = Files.createTempDirectory("concordat-benchmark");
        try {
            Registering registering = new Registering(quick);
            Starting starting = new Starting(quick);
            Path large = folder.resolve("large.db");
            List<Row> rows = new ArrayList<>();
            rows.addAll(new RequestCosts(quick).run(folder.resolve("requests.db")));
            rows.addAll(registering.run(folder.resolve("warm-up.db"), large));
            rows.addAll(starting.run(large, registering.schemas() + " schemas", 4_000, HEAP_MEGABYTES));
            rows.addAll(starting.run(folder.resolve("empty.db"), "empty file", 2_000, HEAP_MEGABYTES));
            return rows;
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
