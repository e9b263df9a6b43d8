package io.concordat.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.concordat.api.Compatibility;
import io.concordat.api.Mode;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.client.ClientConfig;
import io.concordat.client.Declaration;
import io.concordat.client.SchemaRegistryClient;
import io.concordat.client.StartupReport;
import io.concordat.client.StoreConfig;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.server.RegistryServer;
import io.concordat.server.ServerConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupCheckTest {
    private static final Subject ORDERS = Subject.value("orders");
    private static final Subject USERS = Subject.value("users");
    private static final SchemaContent STRING = SchemaContent.avro("\"string\"");
    private static final SchemaContent LONG = SchemaContent.avro("\"long\"");
    private static final SchemaContent INT = SchemaContent.avro("\"int\"");

    private final RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog());
    private final SchemaRegistryClient client = SchemaRegistryClient.of(engine);

    @AfterEach
    void close() {
        client.close();
        engine.close();
    }

    @Test
    void verify_everythingInOrder_isReady() {
        client.register(ORDERS, INT);

        StartupReport report = client.verify(List.of(
                Declaration.writes(ORDERS, INT),
                Declaration.registers(ORDERS, LONG),
                Declaration.registers(Subject.value("new"), STRING),
                Declaration.reads(ORDERS, LONG)));

        assertThat(report.problems()).isEmpty();
        assertThat(report.isReady()).isTrue();
        report.orThrow();
        assertThat(client.versions(ORDERS)).containsExactly(1);
        assertThat(client.subjects()).containsExactly(ORDERS);
    }

    @Test
    void verify_everythingWrong_isOneReport() {
        client.register(ORDERS, STRING);
        client.register(USERS, STRING);
        client.setCompatibility(USERS, Compatibility.NONE);
        client.register(USERS, LONG);
        Subject frozen = Subject.value("frozen");
        engine.settings().updateMode(frozen, Mode.READONLY, false);

        StartupReport report = client.verify(List.of(
                Declaration.writes(ORDERS, LONG),
                Declaration.registers(ORDERS, LONG),
                Declaration.registers(frozen, STRING),
                Declaration.registers(USERS, SchemaContent.avro("{\"type\": \"nonsense\"}")),
                Declaration.reads(USERS, LONG),
                Declaration.reads(Subject.value("unknown"), LONG),
                Declaration.reads(USERS, SchemaContent.of(new SchemaType("RIDDLE"), "?"))));

        assertThat(report.isReady()).isFalse();
        assertThat(report.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("orders-value: ").contains("not registered"),
                        line -> assertThat(line).contains("orders-value: ", "incompatible", "string"),
                        line -> assertThat(line).contains("frozen-value: ", "mode READONLY"),
                        line -> assertThat(line).contains("users-value: ", "Invalid schema"),
                        line -> assertThat(line).contains("users-value: ", "version 1 cannot be read"),
                        line -> assertThat(line).contains("unknown-value: ", "nothing is registered"),
                        line -> assertThat(line).contains("users-value: ", "RIDDLE"));
        assertThatIllegalStateException()
                .isThrownBy(report::orThrow)
                .withMessageStartingWith("Not ready to start:\n")
                .withMessageContaining("frozen-value");
    }

    @Test
    void verify_nobodyThere_saysSoOnceAndDoesNotWaitForEach() {
        ClientConfig away = ClientConfig.builder().url("http://127.0.0.1:1").build();
        try (SchemaRegistryClient unreachable = SchemaRegistryClient.connect(away)) {
            StartupReport report = unreachable.verify(List.of(
                    Declaration.writes(ORDERS, LONG), Declaration.writes(USERS, LONG), Declaration.reads(USERS, LONG)));

            assertThat(report.problems())
                    .extracting(StartupReport.Problem::message)
                    .satisfiesExactly(
                            message -> assertThat(message).contains("refused"),
                            message -> assertThat(message).contains("not checked"),
                            message -> assertThat(message).contains("not checked"));
        }
    }

    @Test
    void prefetch_subjectsWithReferences_areReadableWithoutTheRegistry(@TempDir Path folder) {
        client.register(USERS, SchemaContent.avro("{\"type\":\"record\",\"name\":\"User\",\"fields\":[]}"));
        SchemaContent order = SchemaContent.avro(
                        "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"by\",\"type\":\"User\"}]}")
                .withReferences(List.of(new SchemaReference("User", "users-value", 1)));
        int id = client.register(ORDERS, order).id();
        RegistryServer server = RegistryServer.start(
                engine, ServerConfig.builder().host("127.0.0.1").port(0).build());
        ClientConfig config = ClientConfig.builder()
                .url("http://127.0.0.1:" + server.port())
                .store(StoreConfig.NONE.withDirectory(folder))
                .build();
        try (SchemaRegistryClient remote = SchemaRegistryClient.connect(config)) {
            assertThat(remote.prefetch(List.of(ORDERS)).isReady()).isTrue();
            assertThat(remote.prefetch(List.of(Subject.of("unknown"), ORDERS)).problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.subject()).isEqualTo(Subject.of("unknown")));
            assertThat(remote.verify(List.of(Declaration.writes(ORDERS, order))).isReady())
                    .isTrue();
        } finally {
            server.close();
        }

        try (SchemaRegistryClient alone = SchemaRegistryClient.connect(config)) {
            assertThat(alone.schema(id).content().references()).hasSize(1);
            assertThat(alone.version(USERS, 1).version()).isEqualTo(1);
            assertThat(alone.version(ORDERS, VersionSpec.LATEST).id()).isEqualTo(id);
            // What was found registered need not be registered.
            assertThat(alone.register(ORDERS, order).id()).isEqualTo(id);
        }
    }
}
