package io.concordat.it.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Compatibility;
import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityReport;
import io.concordat.api.CompatibilityReport.Reason;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.IncompatibleSchemaException;
import io.concordat.api.Metadata;
import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.json.Json;
import io.concordat.api.json.JsonShape;
import io.concordat.client.SchemaRegistryClient;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {
    private static final Subject ORDERS = Subject.of("orders-value");
    private static final SchemaContent FIRST = order("{\"name\":\"id\",\"type\":\"long\"}");
    private static final SchemaContent SECOND = order("{\"name\":\"note\",\"type\":\"string\",\"default\":\"\"}");
    private static final SchemaContent BROKEN =
            order("{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"price\",\"type\":\"double\"}");

    private final RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog());
    private final RegistryServer server =
            RegistryServer.start(engine, ServerConfig.builder().port(0).build());
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
        engine.close();
    }

    @Test
    void check_explained_tellsEverythingOfEachReason() throws Exception {
        register(FIRST);

        Map<?, ?> answer = object(post("/compatibility/subjects/orders-value/versions?explain=true", BROKEN));

        assertThat(answer.get("is_compatible")).isEqualTo(false);
        assertThat(new String(Json.write(answer.get("explain")), UTF_8))
                .isEqualTo("{\"compatible\":false,\"reasons\":["
                        + "{\"rule\":\"TYPE_MISMATCH\",\"path\":\"/fields/0/type\",\"direction\":\"BACKWARD\",\"version\":1,"
                        + "\"new\":\"\\\"string\\\"\",\"old\":\"\\\"long\\\"\",\"advice\":\"Keep the type \\\"long\\\", or add"
                        + " another field, with a default value, for the new type.\"},"
                        + "{\"rule\":\"READER_FIELD_MISSING_DEFAULT_VALUE\",\"path\":\"/fields/1\",\"direction\":\"BACKWARD\","
                        + "\"version\":1,\"new\":\"{\\\"name\\\":\\\"price\\\",\\\"type\\\":\\\"double\\\"}\","
                        + "\"old\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Order\\\",\\\"fields\\\":"
                        + "[{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\"}]}\","
                        + "\"advice\":\"Give the new field 'price' a default value, or leave it out.\"}]}");
    }

    @Test
    void check_explainedAgainstAllVersions_namesTheFirstThatClashes() throws Exception {
        setLevel(Compatibility.FORWARD_TRANSITIVE);
        register(FIRST);
        engine.register(ORDERS, SECOND, new RegisterOptions(false, true, RegisterOptions.ANY_ID, 0));

        CompatibilityReport report = engine.explain(ORDERS, SECOND);

        assertThat(report.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.version()).hasValue(1);
            assertThat(reason.direction()).contains(Direction.FORWARD);
            assertThat(reason.oldPart()).contains("\"id\"");
            assertThat(reason.newPart()).contains("\"note\"");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"versions", "versions/1", "versions/latest"})
    void check_notAskedToExplain_isAsItWas(String versions) throws Exception {
        register(FIRST);
        String path = "/compatibility/subjects/orders-value/" + versions;

        assertThat(post(path, BROKEN).body()).isEqualTo("{\"is_compatible\":false}");
        assertThat(post(path + "?explain=false", BROKEN).body()).isEqualTo("{\"is_compatible\":false}");
        assertThat(post(path, FIRST).body()).isEqualTo("{\"is_compatible\":true}");
        assertThat(post(path + "?verbose=true", FIRST).body()).isEqualTo("{\"is_compatible\":true,\"messages\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"versions", "versions/1", "versions/latest"})
    void check_explained_addsToTheAnswer(String versions) throws Exception {
        register(FIRST);
        String path = "/compatibility/subjects/orders-value/" + versions + "?verbose=true";

        String plain = post(path, BROKEN).body();
        String explained = post(path + "&explain=true", BROKEN).body();

        assertThat(explained)
                .startsWith(plain.substring(0, plain.length() - 1) + ",\"explain\":{\"compatible\":false,");
    }

    @Test
    void check_explainedOfWhatIsNoSchema_saysSoIfVerbose() throws Exception {
        HttpResponse<String> verbose =
                post("/compatibility/subjects/s/versions?verbose=true&explain=true", SchemaContent.avro("nonsense"));
        HttpResponse<String> plain =
                post("/compatibility/subjects/s/versions?explain=true", SchemaContent.avro("nonsense"));

        assertThat(verbose.body())
                .contains("\"rule\":\"INVALID_SCHEMA\"")
                .contains("\"advice\":\"Correct the schema: ");
        assertThat(plain.statusCode()).isEqualTo(422);
        assertThat(plain.body()).doesNotContain("explain");
    }

    @Test
    void register_refusedAndExplained_addsToTheRefusal() throws Exception {
        register(FIRST);

        String plain = post("/subjects/orders-value/versions", BROKEN).body();
        HttpResponse<String> explained = post("/subjects/orders-value/versions?explain=true", BROKEN);

        assertThat(explained.statusCode()).isEqualTo(409);
        assertThat(explained.body())
                .startsWith(plain.substring(0, plain.length() - 1) + ",\"explain\":{\"compatible\":false,");
        assertThat(object(explained).get("error_code")).isEqualTo(40901);
        assertThat(plain).doesNotContain("explain").doesNotContain("advice");
    }

    @Test
    void register_acceptedAndExplained_addsToTheAnswer() throws Exception {
        String explained =
                post("/subjects/orders-value/versions?explain=true", FIRST).body();
        String plain = post("/subjects/orders-value/versions", FIRST).body();

        assertThat(explained).endsWith(",\"explain\":{\"compatible\":true,\"reasons\":[]}}");
        assertThat(plain).doesNotContain("explain");
    }

    @Test
    void explain_byTheClient_isTheSameOverHttpAsInProcess() {
        register(FIRST);
        CompatibilityReport inProcess = engine.check(ORDERS, BROKEN);
        try (SchemaRegistryClient client = SchemaRegistryClient.connect("http://127.0.0.1:" + server.port())) {
            assertThat(client.explain(ORDERS, BROKEN)).isEqualTo(inProcess);
            assertThat(client.registry().explain(ORDERS, VersionSpec.of(1), BROKEN))
                    .isEqualTo(inProcess);
            assertThat(client.check(ORDERS, BROKEN).messages()).isEqualTo(inProcess.messages());
            assertThat(client.check(ORDERS, BROKEN).reasons()).isEmpty();
            assertThat(client.explain(ORDERS, FIRST)).isEqualTo(CompatibilityReport.COMPATIBLE);
        }
        assertThat(inProcess.reasons())
                .extracting(Reason::rule)
                .containsExactly("TYPE_MISMATCH", "READER_FIELD_MISSING_DEFAULT_VALUE");
    }

    @Test
    void register_inProcess_refusesWithTheReport() {
        register(FIRST);

        assertThatThrownBy(() -> register(BROKEN))
                .isInstanceOfSatisfying(
                        IncompatibleSchemaException.class,
                        e -> assertThat(e.report()).isEqualTo(engine.check(ORDERS, BROKEN)));
    }

    @Test
    void explain_reservedField_saysSo() throws Exception {
        register(FIRST);
        engine.settings().updateConfig(ORDERS, validatingFields());

        CompatibilityReport report = engine.explain(
                ORDERS,
                new SchemaContent(
                        FIRST.type(), FIRST.text(), List.of(), Optional.of(reserving("id")), Optional.empty()));

        assertThat(report.reasons())
                .containsExactly(new Reason(
                        "RESERVED_FIELD_USED",
                        "",
                        Optional.empty(),
                        OptionalInt.of(1),
                        "id",
                        "",
                        "Give the field 'id' another name: the metadata property 'confluent:reserved' keeps this one"
                                + " free."));
    }

    private static ConfigUpdate validatingFields() {
        return JsonShape.configUpdate(Map.of("validateFields", true), "compatibility");
    }

    private static Metadata reserving(String field) {
        return JsonShape.metadata(Map.of("properties", Map.of("confluent:reserved", field)));
    }

    private void setLevel(Compatibility level) {
        engine.settings().updateConfig(ORDERS, ConfigUpdate.compatibility(level));
    }

    private void register(SchemaContent schema) {
        engine.register(ORDERS, schema, RegisterOptions.DEFAULT);
    }

    private static SchemaContent order(String fields) {
        return SchemaContent.avro("{\"type\":\"record\",\"name\":\"Order\",\"fields\":[" + fields + "]}");
    }

    private HttpResponse<String> post(String path, SchemaContent schema) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(Json.write(Map.of("schema", schema.text()))))
                        .build(),
                BodyHandlers.ofString());
    }

    private static Map<?, ?> object(HttpResponse<String> answer) {
        return (Map<?, ?>) Objects.requireNonNull(Json.read(answer.body().getBytes(UTF_8)));
    }
}
