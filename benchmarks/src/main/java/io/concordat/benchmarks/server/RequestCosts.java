package io.concordat.benchmarks.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.benchmarks.Row;
import io.concordat.benchmarks.Schemas;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** What requests cost the server: beside them, in turns, a server that does nothing but answer. */
final class RequestCosts {
    private static final int SCHEMAS = 1_000;
    private static final int VERSIONS = 500;
    private static final int CHECKS = 41;
    private static final String FIXED = "fixed";
    private static final String BY_ID = "GET id";
    private static final String LATEST = "GET latest";
    private static final String LOOKUP = "POST lookup";

    private final int warmUp;
    private final int rounds;
    private final Duration lasting;
    private final List<Row> rows = new ArrayList<>();

    RequestCosts(boolean quick) {
        warmUp = quick ? 100_000 : 150_000;
        rounds = quick ? 5 : 7;
        lasting = Duration.ofMillis(quick ? 700 : 2_000);
    }

    /** Requests of one kind, and who answers them. */
    private record Workload(ServedProcess server, int port, Requests requests) {
        Cost run(int connections, Duration lasting) throws IOException {
            return Cost.of(server, port, connections, requests, lasting);
        }
    }

    List<Row> run(Path file) throws IOException {
        try (ServedProcess registry = ServedProcess.start();
                ServedProcess reference = ServedProcess.start()) {
            int port = registry.registry(file);
            Registering.register(port, 0, SCHEMAS);
            String path = "/subjects/" + Registering.subject(0);
            byte[] byId = Requests.get("/schemas/ids/1");
            Requests lookUp = Requests.repeated(Requests.post(path, Schemas.body(Schemas.text(0))));

            Map<String, Workload> workloads = new LinkedHashMap<>();
            int fixed = reference.fixed(Load.answer(port, byId));
            workloads.put(FIXED, new Workload(reference, fixed, Requests.repeated(byId)));
            workloads.put(BY_ID, new Workload(registry, port, Requests.repeated(byId)));
            Requests latest = Requests.repeated(Requests.get(path + "/versions/latest"));
            workloads.put(LATEST, new Workload(registry, port, latest));
            workloads.put(LOOKUP, new Workload(registry, port, lookUp));
            warmUp(workloads);
            for (int connections : new int[] {1, 16, 64}) {
                compare(workloads, connections);
            }
            rows.add(transitiveCheck(port));
        }
        return rows;
    }

    private void warmUp(Map<String, Workload> workloads) throws IOException {
        for (Workload workload : workloads.values()) {
            Requests some = Requests.numbered(0, warmUp, number -> workload.requests.next());
            Load.run(workload.port, 16, some, Duration.ofMinutes(1));
        }
    }

    private void compare(Map<String, Workload> workloads, int connections) throws IOException {
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Workload> workload : workloads.entrySet()) {
                costs.computeIfAbsent(workload.getKey(), name -> new ArrayList<>())
                        .add(workload.getValue().run(connections, lasting));
            }
        }
        Map<String, Cost> medians = new LinkedHashMap<>();
        costs.forEach((name, all) -> medians.put(name, Cost.median(all)));
        for (String name : List.of(BY_ID, LATEST, LOOKUP)) {
            compare(name, FIXED, medians, connections);
        }
        compare(LOOKUP, BY_ID, medians, connections);
    }

    private void compare(String name, String reference, Map<String, Cost> medians, int connections) {
        Cost ours = medians.getOrDefault(name, new Cost(0, 0));
        Cost other = medians.getOrDefault(reference, new Cost(0, 0));
        String row = name + " / " + reference + ", " + connections + " conn.";
        rows.add(new Row(row + ", CPU", ours.cpuMicros(), "us", other.cpuMicros()));
        rows.add(new Row(row + ", rate", ours.perSecond(), "1/s", other.perSecond()));
    }

    /** How long a check against all versions of a subject takes, beside one against the latest only. */
    private static Row transitiveCheck(int port) throws IOException {
        String subject = "versioned";
        Load.run(
                port,
                1,
                Requests.numbered(0, VERSIONS, number -> Registering.request(subject, Schemas.version(number))),
                Duration.ofMinutes(5));
        byte[] candidate = Schemas.body(Schemas.version(VERSIONS));
        String path = "/compatibility/subjects/" + subject + "/versions";
        double latest = milliseconds(port, Requests.post(path + "/latest", candidate));
        Load.answer(
                port,
                Requests.put("/config/" + subject, "{\"compatibility\": \"BACKWARD_TRANSITIVE\"}".getBytes(UTF_8)));
        double all = milliseconds(port, Requests.post(path, candidate));
        return new Row("check against " + VERSIONS + " versions / against 1", all, "ms", latest);
    }

    /** The median time of one request after another. The first ones find nothing parsed, and do not matter to it. */
    private static double milliseconds(int port, byte[] request) throws IOException {
        double[] times = new double[CHECKS];
        for (int i = 0; i < CHECKS; i++) {
            long begin = System.nanoTime();
            Load.answer(port, request);
            times[i] = (System.nanoTime() - begin) / 1e6;
        }
        return Cost.median(DoubleStream.of(times));
    }
}
