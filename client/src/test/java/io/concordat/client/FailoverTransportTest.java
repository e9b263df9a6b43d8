package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.concordat.api.ErrorCode;
import io.concordat.api.FailureKind;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FailoverTransportTest {
    private static final String FOUND = "{\"schema\":\"\\\"string\\\"\"}";
    private static final String BUSY = "{\"error_code\":50002,\"message\":\"busy\"}";

    private final ManualTime time = new ManualTime();

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void send_troubleThatPasses_isAskedAgainAfterAPause(int status) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (StubServer server = new StubServer((request, exchange) -> {
                    if (requests.incrementAndGet() < 3) {
                        exchange.json(status, "");
                    } else {
                        exchange.json(200, FOUND);
                    }
                });
                HttpRegistry registry = registry(server)) {
            assertThat(registry.schema(SchemaId.of(7)).content().text()).isEqualTo("\"string\"");
        }
        assertThat(time.sleeps()).hasSize(2);
    }

    @Test
    void send_troubleThatStays_endsAfterTheRepetitionsWithFullJitter() throws IOException {
        try (StubServer server = StubServer.answering(500, BUSY);
                HttpRegistry registry = registry(server)) {
            RegistryException failure = failureOf(registry);

            assertThat(failure.code()).isEqualTo(ErrorCode.OPERATION_TIMED_OUT);
            assertThat(failure).hasMessage("busy");
            assertThat(server.requests()).hasSize(4);
            // Half of each, as "random" is a half.
            assertThat(time.sleeps())
                    .containsExactly(Duration.ofMillis(125), Duration.ofMillis(250), Duration.ofMillis(500));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "401, CONFIGURATION",
        "403, CONFIGURATION",
        "404, CONFIGURATION",
        "405, CONFIGURATION",
        "409, REFUSED",
        "422, REFUSED",
        "301, CONFIGURATION"
    })
    void send_refusal_isNotRepeated(int status, FailureKind kind) throws IOException {
        try (StubServer server = StubServer.answering(status, "");
                HttpRegistry registry = registry(server)) {
            assertThat(failureOf(registry).kind()).isEqualTo(kind);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void send_missingByTheRegistrysOwnWord_isNotFoundAndNotRepeated() throws IOException {
        try (StubServer server =
                        StubServer.answering(404, "{\"error_code\":40403,\"message\":\"Schema 7 not found\"}");
                HttpRegistry registry = registry(server)) {
            assertThat(failureOf(registry).kind()).isEqualTo(FailureKind.NOT_FOUND);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void send_retryAfter_isHonouredAndToldToTheCaller() throws IOException {
        try (StubServer server = new StubServer(
                        (request, exchange) -> exchange.respond(429, "Retry-After: 3", "{\"message\":\"slow\"}"));
                HttpRegistry registry = registry(server)) {
            RegistryException failure = failureOf(registry);

            assertThat(failure.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
            assertThat(time.sleeps()).hasSize(3).allMatch(pause -> pause.compareTo(Duration.ofSeconds(3)) > 0);
        }
    }

    @Test
    void send_retryAfterBeyondTheDeadline_failsAtOnce() throws IOException {
        try (StubServer server = new StubServer((request, exchange) -> exchange.respond(503, "Retry-After: 30", ""));
                HttpRegistry registry = registry(server)) {
            RegistryException failure = failureOf(registry);

            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(30));
            assertThat(server.requests()).hasSize(1);
            assertThat(time.sleeps()).isEmpty();
            // Nor is it asked by others meanwhile.
            assertThat(failureOf(registry)).hasMessageContaining("it is tried again in");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void send_deletionInDoubt_isNotRepeated() throws IOException {
        try (StubServer server = StubServer.answering(503, "");
                HttpRegistry registry = registry(server)) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.deleteSubject(Subject.of("a"), false));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void send_firstDoorClosed_goesToTheNextAndStaysThere() throws IOException {
        StubServer dead = StubServer.answering(200, FOUND);
        dead.close();
        try (StubServer alive = StubServer.answering(200, FOUND);
                HttpRegistry registry = registry(dead, alive)) {
            registry.schema(SchemaId.of(7));
            registry.schema(SchemaId.of(8));

            assertThat(alive.requests()).hasSize(2);
            assertThat(time.sleeps()).isEmpty();
        }
    }

    @Test
    void send_secondDoorFailsLater_goesBackToTheFirst() throws IOException {
        AtomicBoolean firstIsUp = new AtomicBoolean();
        AtomicBoolean secondIsUp = new AtomicBoolean(true);
        try (StubServer first = upIf(firstIsUp);
                StubServer second = upIf(secondIsUp);
                HttpRegistry registry = registry(first, second)) {
            registry.schema(SchemaId.of(1));
            assertThat(first.requests()).hasSize(1);
            firstIsUp.set(true);
            registry.schema(SchemaId.of(2));
            assertThat(first.requests()).hasSize(1);
            secondIsUp.set(false);
            registry.schema(SchemaId.of(3));

            assertThat(first.requests()).hasSize(2);
            assertThat(second.requests()).hasSize(3);
        }
    }

    @Test
    void send_hangingDoor_leavesTimeForTheNext() throws IOException {
        try (StubServer hanging = new StubServer((request, exchange) -> exchange.stall());
                StubServer alive = StubServer.answering(200, FOUND);
                HttpRegistry registry = new HttpRegistry(ClientConfig.builder()
                        .urls(List.of(hanging.url(), alive.url()))
                        .deadline(Duration.ofSeconds(2))
                        .build())) {
            assertThat(registry.schema(SchemaId.of(7)).id()).isEqualTo(7);
        }
    }

    @Test
    void send_certificateThatNobodyBelieves_goesToTheNextDoor() throws IOException {
        try (StubServer noTls = new StubServer((request, exchange) -> exchange.hangUp());
                StubServer alive = StubServer.answering(200, FOUND);
                HttpRegistry registry = new HttpRegistry(ClientConfig.builder()
                        .urls(List.of(noTls.url().replace("http:", "https:"), alive.url()))
                        .build())) {
            assertThat(registry.schema(SchemaId.of(7)).id()).isEqualTo(7);
        }
    }

    @Test
    void send_oneDoorInTroubleAndTheOtherUntrusted_comesBackToTheFirst() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (StubServer first = new StubServer((request, exchange) ->
                        exchange.json(requests.incrementAndGet() < 3 ? 503 : 200, requests.get() < 3 ? "" : FOUND));
                StubServer noTls = new StubServer((request, exchange) -> exchange.hangUp())) {
            ClientConfig config = ClientConfig.builder()
                    .urls(List.of(first.url(), noTls.url().replace("http:", "https:")))
                    .build();
            try (HttpRegistry registry = new HttpRegistry(config, Connection.open(config, time, () -> 0.5))) {
                assertThat(registry.schema(SchemaId.of(7)).id()).isEqualTo(7);
            }
        }
    }

    @Test
    void send_manyWaitingForTheirTurnWhenItFallsShut_areNotLetThrough() throws Exception {
        CountDownLatch everybody = new CountDownLatch(50);
        try (StubServer server = new StubServer((request, exchange) -> {
            everybody.await();
            exchange.respond(503, "Retry-After: 60", "");
        })) {
            ClientConfig config = ClientConfig.builder()
                    .url(server.url())
                    .maxConnections(2)
                    .deadline(Duration.ofSeconds(30))
                    .build();
            ExecutorService load = Executors.newFixedThreadPool(50);
            try (HttpRegistry registry = new HttpRegistry(config, Connection.open(config, time, () -> 0.5))) {
                CompletableFuture<?>[] calls = new CompletableFuture<?>[50];
                for (int i = 0; i < calls.length; i++) {
                    int id = i;
                    calls[i] = CompletableFuture.runAsync(
                            () -> {
                                everybody.countDown();
                                assertFails(registry, id);
                            },
                            load);
                }
                CompletableFuture.allOf(calls).get(30, TimeUnit.SECONDS);
            } finally {
                load.shutdownNow();
            }

            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void send_allDoorsClosed_saysSoOfTheLast() throws IOException {
        StubServer one = StubServer.answering(200, FOUND);
        StubServer other = StubServer.answering(200, FOUND);
        one.close();
        other.close();
        try (HttpRegistry registry = registry(one, other)) {
            RegistryException failure = failureOf(registry);

            assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
            assertThat(failure).hasMessageContaining(other.url());
        }
    }

    @Test
    void send_randomize_beginsAnywhere() throws IOException {
        try (StubServer first = StubServer.answering(200, FOUND);
                StubServer second = StubServer.answering(200, FOUND)) {
            ClientConfig config = ClientConfig.builder()
                    .urls(List.of(first.url(), second.url()))
                    .randomize(true)
                    .build();
            try (HttpRegistry registry = new HttpRegistry(config, Connection.open(config, time, () -> 0.7))) {
                registry.schema(SchemaId.of(7));
            }

            assertThat(first.requests()).isEmpty();
            assertThat(second.requests()).hasSize(1);
        }
    }

    /** At most five failures until the door is shut, those under way then, and one probe for each half interval. */
    @Test
    void send_deadForAMinuteUnderLoad_isAskedABoundedNumberOfTimes() throws Exception {
        AtomicBoolean up = new AtomicBoolean();
        int threads = 32;
        try (StubServer server = upIf(up);
                HttpRegistry registry = registry(server)) {
            ExecutorService load = Executors.newFixedThreadPool(threads);
            try {
                Duration step = Duration.ofMillis(250);
                for (Duration past = Duration.ZERO; past.compareTo(Duration.ofMinutes(1)) < 0; past = past.plus(step)) {
                    CompletableFuture<?>[] calls = new CompletableFuture<?>[threads];
                    for (int i = 0; i < threads; i++) {
                        int id = i;
                        calls[i] = CompletableFuture.runAsync(() -> assertFails(registry, id), load);
                    }
                    CompletableFuture.allOf(calls).get(30, TimeUnit.SECONDS);
                    time.advance(step);
                }
                long probes = time.passed().dividedBy(Duration.ofSeconds(1));
                assertThat(time.passed()).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
                assertThat((long) server.requests().size()).isLessThanOrEqualTo(5 + 8 + probes);

                up.set(true);
                time.advance(Duration.ofSeconds(2));
                assertThat(registry.schema(SchemaId.of(7)).id()).isEqualTo(7);
            } finally {
                load.shutdownNow();
            }
        }
    }

    @Test
    void send_awayForLongerThanTheDeadline_failsAtOnce() throws IOException {
        try (StubServer server = upIf(new AtomicBoolean());
                HttpRegistry registry = registry(server)) {
            failureOf(registry);
            failureOf(registry);
            time.advance(Duration.ofSeconds(30));
            failureOf(registry);
            int before = time.sleeps().size();
            RegistryException failure = failureOf(registry);

            assertThat(failure).hasMessageContainingAll(server.url(), "is out of reach", "it is tried again in");
            assertThat(time.sleeps()).hasSize(before);
        }
    }

    @Test
    void send_interruptedDuringThePause_endsAndStaysInterrupted() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (StubServer server = new StubServer((request, exchange) -> {
                    requests.incrementAndGet();
                    exchange.json(503, "");
                });
                HttpRegistry registry = new HttpRegistry(
                        ClientConfig.of(server.url()),
                        Connection.open(ClientConfig.of(server.url()), new InterruptingTime(), () -> 0.5))) {
            RegistryException failure = failureOf(registry);

            assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
            assertThat(failure).hasMessageContaining("Interrupted");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(requests).hasValue(1);
        }
    }

    private static void assertFails(HttpRegistry registry, int id) {
        RegistryException failure =
                catchThrowableOfType(RegistryException.class, () -> registry.schema(SchemaId.of(id)));
        assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
    }

    private static StubServer upIf(AtomicBoolean up) {
        return new StubServer((request, exchange) -> exchange.json(up.get() ? 200 : 503, up.get() ? FOUND : ""));
    }

    private HttpRegistry registry(StubServer... servers) {
        ClientConfig config = ClientConfig.builder()
                .urls(List.of(servers).stream().map(StubServer::url).toList())
                .build();
        return new HttpRegistry(config, Connection.open(config, time, () -> 0.5));
    }

    private static RegistryException failureOf(HttpRegistry registry) {
        return catchThrowableOfType(RegistryException.class, () -> registry.schema(SchemaId.of(7)));
    }

    /** Somebody interrupts whoever waits. */
    private static final class InterruptingTime implements Time {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            throw new InterruptedException("as a thread pool does that is shut down");
        }
    }
}
