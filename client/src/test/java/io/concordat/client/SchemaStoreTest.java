package io.concordat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.concordat.api.Context;
import io.concordat.api.ErrorCode;
import io.concordat.api.LookupOptions;
import io.concordat.api.Metadata;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SchemaStoreTest {
    private static final Subject ORDERS = Subject.of("orders-value");
    private static final SchemaContent STRING = SchemaContent.avro("\"string\"");

    @TempDir
    Path folder;

    private final StubRegistry stub = new StubRegistry();

    @AfterEach
    void close() throws IOException {
        stub.close();
    }

    @Test
    void everyQuestion_askedBefore_isAnsweredWhileTheRegistryIsAway() {
        try (CachingRegistry registry = client()) {
            askEverything(registry);
        }
        stub.goAway();
        try (CachingRegistry fresh = client()) {
            askEverything(fresh);

            assertThat(fresh.metrics().answersFromStore()).isEqualTo(7);
            assertThat(fresh.metrics().isDegraded()).isTrue();
            assertUnreachable(() -> fresh.schema(SchemaId.of(8)));
            assertUnreachable(() -> fresh.register(ORDERS, SchemaContent.avro("\"long\""), RegisterOptions.DEFAULT));
        }
    }

    @Test
    void schema_aFlippedByte_losesOnlyThatId() throws IOException {
        try (CachingRegistry registry = client()) {
            for (int id = 0; id < 10; id++) {
                registry.schema(SchemaId.of(id));
            }
        }
        Path damaged = file(Question.id(SchemaId.of(3)));
        byte[] bytes = Files.readAllBytes(damaged);
        stub.goAway();
        for (int position : new int[] {0, 15, bytes.length / 2, bytes.length - 1}) {
            byte[] flipped = bytes.clone();
            flipped[position] ^= 1;
            Files.write(damaged, flipped);
            assertOnlyTheThirdIsLost();
        }
        Files.write(damaged, new byte[0]);
        assertOnlyTheThirdIsLost();
        Files.copy(file(Question.id(SchemaId.of(4))), damaged, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertOnlyTheThirdIsLost();
    }

    private void assertOnlyTheThirdIsLost() {
        try (CachingRegistry fresh = client()) {
            for (int id = 0; id < 10; id++) {
                SchemaId asked = SchemaId.of(id);
                if (id == 3) {
                    assertUnreachable(() -> fresh.schema(asked));
                } else {
                    assertThat(fresh.schema(asked).content().text()).isEqualTo(StubRegistry.text(id));
                }
            }
        }
    }

    @Test
    void schema_damagedFile_isReplacedOnceTheRegistryAnswers() throws IOException {
        try (CachingRegistry registry = client()) {
            registry.schema(SchemaId.of(3));
        }
        Path damaged = file(Question.id(SchemaId.of(3)));
        byte[] before = Files.readAllBytes(damaged);
        Files.writeString(damaged, "nonsense");
        try (CachingRegistry registry = client()) {
            registry.schema(SchemaId.of(3));
        }

        assertThat(damaged).hasBinaryContent(before);
    }

    @Test
    void schema_registrySaysOtherwise_hasTheLastWord() {
        try (CachingRegistry registry = client()) {
            registry.schema(SchemaId.of(3));
        }
        stub.forgets(3);
        try (CachingRegistry registry = client()) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.schema(SchemaId.of(3)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_NOT_FOUND));
        }
        stub.goAway();
        try (CachingRegistry registry = client()) {
            assertUnreachable(() -> registry.schema(SchemaId.of(3)));
        }
    }

    @Test
    void schema_anotherRegistryAtThatUrl_doesNotGetTheAnswersOfTheFormerOne() {
        try (CachingRegistry registry = client()) {
            registry.schema(SchemaId.of(3));
            registry.schema(SchemaId.of(4));
        }
        stub.becomes("another");
        try (CachingRegistry registry = client()) {
            registry.schema(SchemaId.of(3));
        }
        stub.goAway();
        try (CachingRegistry registry = client()) {
            assertThat(registry.schema(SchemaId.of(3)).id()).isEqualTo(3);
            assertUnreachable(() -> registry.schema(SchemaId.of(4)));
        }
    }

    @Test
    void schema_anotherRegistryAfterAnOutage_isAskedForEverythingAgain() {
        try (CachingRegistry registry = client()) {
            registry.schema(SchemaId.of(3));
        }
        stub.goAway();
        try (CachingRegistry registry = client()) {
            registry.schema(SchemaId.of(3));
            stub.comeBack();
            stub.becomes("another");
            registry.schema(SchemaId.of(4));
            long before = stub.requestsFor("/schemas/ids/3");
            registry.schema(SchemaId.of(3));

            assertThat(stub.requestsFor("/schemas/ids/3")).isEqualTo(before + 1);
            assertThat(registry.metrics().isDegraded()).isFalse();
        }
    }

    @Test
    void schema_registryWithoutIdentity_isKeptByItsUrl() throws IOException {
        StubServer old = new StubServer((request, exchange) ->
                exchange.json(request.target().startsWith("/v1") ? 404 : 200, "{\"schema\":\"\\\"string\\\"\"}"));
        ClientConfig config = config(old.url(), StoreConfig.NONE.withDirectory(folder));
        try (CachingRegistry registry = CachingRegistry.connect(config)) {
            registry.schema(SchemaId.of(3));
        }
        old.close();
        try (CachingRegistry registry = CachingRegistry.connect(config)) {
            assertThat(registry.schema(SchemaId.of(3)).content()).isEqualTo(STRING);
        }
    }

    @Test
    void schema_severalUrls_areOneRegistry() {
        String elsewhere = "http://127.0.0.1:1";
        ClientConfig both = ClientConfig.builder()
                .urls(List.of(stub.url(), elsewhere))
                .store(StoreConfig.NONE.withDirectory(folder))
                .build();
        try (CachingRegistry registry = CachingRegistry.connect(both)) {
            registry.schema(SchemaId.of(3));
        }
        try (CachingRegistry registry =
                CachingRegistry.connect(config(elsewhere, StoreConfig.NONE.withDirectory(folder)))) {
            assertThat(registry.schema(SchemaId.of(3)).id()).isEqualTo(3);
        }
    }

    @Test
    void schema_fromABundleOnTheClassPath_isReadWithoutEverHavingMetTheRegistry() throws IOException {
        try (CachingRegistry registry = client()) {
            registry.schema(SchemaId.of(3));
        }
        Path moved = Files.createDirectories(folder.resolve("jar/com/acme")).resolve("schemas");
        for (String part : List.of("identity", "urls")) {
            assertThat(folder.resolve(part)).exists();
        }
        Files.createDirectories(moved);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !file.endsWith("jar")).toList()) {
                Files.move(file, moved.resolve(file.getFileName()));
            }
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader jar =
                new URLClassLoader(new URL[] {folder.resolve("jar/").toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(jar);
            ClientConfig config = config("http://127.0.0.1:1", StoreConfig.NONE.withBundle("/com/acme/schemas/"));
            try (CachingRegistry registry = CachingRegistry.connect(config)) {
                assertThat(registry.schema(SchemaId.of(3)).id()).isEqualTo(3);
                assertUnreachable(() -> registry.schema(SchemaId.of(4)));
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void schema_folderThatCannotBeWrittenTo_isStillAnswered() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (CachingRegistry registry =
                CachingRegistry.connect(config(stub.url(), StoreConfig.NONE.withDirectory(file)))) {
            assertThat(registry.schema(SchemaId.of(3)).id()).isEqualTo(3);
            assertThat(registry.schema(SchemaId.of(4)).id()).isEqualTo(4);
        }
    }

    @Test
    void open_leftovers_areSweptOnceTheyAreOld() throws IOException {
        try (CachingRegistry registry = client()) {
            registry.schema(SchemaId.of(3));
        }
        Path files = requireNonNull(file(Question.id(SchemaId.of(3))).getParent());
        Path old = Files.writeString(files.resolve("x.tmp"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path young = Files.writeString(files.resolve("y.tmp"), "half");
        client().close();

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void decode_everythingThatAnAnswerHolds_comesBack() {
        SchemaContent content = new SchemaContent(
                new SchemaType("PROTOBUF"),
                "syntax = \"proto3\"; // \u00e4\n",
                List.of(new SchemaReference("a.proto", ":.ctx:a", 3)),
                Optional.of(Metadata.ofProperties(Map.of("owner", "kim"))),
                Optional.empty());
        RegisteredSchema answer = new RegisteredSchema(
                new Subject(Context.of("staging"), ":.odd name/"),
                4,
                -7,
                content.guid(),
                content,
                Optional.of(Instant.ofEpochMilli(1234)),
                true);
        Question question = Question.version(answer.subject(), VersionSpec.of(4));

        assertThat(StoredAnswer.decode(question, StoredAnswer.encode(question, answer)))
                .contains(answer);
        assertThat(StoredAnswer.decode(
                        Question.version(answer.subject(), VersionSpec.of(5)), StoredAnswer.encode(question, answer)))
                .isEmpty();
        assertThat(StoredAnswer.decode(question, StoredAnswer.sealed("[]".getBytes(UTF_8))))
                .isEmpty();
    }

    private void askEverything(CachingRegistry registry) {
        assertThat(registry.associated("-", "orders", "value")).containsExactly(ORDERS);
        assertThat(registry.schema(SchemaId.of(7)).content().text()).isEqualTo(StubRegistry.text(7));
        assertThat(registry.schema(STRING.guid()).text()).isEqualTo(StubRegistry.text(7));
        assertThat(registry.version(ORDERS, VersionSpec.of(1)).id()).isEqualTo(7);
        assertThat(registry.version(ORDERS, VersionSpec.LATEST).id()).isEqualTo(7);
        assertThat(registry.register(ORDERS, STRING, RegisterOptions.DEFAULT).id())
                .isEqualTo(7);
        assertThat(registry.lookUp(ORDERS, STRING, LookupOptions.DEFAULT).id()).isEqualTo(7);
    }

    private static void assertUnreachable(Runnable question) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(question::run)
                .satisfies(e -> assertThat(e.isRetriable()).isTrue());
    }

    private Path file(Question question) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(question.fileName()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private CachingRegistry client() {
        ClientConfig config = config(stub.url(), StoreConfig.NONE.withDirectory(folder));
        return CachingRegistry.connect(config, Connection.open(config, new ManualTime(), () -> 0.5), Clock.systemUTC());
    }

    private static ClientConfig config(String url, StoreConfig store) {
        return ClientConfig.builder()
                .url(URI.create(url).toString())
                .store(store)
                .build();
    }
}
