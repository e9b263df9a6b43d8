package io.concordat.benchmarks.avro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs cells: each in a JVM of its own, and all once before any a second time, so that what the machine does meanwhile
 * falls upon all alike.
 */
final class Cells {
    /** Avro refuses an application's own generated classes without it; we do not look at it. */
    private static final String AVRO_TRUSTS = "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=*";

    /**
     * The medians over all rounds.
     *
     * @param time for one operation, in the benchmark's unit
     * @param bytes allocated by one operation
     */
    record Figures(double time, double bytes) {}

    private final boolean quick;
    private final int rounds;

    Cells(boolean quick) {
        this.quick = quick;
        this.rounds = quick ? 1 : 5;
    }

    Map<Cell, Figures> run(Collection<Cell> cells) throws RunnerException {
        Map<Cell, List<Figures>> all = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            int done = 0;
            for (Cell cell : new LinkedHashSet<>(cells)) {
                Figures figures = run(cell);
                all.computeIfAbsent(cell, missing -> new ArrayList<>()).add(figures);
                System.err.printf(
                        "round %d of %d, %3d of %d: %-70s %10.1f ns %8.0f B%n",
                        round, rounds, ++done, cells.size(), cell, figures.time, figures.bytes);
            }
        }
        Map<Cell, Figures> medians = new LinkedHashMap<>();
        all.forEach((cell, figures) -> medians.put(cell, median(figures)));
        return medians;
    }

    private Figures run(Cell cell) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(cell.pattern())
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", AVRO_TRUSTS)
                .forks(1)
                .warmupIterations(quick ? 4 : 8)
                .measurementIterations(quick ? 3 : 5)
                .warmupTime(TimeValue.milliseconds(300))
                .measurementTime(TimeValue.milliseconds(quick ? 150 : 250))
                .shouldFailOnError(true);
        cell.parameters().forEach(options::param);
        RunResult result = new Runner(options.build()).runSingle();
        return new Figures(result.getPrimaryResult().getScore(), allocation(result));
    }

    private static double allocation(RunResult result) {
        for (String label : result.getSecondaryResults().keySet()) {
            if (label.endsWith("gc.alloc.rate.norm")) {
                return result.getSecondaryResults().get(label).getScore();
            }
        }
        throw new IllegalStateException("The profiler has not counted allocations");
    }

    private static Figures median(List<Figures> figures) {
        return new Figures(
                median(figures.stream().mapToDouble(Figures::time).sorted().toArray()),
                median(figures.stream().mapToDouble(Figures::bytes).sorted().toArray()));
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
