package io.concordat.benchmarks;

import io.concordat.benchmarks.avro.AvroBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;

/** Runs one family of benchmarks and prints its rows. */
public final class Main {
    private static final Map<String, Class<?>> FAMILIES = Map.of("avro", AvroBenchmark.class);

    private Main() {}

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
        Class<?> benchmark = FAMILIES.get(family);
        if (benchmark == null) {
            fail(family.isEmpty() ? "no benchmark named" : "no benchmark is called '" + family + "'");
            return;
        }
        run(benchmark, quick, json);
    }

    private static void run(Class<?> benchmark, boolean quick, @Nullable Path json)
            throws RunnerException, IOException {
        List<Row> rows = new Measurement(quick).run(benchmark);
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
