package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many threads that want the same things at the same time. */
@Timeout(60)
class HerdTest {
    private static final int THREADS = 200;
    private static final int IDS = 50;
    private static final int SLOW = 13;

    private final StubRegistry stub = new StubRegistry();
    private final SettableClock clock = new SettableClock();
    private final ClientConfig config = ClientConfig.of(stub.url());
    private final CachingRegistry registry = CachingRegistry.connect(config, Connection.open(config), clock);

    @AfterEach
    void close() throws IOException {
        registry.close();
        stub.close();
    }

    @ParameterizedTest
    @MethodSource("kindsOfThreads")
    void schema_oneIdIsSlow_allOthersArriveMeanwhileByOneRequestEach(ExecutorService threads) throws Exception {
        CountDownLatch slow = stub.hold("/schemas/ids/" + SLOW);
        CountDownLatch everybody = new CountDownLatch(THREADS);
        List<Future<Integer>> quick = new ArrayList<>();
        List<Future<Integer>> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < THREADS; i++) {
                int id = i % IDS;
                (id == SLOW ? waiting : quick).add(threads.submit(() -> {
                    everybody.countDown();
                    everybody.await();
                    return registry.schema(SchemaId.of(id)).id();
                }));
            }
            for (Future<Integer> answer : quick) {
                answer.get();
            }
            assertThat(waiting).noneMatch(Future::isDone);
            slow.countDown();
            for (Future<Integer> answer : waiting) {
                assertThat(answer.get()).isEqualTo(SLOW);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(requestsById())
                .hasSize(IDS)
                .allSatisfy((target, count) -> assertThat(count).isEqualTo(1));
        assertThat(stub.server().mostConnections()).isLessThanOrEqualTo(8);
        assertThat(registry.metrics().misses()).isEqualTo(IDS);
        assertThat(registry.metrics().hits()).isEqualTo(THREADS - IDS);
        assertThat(registry.metrics().fetches()).isEqualTo(IDS);
        assertThat(registry.metrics().flights()).isZero();
    }

    static Stream<ExecutorService> kindsOfThreads() throws ReflectiveOperationException {
        List<ExecutorService> kinds = new ArrayList<>(List.of(Executors.newFixedThreadPool(THREADS)));
        if (Runtime.version().feature() >= 21) {
            kinds.add((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        }
        return kinds.stream();
    }

    @Test
    void schema_unknownIdUnderAHundredThreads_isAskedOnceMoreAndThenOncePerTimeToLive() throws Exception {
        stub.forgets(404);
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try {
            for (Duration past = Duration.ZERO;
                    past.compareTo(Duration.ofSeconds(100)) < 0;
                    past = past.plus(KnownMissing.DOUBT)) {
                List<Future<?>> asking = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    asking.add(threads.submit(this::assertUnknown));
                }
                for (Future<?> asked : asking) {
                    asked.get();
                }
                clock.advance(KnownMissing.DOUBT);
            }
        } finally {
            threads.shutdownNow();
        }

        // At once, after a moment, and then every 30 s of 100.
        assertThat(stub.requestsFor("/schemas/ids/404")).isBetween(4L, 5L);
    }

    @Test
    void schema_unknownIdThatIsRegisteredMeanwhile_isFoundAfterAMoment() throws IOException {
        try (StubServer follower = new StubServer((request, exchange) -> exchange.json(
                        serverKnows ? 200 : 404,
                        serverKnows
                                ? "{\"schema\":\"\\\"string\\\"\"}"
                                : "{\"error_code\":40403,\"message\":\"Schema 7 not found\"}"));
                CachingRegistry cached = new CachingRegistry(
                        new HttpRegistry(ClientConfig.of(follower.url())), clock, CacheConfig.DEFAULT)) {
            assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> cached.schema(SchemaId.of(7)));
            serverKnows = true;
            assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> cached.schema(SchemaId.of(7)));
            clock.advance(KnownMissing.DOUBT);

            assertThat(cached.schema(SchemaId.of(7)).id()).isEqualTo(7);
            assertThat(follower.requests()).hasSize(2);
        }
    }

    private volatile boolean serverKnows;

    @Test
    void schema_clockSetBack_doesNotKeepItUnknown() {
        stub.forgets(404);
        assertUnknown();
        clock.advance(Duration.ofHours(-1));
        assertUnknown();

        assertThat(stub.requestsFor("/schemas/ids/404")).isEqualTo(2);
    }

    private void assertUnknown() {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> registry.schema(SchemaId.of(404)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_NOT_FOUND));
    }

    private Map<String, Integer> requestsById() {
        Map<String, Integer> counts = new HashMap<>();
        stub.server().requests().forEach(request -> counts.merge(request.target(), 1, Integer::sum));
        return counts;
    }
}
