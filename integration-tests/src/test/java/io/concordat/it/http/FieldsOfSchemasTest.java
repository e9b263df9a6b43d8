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
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What registries check of the fields of JSON Schemas and Protobuf files on request, and the tags in them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FieldsOfSchemasTest {
    private static final String OPEN = "{\"type\":\"object\",\"properties\":{\"ssn\":{\"type\":\"string\"}}}";

    private final RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog());
    private final RegistryServer server =
            RegistryServer.start(engine, ServerConfig.builder().port(0).build());
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterAll
    void close() {
        server.close();
        engine.close();
    }

    static List<Arguments> unfit() {
        return List.of(
                Arguments.of("JSON", "{\"type\":\"object\",\"properties\":{\"$$x\":{}}}", "'$$x'"),
                Arguments.of("PROTOBUF", "syntax = \"proto3\"; message A { int32 a = 1; int32 b = 1; }", "A.b"),
                Arguments.of("PROTOBUF", "syntax = \"proto3\"; message A { int32 a = 1; } message A {}", "A"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void register_fieldsThatAreNotValid_isRefusedOnlyOnRequest(String type, String schema, String named)
            throws IOException, InterruptedException {
        String subject = "unfit-" + Integer.toHexString(schema.hashCode());
        Map<String, Object> request = Map.of("schemaType", type, "schema", schema);

        call("PUT", "/config/" + subject, Map.of("validateFields", true, "compatibility", "NONE"));
        assertThat(call("POST", "/subjects/" + subject + "/versions", request))
                .containsEntry("error_code", 42201)
                .extractingByKey("message")
                .asString()
                .contains(type, named);
        call("PUT", "/config/" + subject, Map.of("validateFields", false, "compatibility", "NONE"));
        assertThat(call("POST", "/subjects/" + subject + "/versions", request)).containsEntry("version", 1);
    }

    @Test
    void register_firstSchemaWithAReservedField_isRefusedOnRequest() throws IOException, InterruptedException {
        call("PUT", "/config/reserving", Map.of("validateFields", true));

        assertThat(call(
                        "POST",
                        "/subjects/reserving/versions",
                        Map.of(
                                "schemaType",
                                "JSON",
                                "schema",
                                OPEN,
                                "metadata",
                                Map.of("properties", Map.of("confluent:reserved", "id, ssn")))))
                .containsEntry("error_code", 42201)
                .extractingByKey("message")
                .asString()
                .contains("reserved field ssn");
    }

    @Test
    void tags_ofAJsonSchema_areAddedFoundAndPropagated() throws IOException, InterruptedException {
        call("POST", "/subjects/tagged/versions", Map.of("schemaType", "JSON", "schema", OPEN));
        Map<String, Object> tag = Map.of(
                "schemaEntity",
                Map.of("entityPath", "#/properties/ssn", "entityType", "sr_field"),
                "tags",
                List.of("PII"));

        Map<String, Object> changed =
                call("POST", "/subjects/tagged/versions/1/tags", Map.of("tagsToAdd", List.of(tag)));
        assertThat(changed)
                .containsEntry("version", 2)
                .containsEntry(
                        "schema",
                        "{\"type\":\"object\",\"properties\":{\"ssn\":{\"type\":\"string\",\"confluent:tags\":[\"PII\"]}}}");
        assertThat(call("GET", "/subjects/tagged/versions/2?findTags=PII", null))
                .containsEntry("schemaTags", List.of(tag));
        Map<String, Object> next = call(
                "POST",
                "/subjects/tagged/versions",
                Map.of(
                        "schemaType",
                        "JSON",
                        "schema",
                        OPEN.replace("\"string\"}", "\"string\",\"title\":\"S\"}"),
                        "propagateSchemaTags",
                        true));
        assertThat(next)
                .containsEntry("version", 3)
                .extractingByKey("schema")
                .asString()
                .contains("[\"PII\"]");
        assertThat(call(
                        "POST",
                        "/subjects/tagged/versions/1/tags",
                        Map.of(
                                "tagsToAdd",
                                List.of(Map.of(
                                        "schemaEntity",
                                        Map.of("entityPath", "ssn", "entityType", "sr_field"),
                                        "tags",
                                        List.of("PII"))))))
                .containsEntry("error_code", 42201)
                .extractingByKey("message")
                .asString()
                .contains("'ssn'", "#/properties/name");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> call(String method, String path, @Nullable Object body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Json.write(body)))
                .header("Content-Type", "application/json")
                .build();
        String answer = http.send(request, BodyHandlers.ofString()).body();
        return (Map<String, Object>) Objects.requireNonNull(Json.read(answer.getBytes(UTF_8)));
    }
}
