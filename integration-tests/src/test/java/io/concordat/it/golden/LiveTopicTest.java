package io.concordat.it.golden;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.json.Json;
import io.concordat.api.json.JsonShape;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.engine.log.NewRecord;
import io.concordat.server.RegistryServer;
import io.concordat.server.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Takes over the topic that another registry left behind, and answers what that one answered on it. */
class LiveTopicTest {
    private static final RegistryEngine ENGINE = RegistryEngine.open(topic());
    private static final RegistryServer SERVER =
            RegistryServer.start(ENGINE, ServerConfig.builder().port(0).build());

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterAll
    static void close() {
        SERVER.close();
        ENGINE.close();
    }

    @Test
    void replay_liveTopic_setsNothingAside() {
        assertThat(ENGINE.recordsSetAside()).isZero();
    }

    @Test
    void reads_onALiveTopic_areAnsweredAsByTheRegistryThatWroteIt() throws Exception {
        Set<String> expected = new TreeSet<>();
        for (String line : lines("/topic/deviations.txt")) {
            if (!line.startsWith("#") && !line.isBlank()) {
                expected.add(line.substring(0, line.indexOf(" : ")));
            }
        }
        Set<String> different = new TreeSet<>();
        for (String line : lines("/topic/served.jsonl")) {
            Map<?, ?> served = object(line);
            String path = (String) Objects.requireNonNull(served.get("path"));
            String recorded = served.get("status") + " " + new String(Json.write(served.get("body")), UTF_8);
            String ours = ours(path);
            if (!ours.equals(recorded)) {
                different.add(path);
                System.out.println(path + "\n  recorded " + recorded + "\n  ours     " + ours);
            }
        }
        assertThat(different).isEqualTo(expected);
    }

    private String ours(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SERVER.port() + path))
                .build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        return response.statusCode() + " " + new String(Json.write(Json.read(response.body())), UTF_8);
    }

    private static EventLog topic() {
        RecordedClock clock = new RecordedClock();
        EventLog log = new InMemoryEventLog(clock);
        try (EventLog.Writer writer = log.openWriter()) {
            for (String line : lines("/topic/records.jsonl")) {
                Map<?, ?> record = object(line);
                clock.now = Instant.ofEpochMilli(((Number) Objects.requireNonNull(record.get("ts"))).longValue());
                String value = (String) record.get("value");
                writer.append(List.of(new NewRecord(
                                ((String) Objects.requireNonNull(record.get("key"))).getBytes(UTF_8),
                                value == null ? null : value.getBytes(UTF_8))))
                        .toCompletableFuture()
                        .join();
            }
        }
        return log;
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(LiveTopicTest.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<?, ?> object(String json) {
        return JsonShape.object("line", Json.read(json.getBytes(UTF_8)));
    }

    private static final class RecordedClock extends Clock {
        private volatile Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
