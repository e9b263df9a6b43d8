package io.concordat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Compatibility;
import io.concordat.api.CompatibilityReport;
import io.concordat.api.Config;
import io.concordat.api.ConfigField;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.LookupOptions;
import io.concordat.api.Metadata;
import io.concordat.api.Mode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.RegistrySettings;
import io.concordat.api.Rule;
import io.concordat.api.RuleKind;
import io.concordat.api.RuleMode;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRegistryTest {
    private static final Subject ORDERS = Subject.value("orders");
    private static final SchemaContent STRING = SchemaContent.avro("\"string\"");
    private static final UUID STRING_GUID = UUID.fromString("095d71cf-1255-6b9d-5e33-0ad575b3df5d");

    @Test
    void anyRequest_headers_areThoseOfARegistryClient() throws IOException {
        try (StubServer server = StubServer.answering(200, "{\"id\":7}");
                HttpRegistry registry = new HttpRegistry(ClientConfig.builder()
                        .url(server.url().replace("//", "//us%40er:p%3Ass@"))
                        .header("X-Trace", "42")
                        .build())) {
            registry.register(ORDERS, STRING, RegisterOptions.DEFAULT);

            assertThat(server.onlyRequest().headers())
                    .containsEntry(
                            "accept",
                            "application/vnd.schemaregistry.v1+json, application/vnd.schemaregistry+json, application/json")
                    .containsEntry("content-type", "application/vnd.schemaregistry.v1+json")
                    .containsEntry("authorization", "Basic dXNAZXI6cDpzcw==")
                    .containsEntry("x-trace", "42");
            assertThat(registry).hasToString("HttpRegistry[" + server.url() + "]");
        }
    }

    @Test
    void register_today_readsTheWholeAnswer() throws IOException {
        String answer =
                "{\"id\":7,\"version\":2,\"guid\":\"095d71cf-1255-6b9d-5e33-0ad575b3df5d\",\"schemaType\":\"AVRO\","
                        + "\"schema\":\"\\\"string\\\"\",\"ts\":1700000000123,\"deleted\":false,\"unknown\":{}}";

        Asked<RegisteredSchema> asked = ask(answer, r -> r.register(ORDERS, STRING, RegisterOptions.DEFAULT));

        assertThat(asked.line()).isEqualTo("POST /subjects/orders-value/versions");
        assertThat(asked.body()).isEqualTo("{\"schema\":\"\\\"string\\\"\"}");
        assertThat(asked.answer())
                .isEqualTo(new RegisteredSchema(
                        ORDERS, 2, 7, STRING_GUID, STRING, Optional.of(Instant.ofEpochMilli(1700000000123L)), false));
    }

    @Test
    void register_registryThatOnlySaysTheId_makesUpForTheRest() {
        Asked<RegisteredSchema> asked = ask("{\"id\":7}", r -> r.register(ORDERS, STRING, RegisterOptions.DEFAULT));

        assertThat(asked.answer())
                .isEqualTo(new RegisteredSchema(ORDERS, 0, 7, STRING_GUID, STRING, Optional.empty(), false));
    }

    @Test
    void register_everything_isSent() {
        Rule rule = new Rule(
                "checkName",
                "",
                RuleKind.CONDITION,
                RuleMode.WRITE,
                "CEL",
                new TreeSet<>(),
                new TreeMap<>(),
                "size(message.name) < 9",
                "",
                "",
                false);
        SchemaContent schema = new SchemaContent(
                SchemaType.JSON,
                "{}",
                List.of(new SchemaReference("a.json", "a", 1)),
                Optional.of(Metadata.ofProperties(Map.of("owner", "me"))),
                Optional.of(new RuleSet(List.of(), List.of(rule), List.of(), "")));

        Asked<RegisteredSchema> asked =
                ask("{\"id\":9}", r -> r.register(ORDERS, schema, new RegisterOptions(true, true, 9, 3)));

        assertThat(asked.line()).isEqualTo("POST /subjects/orders-value/versions?normalize=true&force=true");
        assertThat(asked.body())
                .isEqualTo(
                        "{\"schemaType\":\"JSON\",\"references\":[{\"name\":\"a.json\",\"subject\":\"a\",\"version\":1}],"
                                + "\"metadata\":{\"properties\":{\"owner\":\"me\"}},\"ruleSet\":{\"domainRules\":[{\"name\":"
                                + "\"checkName\",\"kind\":\"CONDITION\",\"mode\":\"WRITE\",\"type\":\"CEL\",\"expr\":"
                                + "\"size(message.name) < 9\",\"disabled\":false}]},\"schema\":\"{}\",\"version\":3,\"id\":9}");
    }

    @Test
    void register_tagsAndSpelling_areAskedFor() {
        RegisterOptions options = new RegisterOptions(
                false, false, RegisterOptions.ANY_ID, RegisterOptions.NEXT_VERSION, true, "resolved");

        Asked<RegisteredSchema> asked = ask("{\"id\":9}", r -> r.register(ORDERS, STRING, options));

        assertThat(asked.line()).isEqualTo("POST /subjects/orders-value/versions?format=resolved");
        assertThat(asked.body()).isEqualTo("{\"schema\":\"\\\"string\\\"\",\"propagateSchemaTags\":true}");
    }

    @Test
    void associated_topic_namesItsSubjects() {
        Asked<List<Subject>> asked = ask(
                "[{\"subject\":\":.a:x\",\"lifecycle\":\"WEAK\"},{\"subject\":\"orders\"},{\"subject\":\"orders\"}]",
                r -> r.associated(Registry.ANY_CLUSTER, "a b", "key"));

        assertThat(asked.line())
                .isEqualTo("GET /associations/resources/-/a%20b?resourceType=topic&associationType=key");
        assertThat(asked.answer()).containsExactly(Subject.of("orders"), Subject.of(":.a:x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void associated_registryThatDoesNotKnowTheQuestion_isAskedOnce(int status) throws IOException {
        try (StubServer server = StubServer.answering(status, "<html>no</html>");
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            assertThat(registry.associated(Registry.ANY_CLUSTER, "orders", "value"))
                    .isEmpty();
            assertThat(registry.associated("lkc-1", "payments", "key")).isEmpty();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void associated_nothingFound_isAskedAgainForTheNext() throws IOException {
        try (StubServer server = StubServer.answering(404, "{\"error_code\":40410,\"message\":\"no association\"}");
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            assertThat(registry.associated(Registry.ANY_CLUSTER, "orders", "value"))
                    .isEmpty();
            assertThat(registry.associated(Registry.ANY_CLUSTER, "payments", "value"))
                    .isEmpty();
            assertThat(server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 500, 503})
    void associated_registryThatRefuses_isNoAnswer(int status) throws IOException {
        try (StubServer server = StubServer.answering(status, "{\"error_code\":" + status + ",\"message\":\"no\"}");
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            assertThatThrownBy(() -> registry.associated(Registry.ANY_CLUSTER, "orders", "value"))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.number()).isEqualTo(status));
        }
    }

    @Test
    void register_unicode_arrivesAsItIs() {
        SchemaContent schema = SchemaContent.avro("{\"type\":\"string\",\"doc\":\"Stra\u00dfe \ud83d\ude00\"}");

        Asked<RegisteredSchema> asked = ask("{\"id\":1}", r -> r.register(ORDERS, schema, RegisterOptions.DEFAULT));

        assertThat(Json.read(asked.body().getBytes(UTF_8))).isEqualTo(Map.of("schema", schema.text()));
    }

    @Test
    void lookUp_oldAnswer_isAvroWithAComputedGuid() {
        Asked<RegisteredSchema> asked = ask(
                "{\"subject\":\"orders-value\",\"version\":3,\"id\":7,\"schema\":\"\\\"string\\\"\"}",
                r -> r.lookUp(ORDERS, STRING, new LookupOptions(true, true)));

        assertThat(asked.line()).isEqualTo("POST /subjects/orders-value?normalize=true&deleted=true");
        assertThat(asked.answer())
                .isEqualTo(new RegisteredSchema(ORDERS, 3, 7, STRING_GUID, STRING, Optional.empty(), false));
    }

    @Test
    void schemaById_defaultContext_asksForTheIdAlone() {
        Asked<RegisteredSchema> asked = ask(
                "{\"subject\":\"orders-value\",\"version\":1,\"guid\":\"095d71cf12556b9d5e330ad575b3df5d\","
                        + "\"schemaType\":\"AVRO\",\"schema\":\"\\\"string\\\"\",\"ts\":5,\"deleted\":true}",
                r -> r.schema(SchemaId.of(7)));

        assertThat(asked.line()).isEqualTo("GET /schemas/ids/7");
        assertThat(asked.answer())
                .isEqualTo(new RegisteredSchema(
                        ORDERS, 1, 7, STRING_GUID, STRING, Optional.of(Instant.ofEpochMilli(5)), true));
    }

    @Test
    void schemaById_oldAnswer_belongsToNoSubject() {
        Asked<RegisteredSchema> asked = ask("{\"schema\":\"\\\"string\\\"\"}", r -> r.schema(SchemaId.of(7)));

        assertThat(asked.answer())
                .isEqualTo(new RegisteredSchema(
                        Subject.all(Context.DEFAULT), 0, 7, STRING_GUID, STRING, Optional.empty(), false));
    }

    @Test
    void schemaById_otherContext_namesIt() {
        SchemaId id = new SchemaId(Context.of("staging"), 7);

        Asked<RegisteredSchema> asked =
                ask("{\"subject\":\":.staging:a\",\"version\":1,\"schema\":\"\\\"string\\\"\"}", r -> r.schema(id));

        assertThat(asked.line()).isEqualTo("GET /schemas/ids/7?subject=%3A.staging%3A");
        assertThat(asked.answer().schemaId()).isEqualTo(id);
    }

    @Test
    void schemaById_answerOfAnotherContext_isNotFound() throws IOException {
        try (StubServer server =
                        StubServer.answering(200, "{\"subject\":\"a\",\"version\":1,\"schema\":\"\\\"string\\\"\"}");
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.schema(new SchemaId(Context.of("staging"), 7)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_NOT_FOUND));
        }
    }

    @Test
    void schemaByGuid_found_isItsContent() {
        Asked<SchemaContent> asked = ask(
                "{\"guid\":\"095d71cf-1255-6b9d-5e33-0ad575b3df5d\",\"schemaType\":\"PROTOBUF\",\"schema\":\"x\","
                        + "\"references\":[{\"name\":\"n\",\"subject\":\"s\",\"version\":2}],\"metadata\":{},\"ruleSet\":{}}",
                r -> r.schema(STRING_GUID));

        assertThat(asked.line()).isEqualTo("GET /schemas/guids/095d71cf-1255-6b9d-5e33-0ad575b3df5d");
        assertThat(asked.answer())
                .isEqualTo(new SchemaContent(
                        SchemaType.PROTOBUF,
                        "x",
                        List.of(new SchemaReference("n", "s", 2)),
                        Optional.of(Metadata.ofProperties(Map.of())),
                        Optional.of(new RuleSet(List.of(), List.of(), List.of(), ""))));
    }

    @Test
    void version_numberOrLatest_isInThePath() {
        String answer = "{\"subject\":\"orders-value\",\"version\":3,\"id\":7,\"schema\":\"\\\"string\\\"\"}";

        assertThat(ask(answer, r -> r.version(ORDERS, VersionSpec.of(3))).line())
                .isEqualTo("GET /subjects/orders-value/versions/3");
        assertThat(ask(answer, r -> r.version(ORDERS, VersionSpec.LATEST)).line())
                .isEqualTo("GET /subjects/orders-value/versions/latest");
    }

    @Test
    void versions_deleted_areAskedForByParameter() {
        assertThat(ask("[2,1]", r -> r.versions(ORDERS, Deleted.EXCLUDED)))
                .isEqualTo(new Asked<>("GET /subjects/orders-value/versions", "", List.of(1, 2)));
        assertThat(ask("[]", r -> r.versions(ORDERS, Deleted.INCLUDED)).line())
                .isEqualTo("GET /subjects/orders-value/versions?deleted=true");
        assertThat(ask("[]", r -> r.versions(ORDERS, Deleted.ONLY)).line())
                .isEqualTo("GET /subjects/orders-value/versions?deletedOnly=true");
    }

    @Test
    void subjects_prefixes_areSentUnlessTheyMeanEverything() {
        Asked<List<Subject>> all = ask("[\"b\",\"a/b\",\":.x:c\"]", r -> r.subjects(":*:", Deleted.EXCLUDED));

        assertThat(all.line()).isEqualTo("GET /subjects");
        assertThat(all.answer()).containsExactly(Subject.of(":.x:c"), Subject.of("a/b"), Subject.of("b"));
        assertThat(ask("[]", r -> r.subjects("", Deleted.ONLY)).line())
                .isEqualTo("GET /subjects?subjectPrefix=&deletedOnly=true");
        assertThat(ask("[]", r -> r.subjects(":.x:a", Deleted.INCLUDED)).line())
                .isEqualTo("GET /subjects?subjectPrefix=%3A.x%3Aa&deleted=true");
    }

    @Test
    void check_compatible_takesOneRequest() {
        Asked<CompatibilityReport> asked = ask("{\"is_compatible\":true}", r -> r.check(ORDERS, STRING));

        assertThat(asked)
                .isEqualTo(new Asked<>(
                        "POST /compatibility/subjects/orders-value/versions",
                        "{\"schema\":\"\\\"string\\\"\"}",
                        CompatibilityReport.COMPATIBLE));
    }

    @Test
    void check_incompatible_asksForTheReasons() throws IOException {
        try (StubServer server = new StubServer((request, exchange) -> exchange.json(
                        200,
                        request.target().endsWith("?verbose=true")
                                ? "{\"is_compatible\":false,\"messages\":[\"because\"]}"
                                : "{\"is_compatible\":false}"));
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            CompatibilityReport report = registry.check(ORDERS, VersionSpec.of(2), STRING);

            assertThat(report).isEqualTo(CompatibilityReport.incompatible(List.of("because")));
            assertThat(server.requests())
                    .extracting(StubServer.Request::line)
                    .containsExactly(
                            "POST /compatibility/subjects/orders-value/versions/2",
                            "POST /compatibility/subjects/orders-value/versions/2?verbose=true");
        }
    }

    @Test
    void deletes_permanent_isAParameter() {
        assertThat(ask("[1,2]", r -> r.deleteSubject(ORDERS, false)))
                .isEqualTo(new Asked<>("DELETE /subjects/orders-value", "", List.of(1, 2)));
        assertThat(ask("[1,2]", r -> r.deleteSubject(ORDERS, true)).line())
                .isEqualTo("DELETE /subjects/orders-value?permanent=true");
        assertThat(ask("3", r -> r.deleteVersion(ORDERS, VersionSpec.LATEST, false)))
                .isEqualTo(new Asked<>("DELETE /subjects/orders-value/versions/latest", "", 3));
        assertThat(ask("3", r -> r.deleteVersion(ORDERS, VersionSpec.of(3), true))
                        .line())
                .isEqualTo("DELETE /subjects/orders-value/versions/3?permanent=true");
    }

    @Test
    void config_eitherNameOfTheLevel_isUnderstood() {
        assertThat(ask("{\"compatibilityLevel\":\"FULL\"}", r -> r.settings().config(RegistrySettings.GLOBAL)))
                .isEqualTo(new Asked<>("GET /config", "", Config.of(Compatibility.FULL)));
        assertThat(ask(
                        "{\"compatibility\":\"full\",\"normalize\":true}",
                        r -> r.settings().config(ORDERS)))
                .isEqualTo(new Asked<>(
                        "GET /config/orders-value",
                        "",
                        Config.of(Compatibility.FULL).with(ConfigField.NORMALIZE, true)));
    }

    @Test
    void effectiveConfig_subject_defaultsToGlobal() {
        assertThat(ask("{\"compatibilityLevel\":\"FULL\"}", r -> r.settings().effectiveConfig(ORDERS))
                        .line())
                .isEqualTo("GET /config/orders-value?defaultToGlobal=true");
        assertThat(ask("{}", r -> r.settings().effectiveConfig(Subject.all(Context.of("x"))))
                        .line())
                .isEqualTo("GET /config/%3A.x%3A?defaultToGlobal=true");
    }

    @Test
    void effective_registryThatDoesNotKnowTheParameter_asksForTheWhole() throws IOException {
        try (StubServer server = new StubServer((request, exchange) -> {
                    switch (request.target()) {
                        case "/config" -> exchange.json(200, "{\"compatibilityLevel\":\"NONE\"}");
                        case "/mode" -> exchange.json(200, "{\"mode\":\"READONLY\"}");
                        case "/config/orders-value?defaultToGlobal=true" ->
                            exchange.json(404, "{\"error_code\":40408,\"message\":\"not set\"}");
                        default -> exchange.json(404, "{\"error_code\":40409,\"message\":\"not set\"}");
                    }
                });
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            assertThat(registry.settings().effectiveConfig(ORDERS)).isEqualTo(Config.of(Compatibility.NONE));
            assertThat(registry.settings().effectiveMode(ORDERS)).isEqualTo(Mode.READONLY);
        }
    }

    @Test
    void updateConfig_setAndClear_namesBoth() {
        ConfigUpdate update = new ConfigUpdate(Config.of(Compatibility.BACKWARD_TRANSITIVE), Set.of(ConfigField.ALIAS));

        Asked<Config> asked = ask(
                "{\"compatibility\":\"BACKWARD_TRANSITIVE\"}", r -> r.settings().updateConfig(ORDERS, update));

        assertThat(asked)
                .isEqualTo(new Asked<>(
                        "PUT /config/orders-value",
                        "{\"compatibility\":\"BACKWARD_TRANSITIVE\",\"alias\":null}",
                        Config.of(Compatibility.BACKWARD_TRANSITIVE)));
        assertThat(ask(
                                "{}",
                                r -> r.settings()
                                        .updateConfig(
                                                ORDERS,
                                                new ConfigUpdate(Config.EMPTY, Set.of(ConfigField.COMPATIBILITY))))
                        .body())
                .isEqualTo("{\"compatibility\":null}");
    }

    @Test
    void deleteConfig_scope_isInThePath() {
        assertThat(ask("{\"compatibilityLevel\":\"FULL\"}", r -> r.settings().deleteConfig(RegistrySettings.GLOBAL)))
                .isEqualTo(new Asked<>("DELETE /config", "", Config.of(Compatibility.FULL)));
    }

    @Test
    void mode_everyCall_isInThePath() {
        String answer = "{\"mode\":\"IMPORT\"}";

        assertThat(ask(answer, r -> r.settings().mode(RegistrySettings.GLOBAL)))
                .isEqualTo(new Asked<>("GET /mode", "", Mode.IMPORT));
        assertThat(ask(answer, r -> r.settings().effectiveMode(ORDERS)).line())
                .isEqualTo("GET /mode/orders-value?defaultToGlobal=true");
        assertThat(ask(answer, r -> r.settings().updateMode(ORDERS, Mode.IMPORT, true)))
                .isEqualTo(new Asked<>("PUT /mode/orders-value?force=true", "{\"mode\":\"IMPORT\"}", Mode.IMPORT));
        assertThat(ask(answer, r -> r.settings().deleteMode(ORDERS)).line()).isEqualTo("DELETE /mode/orders-value");
    }

    @Test
    void schemaTypes_names_areRead() {
        assertThat(ask("[\"JSON\",\"AVRO\"]", HttpRegistry::schemaTypes))
                .isEqualTo(new Asked<>("GET /schemas/types", "", List.of(SchemaType.JSON, SchemaType.AVRO)));
    }

    @Test
    void clusterId_metadata_isTheCluster() {
        assertThat(ask(
                        "{\"scope\":{\"path\":[],\"clusters\":{\"kafka-cluster\":\"abc\",\"schema-registry-cluster\":\"s\"}}}",
                        HttpRegistry::clusterId))
                .isEqualTo(new Asked<>("GET /v1/metadata/id", "", "abc"));
    }

    @Test
    void url_withAPath_isKept() throws IOException {
        try (StubServer server = StubServer.answering(200, "[]");
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url() + "/apis/ccompat/v7/"))) {
            registry.schemaTypes();

            assertThat(server.onlyRequest().target()).isEqualTo("/apis/ccompat/v7/schemas/types");
        }
    }

    private static <T> Asked<T> ask(String answer, Function<HttpRegistry, T> question) {
        try (StubServer server = StubServer.answering(200, answer);
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            T value = question.apply(registry);
            return new Asked<>(server.onlyRequest().line(), server.onlyRequest().body(), value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What was sent, and what was made of the answer. */
    private record Asked<T>(String line, String body, T answer) {}
}
