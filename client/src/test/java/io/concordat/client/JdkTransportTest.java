package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JdkTransportTest {
    private static final String ANSWER = "{\"schema\":\"\\\"string\\\"\"}";

    @Test
    void send_serverThatNeverAnswers_isCutOff() throws IOException {
        try (StubServer server = new StubServer((request, exchange) -> exchange.stall())) {
            RegistryException failure = failureOf(impatient(server.url()));

            assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
            assertThat(failure)
                    .hasMessageContainingAll(
                            "GET " + server.url() + "/schemas/ids/7", "no answer began", "within 300 ms");
        }
    }

    @Test
    void send_serverThatNeverEndsItsHeaders_isCutOff() throws IOException {
        try (StubServer server = new StubServer((request, exchange) -> {
            exchange.raw("HTTP/1.1 200 OK\r\nX-Slow: ");
            exchange.stall();
        })) {
            assertThat(failureOf(impatient(server.url())).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void send_bodyThatStalls_isCutOff() throws IOException {
        try (StubServer server = new StubServer((request, exchange) -> {
            exchange.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"sch");
            exchange.stall();
        })) {
            RegistryException failure = failureOf(ClientConfig.builder()
                    .url(server.url())
                    .deadline(Duration.ofSeconds(2))
                    .build());

            assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
            assertThat(failure).hasMessageContainingAll("status 200", "only 5 bytes", "within 2 s");
        }
    }

    @Test
    void send_bodyThatTricklesForEver_isCutOff() throws IOException {
        try (StubServer server = new StubServer((request, exchange) -> {
            exchange.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                exchange.raw("1\r\n \r\n");
            }
        })) {
            assertThat(failureOf(impatient(server.url())).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void send_serverThatAcceptsNobody_isCutOff() throws IOException {
        // A full backlog: further connections are neither accepted nor refused.
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> fillers = new ArrayList<>();
            fill(full, fillers);

            RegistryException failure = failureOf(impatient("http://127.0.0.1:" + full.getLocalPort()));

            assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    private static void fill(ServerSocket server, List<Socket> fillers) throws IOException {
        try {
            for (int i = 0; i < 20; i++) {
                Socket filler = new Socket();
                fillers.add(filler);
                filler.connect(server.getLocalSocketAddress(), 200);
            }
        } catch (SocketTimeoutException e) {
            assertThat(fillers).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"schema\":\"x\"}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n{\"schema\":\"x\"\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n{\"schema\":\"x\"}",
            })
    void send_bodyThatBreaksOff_isUnreachable(String answer) throws IOException {
        try (StubServer server = hangingUpAfter(answer)) {
            RegistryException failure = failureOf(ClientConfig.of(server.url()));

            assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
            assertThat(failure).hasMessageContainingAll("/schemas/ids/7", "status 200", "broke off after");
            // The JDK's client may take the hanging up for that of an idle connection, and asks once more by itself.
            assertThat(server.requests()).hasSizeBetween(4, 8);
        }
    }

    @Test
    void send_errorThatBreaksOff_isByStatus() throws IOException {
        try (StubServer server = hangingUpAfter("HTTP/1.1 503 Busy\r\nContent-Length: 1000\r\n\r\n<html>Busy")) {
            RegistryException failure = failureOf(ClientConfig.of(server.url()));

            assertThat(failure.number()).isEqualTo(503);
            assertThat(failure).hasMessageContaining("<html>Busy");
        }
    }

    @Test
    void send_bodyThatIsTooLarge_isUnreadable() throws IOException {
        try (StubServer server = StubServer.answering(200, "[" + "1,".repeat(5_000) + "1]")) {
            RegistryException failure = failureOf(ClientConfig.builder()
                    .url(server.url())
                    .maxAnswerSize(10_000)
                    .build());

            assertThat(failure.code()).isEqualTo(ErrorCode.UNREADABLE_ANSWER);
            assertThat(failure).hasMessageContaining("longer than the allowed 10000 bytes (maxAnswerSize)");
        }
    }

    @Test
    void send_bodyThatIsAsLargeAsAllowed_isRead() throws IOException {
        String types = "[\"" + "x".repeat(300_000) + "\"]";
        try (StubServer server = StubServer.answering(200, types);
                HttpRegistry registry = new HttpRegistry(ClientConfig.builder()
                        .url(server.url())
                        .maxAnswerSize(types.length())
                        .build())) {
            assertThat(registry.schemaTypes()).containsExactly(new SchemaType("x".repeat(300_000)));
        }
    }

    @Test
    void send_endlessBody_isCutOffBySize() throws IOException {
        try (StubServer server = new StubServer((request, exchange) -> {
            exchange.raw("HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                exchange.raw(" ".repeat(8_192));
            }
        })) {
            RegistryException failure = failureOf(ClientConfig.builder()
                    .url(server.url())
                    .maxAnswerSize(1 << 20)
                    .build());

            assertThat(failure.code()).isEqualTo(ErrorCode.UNREADABLE_ANSWER);
        }
    }

    @Test
    void send_somethingThatIsNotHttp_isUnreadable() throws IOException {
        try (StubServer server = hangingUpAfter("220 mail.example ESMTP\r\n\r\n")) {
            RegistryException failure = failureOf(ClientConfig.of(server.url()));

            assertThat(failure.code()).isEqualTo(ErrorCode.UNREADABLE_ANSWER);
            assertThat(failure).hasMessageContaining("not HTTP");
        }
    }

    @Test
    void send_nobodyThere_isUnreachable() throws IOException {
        String url;
        try (StubServer server = StubServer.answering(200, ANSWER)) {
            url = server.url();
        }

        RegistryException failure = failureOf(ClientConfig.of(url));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(failure).hasMessageContainingAll(url, "refused");
    }

    @Test
    void send_unknownHost_isUnreachable() {
        RegistryException failure = failureOf(ClientConfig.of("http://no-such-host.invalid:8081"));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(failure).hasMessageContainingAll("http://no-such-host.invalid:8081", "the host is unknown");
    }

    @Test
    void send_tlsToAServerWithout_isUntrusted() throws IOException {
        try (StubServer server = hangingUpAfter("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
            RegistryException failure = failureOf(ClientConfig.of(server.url().replace("http:", "https:")));

            assertThat(failure.code()).isEqualTo(ErrorCode.UNTRUSTED);
            assertThat(failure).hasMessageContaining("TLS failed");
        }
    }

    @Test
    void send_connectionsClosedWhileIdle_doNotShow() throws IOException {
        try (StubServer server = new StubServer((request, exchange) -> {
                    exchange.json(200, ANSWER);
                    exchange.hangUp();
                });
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            for (int i = 0; i < 200; i++) {
                int id = i;
                assertThatCode(() -> registry.schema(SchemaId.of(id))).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void send_connectionClosedInsteadOfAnAnswer_isTriedAgain() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (StubServer server = new StubServer((request, exchange) -> {
                    if (requests.incrementAndGet() < 3) {
                        exchange.hangUp();
                    } else {
                        exchange.json(200, "{\"id\":7}");
                    }
                });
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            assertThat(registry.register(Subject.of("a"), SchemaContent.avro("x"), RegisterOptions.DEFAULT)
                            .id())
                    .isEqualTo(7);
        }
    }

    @Test
    void send_connectionClosedAgainAndAgain_isUnreachable() throws IOException {
        try (StubServer server = hangingUpAfter("")) {
            RegistryException failure = failureOf(ClientConfig.of(server.url()));

            assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
            assertThat(failure).hasMessageContaining("the connection was closed before an answer began");
        }
    }

    @Test
    void send_deletionWithoutAnAnswer_isNotRepeated() throws IOException {
        try (StubServer server = hangingUpAfter("");
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            RegistryException failure =
                    catchThrowableOfType(RegistryException.class, () -> registry.deleteSubject(Subject.of("a"), false));

            assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
            assertThat(failure).hasMessageContaining("may have been carried out");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void send_oneAfterTheOther_takesOneConnection() throws IOException {
        AtomicInteger connections = new AtomicInteger();
        ThreadLocal<Boolean> known = new ThreadLocal<>();
        try (StubServer server = new StubServer((request, exchange) -> {
                    if (known.get() == null) {
                        known.set(true);
                        connections.incrementAndGet();
                    }
                    exchange.json(200, ANSWER);
                });
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            for (int i = 0; i < 50; i++) {
                registry.schema(SchemaId.of(i));
            }

            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void send_slowAnswer_holdsUpNobodyElse() throws IOException {
        CountDownLatch slow = new CountDownLatch(1);
        try (StubServer server = new StubServer((request, exchange) -> {
                    if (request.target().endsWith("/1")) {
                        slow.await();
                    }
                    exchange.json(200, ANSWER);
                });
                HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()))) {
            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(
                    () -> registry.schema(SchemaId.of(1)).id());
            assertThat(registry.schema(SchemaId.of(2)).id()).isEqualTo(2);
            slow.countDown();
            assertThat(first.join()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"})
    void send_interruptedWhileWaiting_endsAtOnceAndStaysInterrupted(String beginning) throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        try (StubServer server = new StubServer((request, exchange) -> {
            exchange.raw(beginning);
            waiting.countDown();
            exchange.stall();
        })) {
            CompletableFuture<RegistryException> failure = new CompletableFuture<>();
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                failure.complete(failureOf(ClientConfig.builder()
                        .url(server.url())
                        .deadline(Duration.ofMinutes(10))
                        .build()));
                interrupted.complete(Thread.interrupted());
            });
            thread.start();
            waiting.await();
            thread.interrupt();

            assertThat(failure.get().code()).isEqualTo(ErrorCode.UNREACHABLE);
            assertThat(failure.get()).hasMessageContaining("interrupted");
            assertThat(interrupted.get()).isTrue();
        }
    }

    @Test
    void send_authenticationAskedForWithoutAScheme_isUnauthorized() throws IOException {
        try (StubServer server = StubServer.answering(401, "{\"error_code\":401,\"message\":\"Unauthorized\"}")) {
            assertThat(failureOf(ClientConfig.of(server.url())).code()).isEqualTo(ErrorCode.UNAUTHORIZED);
        }
    }

    @Test
    void send_afterClose_isAProgrammingError() throws IOException {
        try (StubServer server = StubServer.answering(200, "[]")) {
            HttpRegistry registry = new HttpRegistry(ClientConfig.of(server.url()));
            registry.close();
            registry.close();

            assertThatIllegalStateException()
                    .isThrownBy(() -> registry.subjects("", Deleted.EXCLUDED))
                    .withMessageContaining("has been closed");
        }
    }

    private static StubServer hangingUpAfter(String answer) {
        return new StubServer((request, exchange) -> {
            exchange.raw(answer);
            exchange.hangUp();
        });
    }

    private static ClientConfig impatient(String url) {
        return ClientConfig.builder().url(url).deadline(Duration.ofMillis(300)).build();
    }

    private static RegistryException failureOf(ClientConfig config) {
        try (HttpRegistry registry = new HttpRegistry(config)) {
            return catchThrowableOfType(RegistryException.class, () -> registry.schema(SchemaId.of(7)));
        }
    }
}
