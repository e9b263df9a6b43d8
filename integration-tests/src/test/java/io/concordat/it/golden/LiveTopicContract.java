package io.concordat.it.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.json.Json;
import io.concordat.api.json.JsonShape;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.EventLog;
import io.concordat.server.RegistryServer;
import io.concordat.server.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Takes over the topic that another registry left behind, and answers what that one answered on it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LiveTopicContract {
    @SuppressWarnings("NullAway.Init")
    private RegistryEngine engine;

    @SuppressWarnings("NullAway.Init")
    private RegistryServer server;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A record as it stood in the topic. */
    record Recorded(Instant timestamp, byte[] key, byte @Nullable [] value) {}

    /** A log with these records. */
    abstract EventLog open(List<Recorded> records);

    @BeforeAll
    void start() {
        engine = RegistryEngine.open(open(recorded()));
        server = RegistryServer.start(engine, ServerConfig.builder().port(0).build());
    }

    @AfterAll
    void close() {
        server.close();
        engine.close();
    }

    @Test
    void replay_liveTopic_setsNothingAside() {
        assertThat(engine.recordsSetAside()).isZero();
    }

    @Test
    void reads_onALiveTopic_areAnsweredAsByTheRegistryThatWroteIt() throws Exception {
        Map<String, String> different = new TreeMap<>();
        for (String line : lines("/topic/served.jsonl")) {
            Map<?, ?> served = object(line);
            String path = (String) Objects.requireNonNull(served.get("path"));
            String recorded =
                    comparable(path, (Integer) Objects.requireNonNull(served.get("status")), served.get("body"));
            String ours = ours(path);
            if (!ours.equals(recorded)) {
                different.put(path, "recorded " + recorded + "\nours     " + ours + "\n");
            }
        }
        assertThat(different.keySet()).as(different.toString()).isEqualTo(deviations());
    }

    private static Set<String> deviations() {
        return lines("/topic/deviations.txt").stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.substring(0, line.indexOf(" : ")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String ours(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        return comparable(path, response.statusCode(), Json.read(response.body()));
    }

    /** The versions that carry an id come in any order, and any of them may stand for the id. */
    private static String comparable(String path, int status, @Nullable Object body) {
        Object compared = body;
        if (path.startsWith("/schemas/ids/") && body instanceof List<?> list) {
            compared = list.stream()
                    .map(element -> new String(Json.write(element), UTF_8))
                    .sorted()
                    .toList();
        } else if (path.startsWith("/schemas/ids/") && body instanceof Map<?, ?> members) {
            Map<Object, @Nullable Object> schema = new LinkedHashMap<>(members);
            schema.keySet().removeAll(List.of("subject", "version", "ts", "deleted"));
            compared = schema;
        }
        return status + " " + new String(Json.write(compared), UTF_8);
    }

    private static List<Recorded> recorded() {
        List<Recorded> records = new ArrayList<>();
        for (String line : lines("/topic/records.jsonl")) {
            Map<?, ?> record = object(line);
            String value = (String) record.get("value");
            records.add(new Recorded(
                    Instant.ofEpochMilli(((Number) Objects.requireNonNull(record.get("ts"))).longValue()),
                    ((String) Objects.requireNonNull(record.get("key"))).getBytes(UTF_8),
                    value == null ? null : value.getBytes(UTF_8)));
        }
        return records;
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(LiveTopicContract.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<?, ?> object(String json) {
        return JsonShape.object("line", Json.read(json.getBytes(UTF_8)));
    }
}
