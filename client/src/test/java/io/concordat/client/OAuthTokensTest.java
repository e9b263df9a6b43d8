package io.concordat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.concordat.api.ErrorCode;
import io.concordat.api.FailureKind;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class OAuthTokensTest {
    private static final URI REGISTRY = URI.create("http://registry");

    private final AtomicInteger handedOut = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private volatile boolean hold;
    private volatile int status = 200;
    private final StubServer issuer = new StubServer((request, exchange) -> {
        if (hold) {
            held.await();
        }
        exchange.json(
                status,
                status == 200
                        ? "{\"access_token\":\"t" + handedOut.incrementAndGet()
                                + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
                        : "{\"error\":\"invalid_client\"}");
    });
    private final ManualTime time = new ManualTime();
    private final OAuthConfig config = OAuthConfig.of(URI.create(issuer.url() + "/token"), "my app", "hunter2&")
            .withScope("a b");
    private final OAuthTokens tokens = new OAuthTokens(config, HttpClient.newHttpClient(), time);

    @AfterEach
    void close() throws IOException {
        held.countDown();
        issuer.close();
    }

    @Test
    void token_first_isAskedForAsTheStandardSays() {
        assertThat(token()).isEqualTo("t1");

        StubServer.Request request = issuer.onlyRequest();
        assertThat(request.line()).isEqualTo("POST /token");
        assertThat(request.body()).isEqualTo("grant_type=client_credentials&scope=a+b");
        assertThat(request.headers())
                .containsEntry("content-type", "application/x-www-form-urlencoded")
                .containsEntry(
                        "authorization",
                        "Basic " + Base64.getEncoder().encodeToString("my+app:hunter2%26".getBytes(UTF_8)));
    }

    @Test
    void token_untilFiveMinutesBeforeItsEnd_isTheSame() {
        token();
        time.advance(Duration.ofMinutes(54));

        assertThat(token()).isEqualTo("t1");
        assertThat(issuer.requests()).hasSize(1);
    }

    @Test
    void token_closeToItsEnd_isExchangedWhileNobodyWaits() throws Exception {
        token();
        time.advance(Duration.ofMinutes(56));
        hold = true;
        for (int i = 0; i < 10; i++) {
            assertThat(token()).isEqualTo("t1");
        }
        held.countDown();
        // Once it is too old, the one that is on its way is waited for.
        time.advance(Duration.ofMinutes(5));

        assertThat(token()).isEqualTo("t2");
        assertThat(issuer.requests()).hasSize(2);
    }

    @Test
    void token_fiftyThreads_makeOneRequest() throws Exception {
        hold = true;
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(threads.submit(this::token));
            }
            held.countDown();
            for (Future<String> each : all) {
                assertThat(each.get()).isEqualTo("t1");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(issuer.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"400, CONFIGURATION", "401, CONFIGURATION", "500, TRANSIENT", "503, TRANSIENT", "429, TRANSIENT"})
    void token_refused_saysWhoAndWhyWithoutTheSecret(int refusal, FailureKind kind) {
        status = refusal;

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(this::token)
                .withMessageContaining(issuer.url())
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter"));
        status = 200;
        assertThat(token()).isEqualTo("t1");
    }

    @Test
    void token_issuerHangs_endsWithTheDeadline() {
        hold = true;

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> tokens.token(REGISTRY, Deadline.in(Duration.ofMillis(200))))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT));
    }

    @Test
    void registry_refusesAToken_isAskedOnceMoreWithTheNext() throws IOException {
        try (StubServer registry = new StubServer((request, exchange) -> exchange.json(
                        request.headers().getOrDefault("authorization", "").equals("Bearer t2") ? 200 : 401,
                        "{\"schema\":\"\\\"string\\\"\",\"message\":\"no\"}"));
                HttpRegistry client = new HttpRegistry(
                        ClientConfig.builder().url(registry.url()).oauth(config).build())) {
            assertThat(client.schema(SchemaId.of(7)).id()).isEqualTo(7);
            assertThat(client.schema(SchemaId.of(8)).id()).isEqualTo(8);
            assertThat(registry.requests()).hasSize(3);
        }
    }

    @Test
    void registry_refusesEveryToken_isNotAskedForEver() throws IOException {
        try (StubServer registry = StubServer.answering(401, "{\"error_code\":401,\"message\":\"no\"}");
                HttpRegistry client = new HttpRegistry(
                        ClientConfig.builder().url(registry.url()).oauth(config).build())) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> client.schema(SchemaId.of(7)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED));
            assertThat(registry.requests()).hasSize(2);
        }
    }

    @Test
    void registry_tokensOfTheApplication_areAskedForEachTime() throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (StubServer registry = StubServer.answering(200, "{\"schema\":\"\\\"string\\\"\"}");
                HttpRegistry client = new HttpRegistry(ClientConfig.builder()
                        .url(registry.url())
                        .tokens(url -> url.getPort() + "-" + count.incrementAndGet())
                        .build())) {
            client.schema(SchemaId.of(7));
            client.schema(SchemaId.of(8));

            int port = URI.create(registry.url()).getPort();
            assertThat(registry.requests())
                    .extracting(request -> request.headers().get("authorization"))
                    .containsExactly("Bearer " + port + "-1", "Bearer " + port + "-2");
        }
    }

    private String token() {
        return tokens.token(REGISTRY, Deadline.in(Duration.ofSeconds(10))).orElseThrow();
    }
}
