package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.concordat.api.Compatibility;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.LookupOptions;
import io.concordat.api.Mode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegistryException;
import io.concordat.api.RegistrySettings;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CachingRegistryTest {
    private static final Subject A = Subject.of("a");
    private static final Subject B = Subject.of("b");
    private static final SchemaContent STRING = SchemaContent.avro("\"string\"");
    private static final SchemaContent LONG = SchemaContent.avro("\"long\"");
    private static final UUID GUID = STRING.guid();
    private static final LookupOptions ALSO_DELETED = new LookupOptions(false, true);

    private final SettableClock clock = new SettableClock();
    private final StubServer server = new StubServer((request, exchange) -> {
        if (request.target().contains("missing")) {
            exchange.json(404, "{\"error_code\":40401,\"message\":\"Subject 'missing' not found.\"}");
        } else if (request.method().equals("DELETE") && request.target().startsWith("/subjects")) {
            exchange.json(200, request.target().contains("versions") ? "1" : "[1]");
        } else {
            exchange.json(
                    200,
                    "{\"subject\":\"" + (request.target().contains("staging") ? ":.staging:a" : "a")
                            + "\",\"version\":1,\"id\":7,\"schema\":\"\\\"string\\\"\","
                            + "\"mode\":\"READWRITE\",\"compatibility\":\"NONE\",\"is_compatible\":true}");
        }
    });
    private final CachingRegistry registry =
            new CachingRegistry(new HttpRegistry(ClientConfig.of(server.url())), clock, CacheConfig.DEFAULT);

    @AfterEach
    void close() throws IOException {
        registry.close();
        server.close();
    }

    @Test
    void reads_again_areNotAskedAgain() {
        for (int i = 0; i < 3; i++) {
            registry.schema(SchemaId.of(7));
            registry.schema(GUID);
            registry.version(A, VersionSpec.of(1));
            registry.version(A, VersionSpec.LATEST);
            registry.register(A, STRING, RegisterOptions.DEFAULT);
            registry.lookUp(A, STRING, LookupOptions.DEFAULT);
        }

        assertThat(lines())
                .containsExactly(
                        "GET /schemas/ids/7",
                        "GET /schemas/guids/" + GUID,
                        "GET /subjects/a/versions/1",
                        "GET /subjects/a/versions/latest",
                        "POST /subjects/a/versions",
                        "POST /subjects/a",
                        // Registering may have made another version the latest.
                        "GET /subjects/a/versions/latest");
    }

    @Test
    void reads_thatDiffer_areAllAsked() {
        registry.schema(SchemaId.of(7));
        registry.schema(SchemaId.of(8));
        registry.schema(new SchemaId(Context.of("staging"), 7));
        registry.version(A, VersionSpec.of(1));
        registry.version(A, VersionSpec.of(2));
        registry.version(B, VersionSpec.of(1));
        registry.lookUp(A, STRING, LookupOptions.DEFAULT);
        registry.lookUp(A, STRING, ALSO_DELETED);
        registry.lookUp(A, LONG, LookupOptions.DEFAULT);
        registry.lookUp(B, STRING, LookupOptions.DEFAULT);
        registry.register(A, STRING, RegisterOptions.DEFAULT);
        registry.register(A, STRING, RegisterOptions.NORMALIZE);
        registry.register(A, LONG, RegisterOptions.DEFAULT);
        registry.register(B, STRING, RegisterOptions.DEFAULT);

        assertThat(lines()).hasSize(14);
    }

    @Test
    void latest_afterItsTime_isAskedAgain() {
        registry.version(A, VersionSpec.LATEST);
        clock.advance(Duration.ofSeconds(59));
        registry.version(A, VersionSpec.LATEST);
        assertThat(lines()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        registry.version(A, VersionSpec.LATEST);
        assertThat(lines()).hasSize(2);
    }

    @Test
    void questionsAboutNow_areAlwaysAsked() {
        for (int i = 0; i < 2; i++) {
            registry.check(A, STRING);
            registry.check(A, VersionSpec.LATEST, STRING);
            registry.settings().config(A);
            registry.settings().effectiveConfig(A);
            registry.settings().mode(A);
            registry.settings().effectiveMode(A);
        }

        assertThat(lines()).hasSize(12);
    }

    @Test
    void failure_isNotRemembered() {
        Subject missing = Subject.of("missing");
        for (int i = 0; i < 2; i++) {
            assertMissing(r -> r.version(missing, VersionSpec.LATEST));
            assertMissing(r -> r.version(missing, VersionSpec.of(1)));
            assertMissing(r -> r.lookUp(missing, STRING, LookupOptions.DEFAULT));
            assertMissing(r -> r.register(missing, STRING, RegisterOptions.DEFAULT));
            assertMissing(r -> r.versions(missing, Deleted.EXCLUDED));
        }

        assertThat(lines()).hasSize(10);
    }

    @Test
    void everyChange_ofWhatIsKnown_isNoticed() {
        List<Consumer<CachingRegistry>> changes = List.of(
                r -> r.deleteSubject(A, false),
                r -> r.deleteSubject(B, true),
                r -> r.deleteVersion(A, VersionSpec.of(1), false),
                r -> r.register(A, STRING, new RegisterOptions(false, false, 7, 1)),
                r -> r.register(A, STRING, new RegisterOptions(false, true, RegisterOptions.ANY_ID, 0)),
                r -> r.settings().updateConfig(A, ConfigUpdate.compatibility(Compatibility.NONE)),
                r -> r.settings().deleteConfig(RegistrySettings.GLOBAL),
                r -> r.settings().updateMode(A, Mode.IMPORT, true),
                r -> r.settings().deleteMode(A),
                CachingRegistry::forgetAll);
        for (Consumer<CachingRegistry> change : changes) {
            askEverything();
            change.accept(registry);
            int before = lines().size();
            askEverything();

            assertThat(lines()).hasSize(before + 6);
        }
    }

    @Test
    void failedChange_isTakenForAChange() {
        askEverything();
        assertMissing(r -> r.deleteSubject(Subject.of("missing"), false));
        int before = lines().size();
        askEverything();

        assertThat(lines()).hasSize(before + 6);
    }

    @Test
    void register_afterIdsAndVersionsWereMissing_asksForThemAgain() {
        Subject missing = Subject.of("missing");
        assertMissing(r -> r.version(missing, VersionSpec.of(1)));
        registry.register(A, STRING, RegisterOptions.DEFAULT);
        int before = lines().size();

        assertMissing(r -> r.version(missing, VersionSpec.of(1)));

        assertThat(lines()).hasSize(before + 1);
    }

    @Test
    void register_fiftyThreads_makeOneRequest() throws Exception {
        int threads = 50;
        CountDownLatch everybody = new CountDownLatch(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> ids = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                ids.add(executor.submit(() -> {
                    everybody.countDown();
                    everybody.await();
                    registry.schema(SchemaId.of(7));
                    registry.version(A, VersionSpec.LATEST);
                    return registry.register(B, STRING, RegisterOptions.DEFAULT).id();
                }));
            }
            for (Future<Integer> id : ids) {
                assertThat(id.get()).isEqualTo(7);
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(lines())
                .containsExactly("GET /schemas/ids/7", "GET /subjects/a/versions/latest", "POST /subjects/b/versions");
    }

    @Test
    void register_moreThanFits_goesOn() throws IOException {
        try (CachingRegistry small = new CachingRegistry(
                new HttpRegistry(ClientConfig.of(server.url())), clock, CacheConfig.DEFAULT.withSize(4))) {
            for (int i = 0; i < 50; i++) {
                assertThat(small.register(Subject.of("s" + i), STRING, RegisterOptions.DEFAULT)
                                .id())
                        .isEqualTo(7);
            }
        }
    }

    @Test
    void config_nonsense_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheConfig.DEFAULT.withLatestTtl(Duration.ofSeconds(-1)))
                .withMessageContaining("latestTtl");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheConfig.DEFAULT.withSize(0))
                .withMessageContaining("size");
    }

    private void askEverything() {
        registry.register(A, STRING, RegisterOptions.DEFAULT);
        registry.schema(SchemaId.of(7));
        registry.schema(GUID);
        registry.version(A, VersionSpec.of(1));
        registry.version(A, VersionSpec.LATEST);
        registry.lookUp(A, STRING, LookupOptions.DEFAULT);
    }

    private void assertMissing(Consumer<CachingRegistry> question) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> question.accept(registry))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SUBJECT_NOT_FOUND));
    }

    private List<String> lines() {
        return server.requests().stream().map(StubServer.Request::line).toList();
    }
}
