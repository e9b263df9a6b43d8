package io.concordat.benchmarks;

import io.concordat.benchmarks.avro.AvroBenchmark;
import io.concordat.benchmarks.client.ClientBenchmark;
import io.concordat.benchmarks.client.HitBenchmark;
import io.concordat.benchmarks.engine.EngineBenchmark;
import io.concordat.benchmarks.engine.LargeSchemas;
import io.concordat.benchmarks.json.JsonBenchmark;
import io.concordat.benchmarks.protobuf.ProtobufBenchmark;
import io.concordat.benchmarks.server.ClusterBenchmark;
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
            "client", (quick, only) -> client(quick),
            "avro", AvroBenchmark::run,
            "json", (quick, only) -> new Measurement(quick).run(JsonBenchmark.class),
            "protobuf", (quick, only) -> new Measurement(quick).run(ProtobufBenchmark.class),
            "engine", (quick, only) -> new Measurement(quick).run(EngineBenchmark.class),
            "large", (quick, only) -> LargeSchemas.run(quick),
            "server", (quick, only) -> ServerBenchmark.run(quick),
            "cluster", (quick, only) -> ClusterBenchmark.run(quick));

    private Main() {}

    /** Benchmarks that belong together. */
    @FunctionalInterface
    private interface Family {
        List<Row> run(boolean quick, String only) throws RunnerException, IOException;
    }

    public static void main(String[] arguments) throws RunnerException, IOException {
        String family = "";
        boolean quick = false;
        String only = "";
        Path json = null;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--only" -> only = argument(arguments, ++i, "--only needs a part of the rows' names");
                case "--json" -> json = Path.of(argument(arguments, ++i, "--json needs a file"));
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
        run(measured.run(quick, only), json);
    }

    private static List<Row> client(boolean quick) throws RunnerException, IOException {
        List<Row> rows = new ArrayList<>(new Measurement(quick).run(HitBenchmark.class));
        rows.addAll(ClientBenchmark.run(quick));
        return rows;
    }

    private static String argument(String[] arguments, int index, String missing) {
        if (index == arguments.length) {
            fail(missing);
        }
        return arguments[index];
    }

    private static void run(List<Row> rows, @Nullable Path json) throws IOException {
        System.out.print(Row.table(rows));
        if (json != null) {
            Files.write(json, Row.json(rows));
            System.out.println("Rows written to " + json);
        }
    }

    private static void fail(String what) {
        System.err.println("benchmarks: " + what
                + "; usage: benchmarks/run NAME [--quick] [--only TEXT] [--json FILE], NAME one of "
                + FAMILIES.keySet());
        System.exit(2);
    }
}
