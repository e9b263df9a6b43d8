package io.concordat.it.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.json.Json;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.server.RegistryServer;
import io.concordat.server.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON Schemas that are meant to hurt, sent to a registry: a clear refusal, and the next request is answered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileJsonSchemaTest {
    private final RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog());
    private final RegistryServer server =
            RegistryServer.start(engine, ServerConfig.builder().port(0).build());
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterAll
    void close() {
        server.close();
        engine.close();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("a million levels", "{\"not\":".repeat(1_000_000)),
                Arguments.of("5,000 levels", "{\"not\":".repeat(5_000) + "{}" + "}".repeat(5_000)),
                Arguments.of("a million brackets", "[".repeat(1_000_000)),
                Arguments.of("a reference to itself", "{\"$ref\":\"#\"}"),
                Arguments.of(
                        "references in a circle",
                        "{\"$ref\":\"#/definitions/a\",\"definitions\":{\"a\":{\"$ref\":\"#/definitions/b\"},"
                                + "\"b\":{\"$ref\":\"#/definitions/a\"}}}"),
                Arguments.of("a place on the network", "{\"$ref\":\"http://127.0.0.1:1/x.json\"}"),
                Arguments.of("a file", "{\"$ref\":\"file:///etc/hostname\"}"),
                Arguments.of("a number without end", "{\"maximum\":" + "9".repeat(100_000) + "}"),
                Arguments.of("no number of things", "{\"minLength\":-1e999999999}"),
                Arguments.of("an expression that nests", "{\"pattern\":\"" + "(".repeat(200_000) + "\"}"),
                Arguments.of(
                        "too many parts",
                        IntStream.range(0, 300_000)
                                .mapToObj(i -> "{}")
                                .collect(Collectors.joining(",", "{\"anyOf\":[", "]}"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void register_schemaThatIsMeantToHurt_isRefusedAsInvalid(String what, String schema) throws Exception {
        HttpResponse<String> answer = post("/subjects/hostile/versions", schema);

        assertThat(answer.statusCode()).as(what).isEqualTo(422);
        assertThat(answer.body())
                .startsWith("{\"error_code\":42201,\"message\":\"")
                .hasSizeLessThan(2_000);
        assertThat(get("/subjects/hostile/versions").statusCode()).isEqualTo(404);
    }

    @Test
    void register_fiveThousandDefinitionsThatAllReferToEachOther_isTakenAndJudged() throws Exception {
        assertThat(post("/subjects/large/versions", definitions("integer")).statusCode())
                .isEqualTo(200);
        assertThat(post("/subjects/large/versions", definitions("number")).statusCode())
                .isEqualTo(200);
        assertThat(post("/subjects/large/versions", definitions("string")).statusCode())
                .isEqualTo(409);
    }

    private static String definitions(String type) {
        return IntStream.range(0, 5_000)
                .mapToObj(i -> "\"d" + i + "\":{\"type\":\"object\",\"properties\":{\"v\":{\"type\":\"" + type
                        + "\"},\"next\":{\"$ref\":\"#/definitions/d" + (i + 1) % 5_000
                        + "\"},\"other\":{\"$ref\":\"#/definitions/d"
                        + (i * 7) % 5_000 + "\"}}}")
                .collect(Collectors.joining(",", "{\"$ref\":\"#/definitions/d0\",\"definitions\":{", "}}"));
    }

    @Test
    void check_explained_tellsThePartsAndWhatToDo() throws Exception {
        post("/subjects/explained/versions", "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}");

        HttpResponse<String> answer = post(
                "/compatibility/subjects/explained/versions/latest?explain=true",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}}}");

        assertThat(answer.body())
                .contains(
                        "\"rule\":\"TYPE_CHANGED\",\"path\":\"#/properties/a\",\"direction\":\"BACKWARD\",\"version\":1,"
                                + "\"new\":\"{\\\"type\\\":\\\"number\\\"}\",\"old\":\"{\\\"type\\\":\\\"string\\\"}\",\"advice\":\"Keep");
    }

    private HttpResponse<String> post(String path, String schema) throws IOException, InterruptedException {
        byte[] body = Json.write(Map.of("schemaType", "JSON", "schema", schema));
        return http.send(request(path).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString(UTF_8));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString(UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Content-Type", "application/json");
    }
}
