package io.concordat.benchmarks;

import io.concordat.benchmarks.avro.AvroBenchmark;
import io.concordat.benchmarks.client.ClientBenchmark;
import io.concordat.benchmarks.client.HitBenchmark;
import io.concordat.benchmarks.engine.EngineBenchmark;
import io.concordat.benchmarks.json.JsonBenchmark;
import io.concordat.benchmarks.server.ServerBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;

/** Runs one family of benchmarks and prints its rows. */
public final class Main {
    private static final Map<String, Family> FAMILIES = Map.of(
            "client", Main::client,
            "avro", quick -> new Measurement(quick).run(AvroBenchmark.class),
            "json", quick -> new Measurement(quick).run(JsonBenchmark.class),
            "engine", quick -> new Measurement(quick).run(EngineBenchmark.class),
            "server", ServerBenchmark::run);

    private Main() {}

    /** Benchmarks that belong together. */
    @FunctionalInterface
    private interface Family {
        List<Row> run(boolean quick) throws RunnerException, IOException;
    }

    public static void main(String[] arguments) throws RunnerException, IOException {
        String family = "";
        boolean quick = false;
        Path json = null;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--json" -> {
                    if (++i == arguments.length) {
                        fail("--json needs a file");
                    }
                    json = Path.of(arguments[i]);
                }
                default -> {
                    if (!family.isEmpty() || arguments[i].startsWith("-")) {
                        fail("unknown option '" + arguments[i] + "'");
                    }
                    family = arguments[i];
                }
            }
        }
        Family measured = FAMILIES.get(family);
        if (measured == null) {
            fail(family.isEmpty() ? "no benchmark named" : "no benchmark is called '" + family + "'");
            return;
        }
        run(measured, quick, json);
    }

    private static List<Row> client(boolean quick) throws RunnerException, IOException {
        List<Row> rows = new ArrayList<>(new Measurement(quick).run(HitBenchmark.class));
        rows.addAll(ClientBenchmark.run(quick));
        return rows;
    }

    private static void run(Family family, boolean quick, @Nullable Path json) throws RunnerException, IOException {
        List<Row> rows = family.run(quick);
        System.out.print(Row.table(rows));
        if (json != null) {
            Files.write(json, Row.json(rows));
            System.out.println("Rows written to " + json);
        }
    }

    private static void fail(String what) {
        System.err.println("benchmarks: " + what + "; usage: benchmarks/run NAME [--quick] [--json FILE], NAME one of "
                + FAMILIES.keySet());
        System.exit(2);
    }
}
