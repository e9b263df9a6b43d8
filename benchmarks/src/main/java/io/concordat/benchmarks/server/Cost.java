package io.concordat.benchmarks.server;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.DoubleStream;

/**
 * What answering came to.
 *
 * @param perSecond how many requests were answered in a second
 * @param cpuMicros how much processor time each of them took the server, in microseconds
 */
record Cost(double perSecond, double cpuMicros) {
    static Cost of(ServedProcess server, int port, int connections, Requests requests, Duration lasting)
            throws IOException {
        long before = server.cpu();
        Load.Result load = Load.run(port, connections, requests, lasting);
        return new Cost(load.perSecond(), (server.cpu() - before) / 1e3 / load.requests());
    }

    static Cost median(Collection<Cost> costs) {
        return new Cost(
                median(costs.stream().mapToDouble(Cost::perSecond)),
                median(costs.stream().mapToDouble(Cost::cpuMicros)));
    }

    static double median(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
