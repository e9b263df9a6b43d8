package io.concordat.benchmarks.server;

import io.concordat.benchmarks.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How long a process takes from nothing to its first answer, and what it holds in memory then. */
final class Starting {
    private static final double MEGABYTE = 1 << 20;

    private final int rounds;

    Starting(boolean quick) {
        rounds = quick ? 1 : 3;
    }

    /** What was seen of one start. */
    private record Start(double millis, double cpuMillis, double megabytes) {}

    List<Row> run(Path file, String what, double wantedMillis, double wantedMegabytes) throws IOException {
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            starts.add(start(file));
        }
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("start, " + what + " / goal", median(starts, Start::millis), "ms", wantedMillis));
        rows.add(new Row("start, " + what + ", CPU / goal", median(starts, Start::cpuMillis), "ms", wantedMillis));
        rows.add(new Row("heap, " + what + " / goal", median(starts, Start::megabytes), "MB", wantedMegabytes));
        return rows;
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> figure) {
        return Cost.median(starts.stream().mapToDouble(figure));
    }

    private static Start start(Path file) throws IOException {
        long begin = System.nanoTime();
        try (ServedProcess server = ServedProcess.start()) {
            Load.answer(server.registry(file), Requests.get("/schemas/types"));
            double millis = (System.nanoTime() - begin) / 1e6;
            double cpuMillis = server.cpu() / 1e6;
            return new Start(millis, cpuMillis, server.heap() / MEGABYTE);
        }
    }
}
