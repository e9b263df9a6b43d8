package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.concordat.api.Compatibility;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SchemaRegistryClientTest {
    private static final Subject ORDERS = Subject.value("orders");
    private static final SchemaContent STRING = SchemaContent.avro("\"string\"");

    @Test
    void absentThings_areEmpty() throws IOException {
        for (int number : new int[] {40401, 40402, 40403}) {
            try (StubServer server = StubServer.answering(404, "{\"error_code\":" + number + ",\"message\":\"no\"}");
                    SchemaRegistryClient client = SchemaRegistryClient.connect(server.url())) {
                assertThat(client.findById(7)).isEmpty();
                assertThat(client.findById(SchemaId.of(7))).isEmpty();
                assertThat(client.latest(ORDERS)).isEmpty();
                assertThat(client.findVersion(ORDERS, STRING)).isEmpty();
                assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> client.schema(7));
                assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> client.version(ORDERS, 1));
                assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> client.versions(ORDERS));
            }
        }
    }

    @Test
    void trouble_isNotAbsence() throws IOException {
        try (StubServer server = new StubServer(
                        (request, exchange) -> exchange.respond(404, "Content-Type: text/html", "<h1>Not Found</h1>"));
                SchemaRegistryClient client = SchemaRegistryClient.connect(server.url())) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> client.findById(7))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
            assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> client.isCompatible(ORDERS, STRING));
        }
    }

    @Test
    void present_isFound() throws IOException {
        try (StubServer server = StubServer.answering(
                        200, "{\"subject\":\"orders-value\",\"version\":3,\"id\":7,\"schema\":\"\\\"string\\\"\"}");
                SchemaRegistryClient client = SchemaRegistryClient.connect(ClientConfig.of(server.url()))) {
            assertThat(client.register(ORDERS, STRING).id()).isEqualTo(7);
            assertThat(client.findById(7).orElseThrow().content()).isEqualTo(STRING);
            assertThat(client.latest(ORDERS).orElseThrow().version()).isEqualTo(3);
            assertThat(client.version(ORDERS, 3).id()).isEqualTo(7);
            assertThat(client.findVersion(ORDERS, STRING)).isEqualTo(OptionalInt.of(3));
        }
    }

    @Test
    void compatibility_scopes_areAskedInTheirOwnWay() throws IOException {
        try (StubServer server = StubServer.answering(200, "{\"compatibility\":\"FULL_TRANSITIVE\"}");
                SchemaRegistryClient client = SchemaRegistryClient.connect(server.url())) {
            assertThat(client.compatibility()).isEqualTo(Compatibility.FULL_TRANSITIVE);
            assertThat(client.compatibility(ORDERS)).isEqualTo(Compatibility.FULL_TRANSITIVE);
            client.setCompatibility(Compatibility.FULL_TRANSITIVE);
            client.setCompatibility(ORDERS, Compatibility.NONE);

            assertThat(server.requests())
                    .extracting(request -> request.line() + " " + request.body())
                    .containsExactly(
                            "GET /config?defaultToGlobal=true ",
                            "GET /config/orders-value?defaultToGlobal=true ",
                            "PUT /config {\"compatibility\":\"FULL_TRANSITIVE\"}",
                            "PUT /config/orders-value {\"compatibility\":\"NONE\"}");
        }
    }

    @Test
    void check_unreachable_isNotAVerdict() throws IOException {
        String url;
        try (StubServer server = StubServer.answering(200, "")) {
            url = server.url();
        }
        try (SchemaRegistryClient client = SchemaRegistryClient.connect(url)) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> client.check(ORDERS, VersionSpec.LATEST, STRING))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREACHABLE));
        }
    }

    @Test
    void topicSubjects_names_areSortedIntoTheirParts() throws IOException {
        String subjects = "[\"orders-key\",\"orders-value\",\"com.acme.Order\",\"-value\",\"-key\",\"a-key-value\","
                + "\":.staging:orders-value\",\"values\"]";
        try (StubServer server = StubServer.answering(200, subjects);
                SchemaRegistryClient client = SchemaRegistryClient.connect(server.url())) {
            TopicSubjects found = client.topicSubjects();

            assertThat(found)
                    .isEqualTo(new TopicSubjects(
                            List.of("orders"),
                            List.of(":.staging:orders", "a-key", "orders"),
                            List.of(
                                    Subject.of("-key"),
                                    Subject.of("-value"),
                                    Subject.of("com.acme.Order"),
                                    Subject.of("values"))));
            assertThat(found.values()).extracting(Subject::value).contains(Subject.of(":.staging:orders-value"));
            assertThat(client.subjects()).hasSize(8);
        }
    }

    @Test
    void deletes_softAndPermanent_areTwoSteps() throws IOException {
        try (StubServer server = new StubServer((request, exchange) ->
                        exchange.json(200, request.target().contains("/versions/") ? "2" : "[1,2]"));
                SchemaRegistryClient client = SchemaRegistryClient.connect(server.url())) {
            client.deleteVersion(ORDERS, 2);
            client.deleteVersionPermanently(ORDERS, 2);
            assertThat(client.deleteSubject(ORDERS)).containsExactly(1, 2);
            assertThat(client.deleteSubjectPermanently(ORDERS)).containsExactly(1, 2);

            assertThat(server.requests())
                    .extracting(StubServer.Request::line)
                    .containsExactly(
                            "DELETE /subjects/orders-value/versions/2",
                            "DELETE /subjects/orders-value/versions/2?permanent=true",
                            "DELETE /subjects/orders-value",
                            "DELETE /subjects/orders-value?permanent=true");
        }
    }

    @Test
    void toString_withSecrets_showsNone() {
        try (SchemaRegistryClient client = SchemaRegistryClient.connect("http://alice:hunter2@localhost:8081/")) {
            assertThat(client)
                    .hasToString("SchemaRegistryClient[CachingRegistry[HttpRegistry[http://localhost:8081]]]");
        }
    }

    @Test
    void of_registryOfTheCaller_staysOpen() throws IOException {
        try (StubServer server = StubServer.answering(200, "[]");
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            SchemaRegistryClient client = SchemaRegistryClient.of(registry);
            client.close();

            assertThat(client.registry()).isSameAs(registry);
            assertThat(registry.schemaTypes()).isEmpty();
        }
    }
}
