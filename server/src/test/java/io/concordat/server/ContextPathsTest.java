package io.concordat.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.api.json.Json;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a context before a path means to each kind of route, and what lists do with odd parameters. */
class ContextPathsTest {
    private static final String RECORD = "{\"type\":\"record\",\"name\":\"n.R\",\"fields\":[{\"name\":\"f\","
            + "\"type\":\"int\",\"confluent:tags\":[\"PII\"]},{\"name\":\"g\",\"type\":\"int\"}]}";

    private final RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog());
    private final RegistryServer server =
            RegistryServer.start(engine, ServerConfig.builder().port(0).build());
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        server.close();
        engine.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/contexts/.c/subjects /subjects?subjectPrefix=:.c:",
                "/contexts/c/subjects /subjects?subjectPrefix=:.c:",
                "/contexts/:.c:/subjects /subjects?subjectPrefix=:.c:",
                "/contexts/.c/subjects?subjectPrefix=s /subjects?subjectPrefix=:.c:s",
                "/contexts/.c/subjects?subjectPrefix=:*: /subjects",
                "/contexts/.c/schemas /schemas?subjectPrefix=:.c:",
                "/contexts/.c/schemas?subjectPrefix=no /schemas?subjectPrefix=:.c:no",
                "/contexts/:.:/schemas /schemas",
                "/contexts/./subjects/s/versions /subjects/s/versions",
                "/contexts/.c/subjects/s/versions /subjects/:.c:s/versions",
                "/contexts/.c/subjects/:.d:s/versions /subjects/:.d:s/versions",
                "/contexts/.c/subjects/s/versions/latest /subjects/:.c:s/versions/latest",
                "/contexts/.c/subjects/s/versions/1/schema /subjects/:.c:s/versions/1/schema",
                "/contexts/.c/subjects/s/versions/1/referencedby /subjects/:.c:s/versions/1/referencedby",
                "/contexts/.c/subjects/s/metadata /subjects/:.c:s/metadata",
                "/contexts/.c/schemas/ids/1 /schemas/ids/1?subject=:.c:",
                "/contexts/.c/schemas/ids/1/subjects /schemas/ids/1/subjects?subject=:.c:",
                "/contexts/.c/schemas/ids/1/versions?subject=s /schemas/ids/1/versions?subject=:.c:s",
                "/contexts/.c/config /config/:.c:",
                "/contexts/.c/config/s?defaultToGlobal=true /config/:.c:s?defaultToGlobal=true",
                "/contexts/:.:/config /config",
                "/contexts/.c/mode /mode/:.c:",
                "/contexts/.c/mode/s /mode/:.c:s",
                "/contexts/.c/schemas/types /schemas/types",
                "/contexts/.c/nope /nope",
                "/contexts/.c/contexts /contexts"
            })
    void get_withAContextBeforeThePath_isTheQualifiedSpelling(String before, String qualified) throws Exception {
        engine.register(Subject.of(":.c:s"), SchemaContent.avro("\"string\""), RegisterOptions.DEFAULT);
        engine.register(Subject.of(":.d:s"), SchemaContent.avro("\"int\""), RegisterOptions.DEFAULT);
        engine.register(Subject.of("s"), SchemaContent.avro("\"long\""), RegisterOptions.DEFAULT);

        assertThat(get(before)).isEqualTo(get(qualified));
    }

    @Test
    void writes_withAContextBeforeThePath_concernTheContext() throws Exception {
        assertThat(send("POST", "/contexts/.c/subjects/s/versions", "{\"schema\":\"\\\"int\\\"\"}"))
                .startsWith("200");
        assertThat(send("POST", "/contexts/.c/compatibility/subjects/s/versions", "{\"schema\":\"\\\"long\\\"\"}"))
                .isEqualTo("200 {\"is_compatible\":true}");
        assertThat(send("PUT", "/contexts/.c/config", "{\"compatibility\":\"FULL\"}"))
                .startsWith("200");
        assertThat(get("/config/:.c:")).isEqualTo("200 {\"compatibilityLevel\":\"FULL\"}");
        assertThat(send("PUT", "/contexts/.c/mode/s", "{\"mode\":\"READONLY\"}"))
                .startsWith("200");
        assertThat(get("/mode/:.c:s")).isEqualTo("200 {\"mode\":\"READONLY\"}");
        assertThat(send("DELETE", "/contexts/.c/subjects/s", "")).startsWith("422");
        assertThat(send("DELETE", "/contexts/.c", "")).startsWith("422 {\"error_code\":42211");
        assertThat(send("DELETE", "/contexts/.nope", "")).isEqualTo("204 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/contexts/a:b/subjects", "/contexts/::/config", "/contexts/:/subjects", "/contexts/:.c/mode"})
    void get_withAColonInTheContext_isRefused(String path) throws Exception {
        assertThat(get(path)).startsWith("400 {\"error_code\":400");
    }

    @Test
    void list_offsetAndLimit_areBounded() throws Exception {
        for (int i = 0; i < 1_005; i++) {
            engine.register(Subject.of("s" + i), SchemaContent.avro("\"int\""), RegisterOptions.DEFAULT);
        }
        Map<String, Integer> sizes = Map.ofEntries(
                Map.entry("/schemas?limit=2", 2),
                Map.entry("/schemas?limit=0", 1_000),
                Map.entry("/schemas?limit=-1", 1_000),
                Map.entry("/schemas?limit=1001", 1_000),
                Map.entry("/schemas?limit=2147483647", 1_000),
                Map.entry("/schemas?offset=1003", 2),
                Map.entry("/schemas?offset=2147483647", 0),
                Map.entry("/subjects?limit=2", 2),
                Map.entry("/subjects?limit=1002", 1_002),
                Map.entry("/subjects?offset=1004&limit=5", 1),
                Map.entry("/contexts?offset=1", 0));

        for (Map.Entry<String, Integer> size : sizes.entrySet()) {
            assertThat((List<?>) Json.read(body(size.getKey())))
                    .as(size.getKey())
                    .hasSize(size.getValue());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/schemas?offset=-1",
                "/subjects?offset=-1",
                "/contexts?offset=-2147483648",
                "/subjects/s/versions/1/referencedby?offset=-1"
            })
    void list_negativeOffset_isRefused(String path) throws Exception {
        engine.register(Subject.of("s"), SchemaContent.avro("\"int\""), RegisterOptions.DEFAULT);

        assertThat(get(path)).startsWith("400 {\"error_code\":400");
    }

    @Test
    void get_referencesQualified_nameTheirContext() throws Exception {
        send("POST", "/subjects/:.c:base/versions", "{\"schema\":" + quoted(RECORD) + "}");
        send(
                "POST",
                "/subjects/:.c:s/versions",
                "{\"schema\":" + quoted("{\"type\":\"array\",\"items\":\"n.R\"}")
                        + ",\"references\":[{\"name\":\"n.R\",\"subject\":\"base\",\"version\":1}]}");

        assertThat(get("/subjects/:.c:s/versions/1")).contains("\"subject\":\"base\"");
        assertThat(get("/subjects/:.c:s/versions/1?referenceFormat=qualified")).contains("\"subject\":\":.c:base\"");
        assertThat(get("/schemas/ids/2?subject=:.c:&referenceFormat=qualified")).contains("\"subject\":\":.c:base\"");
    }

    @Test
    void findTags_several_nameThePartsThatHaveOne() throws Exception {
        send("POST", "/subjects/s/versions", "{\"schema\":" + quoted(RECORD) + "}");

        assertThat(get("/schemas/ids/1?findTags=NOPE&findTags=PII"))
                .contains("\"schemaTags\":[{\"schemaEntity\":{\"entityPath\":\"n.R.f\",\"entityType\":\"sr_field\"},"
                        + "\"tags\":[\"PII\"]}]");
        assertThat(get("/schemas/ids/1?findTags=NOPE")).doesNotContain("schemaTags");
    }

    @Test
    void tags_onAPartThatIsNotThere_areRefused() throws Exception {
        send("POST", "/subjects/s/versions", "{\"schema\":" + quoted(RECORD) + "}");
        String tags = "[{\"schemaEntity\":{\"entityPath\":\"n.R.zip\",\"entityType\":\"sr_field\"},\"tags\":[\"T\"]}]";

        assertThat(send("POST", "/subjects/s/versions/1/tags", "{\"tagsToAdd\":" + tags + "}"))
                .startsWith("422 {\"error_code\":42201")
                .contains("n.R.zip");
        assertThat(send("POST", "/subjects/s/versions/1/tags", "{\"tagsToAdd\":" + tags.replace("field", "x") + "}"))
                .startsWith("400 ");
        assertThat(send("POST", "/subjects/nope/versions/1/tags", "{}")).startsWith("404 {\"error_code\":40401");
        assertThat(get("/subjects/s/versions")).isEqualTo("200 [1]");
    }

    @Test
    void tags_ofTheLatestVersion_areTakenOverIfAskedFor() throws Exception {
        send("POST", "/subjects/s/versions", "{\"schema\":" + quoted(RECORD) + "}");
        String next = "{\"type\":\"record\",\"name\":\"n.R\",\"fields\":[{\"name\":\"f\",\"type\":\"int\"}]}";

        String answer =
                send("POST", "/subjects/s/versions", "{\"propagateSchemaTags\":true,\"schema\":" + quoted(next) + "}");

        assertThat(answer).startsWith("200 ").contains("PII");
    }

    @Test
    void amend_rules_areMergedAndRemovedByName() throws Exception {
        String rule = "{\"name\":\"%s\",\"kind\":\"CONDITION\",\"mode\":\"WRITE\",\"type\":\"CEL\",\"expr\":\"%s\"}";
        send(
                "POST",
                "/subjects/s/versions",
                "{\"schema\":\"\\\"int\\\"\",\"ruleSet\":{\"domainRules\":[" + rule.formatted("a", "1") + ","
                        + rule.formatted("b", "1") + "]}}");

        String answer = send(
                "POST",
                "/subjects/s/versions/1/tags",
                "{\"rulesToMerge\":{\"domainRules\":[" + rule.formatted("b", "2") + "]},\"rulesToRemove\":[\"a\"]}");

        assertThat(answer)
                .startsWith("200 ")
                .contains("\"version\":2", "\"expr\":\"2\"")
                .doesNotContain("\"name\":\"a\"", "\"expr\":\"1\"");
    }

    private static String quoted(String text) {
        return new String(Json.write(text), UTF_8);
    }

    private String get(String path) throws Exception {
        return send("GET", path, "");
    }

    private byte[] body(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofByteArray())
                .body();
    }

    private String send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
