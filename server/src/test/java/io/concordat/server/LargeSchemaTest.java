package io.concordat.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.json.Json;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas of a size that nobody should need are judged or refused, each within the deadline of a request. */
class LargeSchemaTest {
    private static final String REGISTER = "/subjects/s/versions";
    private static final String CHECK = "/compatibility/subjects/s/versions";

    private final RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog());
    private final RegistryServer server = RegistryServer.start(
            engine,
            ServerConfig.builder()
                    .port(0)
                    .requestDeadline(Duration.ofSeconds(50))
                    .build());
    private final RawClient client = new RawClient(server.port());

    @BeforeEach
    void judgeBothWays() {
        put("/config/s", "{\"compatibility\":\"FULL_TRANSITIVE\"}");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        engine.close();
    }

    /** Pairs of schemas: the second one may follow the first one. */
    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of("10,000 fields", fields(10_000, 0), fields(10_000, 1)),
                Arguments.of("10,000 fields backwards", fields(10_000, 0), backwards(10_000)),
                Arguments.of("10,000 symbols", symbols(10_000), symbols(10_000)),
                Arguments.of("records 330 deep", nested(330, ""), nested(330, ",\"doc\":\"d\"")),
                Arguments.of("arrays 490 deep", arrays(490, ""), arrays(490, ",\"p\":1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void schema_large_isRegisteredLookedUpAndChecked(String what, String first, String second) {
        assertThat(post(REGISTER, first).status()).isEqualTo(200);
        assertThat(post("/subjects/s", first).body()).contains("\"version\":1");
        assertThat(post(CHECK + "?verbose=true&explain=true", second).body()).startsWith("{\"is_compatible\":true");
        assertThat(post(REGISTER, second).status()).isEqualTo(200);
        assertThat(post("/subjects/s?normalize=true", second).status()).isEqualTo(200);
        assertThat(client.get("/subjects/s/versions/latest?format=resolved&findTags=*")
                        .status())
                .isEqualTo(200);
    }

    /** Pairs that take the more comparing the larger they are: no end of paths, or each with each. */
    static Stream<Arguments> tangles() {
        return Stream.of(
                Arguments.of("unions of 4,000", union(4_000, false), union(4_000, true)),
                Arguments.of("50 records, each with those before it", web(50, 0), web(50, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tangles")
    void schema_thatTakesTooLongToCompare_isRefusedInTime(String what, String first, String second) {
        assertThat(post(REGISTER, first).status()).isEqualTo(200);

        assertThat(post(CHECK + "?verbose=true&explain=true", second).body()).startsWith("{\"is_compatible\":false");
        assertThat(post(REGISTER, second).status()).isEqualTo(409);
        assertThat(post("/subjects/s", first).status()).isEqualTo(200);
    }

    @Test
    void schema_thatBreaksTenThousandFields_isExplained() {
        post(REGISTER, fields(10_000, 0));
        String other = record(10_000, i -> "{\"name\":\"g" + i + "\",\"type\":\"int\"}");

        RawClient.Response verdict = post(CHECK + "?verbose=true&explain=true", other);

        assertThat(verdict.body()).startsWith("{\"is_compatible\":false");
        assertThat(post(REGISTER + "?explain=true", other).status()).isEqualTo(409);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooLarge")
    void schema_tooLarge_isRefused(String what, String text) {
        assertThat(post(REGISTER, text).body()).as(what).startsWith("{\"error_code\":42201,");
        assertThat(post("/subjects/s", text).status()).as(what).isIn(404, 422);
        assertThat(post(CHECK, text).body()).as(what).startsWith("{\"error_code\":42201,");
        assertThat(client.get("/mode").status()).isEqualTo(200);
    }

    static Stream<Arguments> tooLarge() {
        return Stream.of(
                Arguments.of("records 501 deep", nested(501, "")),
                Arguments.of("records 5,000 deep", nested(5_000, "")),
                Arguments.of("arrays 501 deep", arrays(501, "")),
                Arguments.of("arrays 100,000 deep", arrays(100_000, "")),
                Arguments.of("brackets", "[".repeat(1_000_000)),
                Arguments.of("braces", "{\"type\":".repeat(500_000)),
                Arguments.of("6,000 records", union(6_000, false)));
    }

    private static String record(int count, IntFunction<String> field) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":["
                + IntStream.range(0, count).mapToObj(field).collect(Collectors.joining(",")) + "]}";
    }

    private static String fields(int count, int more) {
        return record(count + more, i -> "{\"name\":\"f" + i + "\",\"type\":[\"null\",\"string\"],\"default\":null}");
    }

    private static String backwards(int count) {
        return record(
                count, i -> "{\"name\":\"f" + (count - 1 - i) + "\",\"type\":[\"null\",\"string\"],\"default\":null}");
    }

    private static String symbols(int count) {
        return "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":["
                + IntStream.range(0, count).mapToObj(i -> "\"S" + i + "\"").collect(Collectors.joining(",")) + "]}";
    }

    private static String union(int count, boolean reversed) {
        return IntStream.range(0, count)
                .map(i -> reversed ? count - 1 - i : i)
                .mapToObj(i -> "{\"type\":\"record\",\"name\":\"R" + i + "\",\"fields\":[]}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String nested(int depth, String more) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            text.append(
                    "{\"type\":\"record\",\"name\":\"R" + i + "\"" + more + ",\"fields\":[{\"name\":\"f\",\"type\":");
        }
        return text.append("\"int\"").append("}]}".repeat(depth)).toString();
    }

    private static String arrays(int depth, String more) {
        return "{\"type\":\"array\",\"items\":".repeat(depth) + "\"int\"" + (more + "}").repeat(depth);
    }

    /** Records of which each refers to all: there is no end of paths through them. */
    private static String web(int count, int more) {
        return IntStream.range(0, count)
                .mapToObj(i -> record("W" + i, i, more))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String record(String name, int count, int more) {
        return "{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":["
                + IntStream.range(0, count + more)
                        .mapToObj(i -> "{\"name\":\"f" + i + "\",\"type\":[\"null\",\"W" + Math.max(0, i - more)
                                + "\"],\"default\":null}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private RawClient.Response post(String path, String text) {
        return send("POST", path, new String(Json.write(Map.of("schema", text)), UTF_8));
    }

    private void put(String path, String body) {
        assertThat(send("PUT", path, body).status()).isEqualTo(200);
    }

    private RawClient.Response send(String method, String path, String body) {
        return client.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .receive();
    }
}
