package io.concordat.benchmarks.client;

import io.concordat.benchmarks.Row;
import java.io.IOException;
import java.util.List;

/** The client over HTTP. */
public final class ClientBenchmark {
    private ClientBenchmark() {}

    /** What cannot be measured by repeating it a million times. */
    public static List<Row> run(boolean quick) throws IOException {
        return new Herd(quick).run();
    }
}
