package io.concordat.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs a class of JMH benchmarks whose methods come in pairs: {@code <what>_ours} and {@code <what>_reference}.
 *
 * <p>Each pair gives a row of time and a row of allocation for every set of parameters.
 */
final class Measurement {
    private final boolean quick;

    Measurement(boolean quick) {
        this.quick = quick;
    }

    List<Row> run(Class<?> benchmark) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Xmx1g", "-XX:+UseSerialGC")
                .forks(quick ? 1 : 3)
                .warmupIterations(quick ? 2 : 4)
                .measurementIterations(quick ? 3 : 5)
                .warmupTime(TimeValue.seconds(1))
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true);
        return rows(new Runner(options.build()).run());
    }

    private static List<Row> rows(Collection<RunResult> results) {
        Map<String, RunResult> ours = new TreeMap<>();
        Map<String, RunResult> references = new TreeMap<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            String method = name.substring(name.lastIndexOf('.') + 1);
            String what = method.substring(0, method.lastIndexOf('_'));
            String row = what + parameters(result);
            (method.endsWith("_ours") ? ours : references).put(row, result);
        }
        List<Row> rows = new ArrayList<>();
        ours.forEach((name, result) -> {
            RunResult reference = references.get(name);
            if (reference == null) {
                throw new IllegalStateException("'" + name + "' has no reference");
            }
            rows.add(new Row(
                    name + ", time",
                    result.getPrimaryResult().getScore(),
                    "ns",
                    reference.getPrimaryResult().getScore()));
            rows.add(new Row(name + ", allocation", allocation(result), "bytes", allocation(reference)));
        });
        return rows;
    }

    private static String parameters(RunResult result) {
        StringBuilder text = new StringBuilder();
        result.getParams()
                .getParamsKeys()
                .forEach(key -> text.append(' ').append(result.getParams().getParam(key)));
        return text.toString();
    }

    private static double allocation(RunResult result) {
        for (String label : result.getSecondaryResults().keySet()) {
            if (label.endsWith("gc.alloc.rate.norm")) {
                return result.getSecondaryResults().get(label).getScore();
            }
        }
        throw new IllegalStateException("The profiler has not counted allocations");
    }
}
