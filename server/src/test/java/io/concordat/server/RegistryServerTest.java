package io.concordat.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Deleted;
import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RegistryServerTest {
    private final PatientFormat format = new PatientFormat();
    private final StalledLog log = new StalledLog(new InMemoryEventLog());
    private final RegistryEngine engine =
            RegistryEngine.builder(log).formats(List.of(format)).open();
    private final List<RegistryServer> servers = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void closeAll() {
        log.release();
        format.released.countDown();
        servers.forEach(RegistryServer::close);
        engine.close();
    }

    @Test
    void start_onBusyPort_namesHostAndPort() {
        int port = start(ServerConfig.builder()).port();

        assertThatThrownBy(() -> start(ServerConfig.builder().port(port)))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("taken");
    }

    @Test
    void start_onUnknownHost_namesIt() {
        assertThatThrownBy(() -> start(ServerConfig.builder().host("no-such-host.invalid")))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("no-such-host.invalid:0");
    }

    @Test
    void close_freesThePort() {
        RegistryServer first = start(ServerConfig.builder());
        int port = first.port();

        first.close();

        assertThat(start(ServerConfig.builder().port(port)).port()).isEqualTo(port);
    }

    @Test
    void close_whileARequestIsUnderWay_letsItFinish() throws Exception {
        RegistryServer server = start(ServerConfig.builder());
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                post(server, "/subjects/s/versions", "{\"schema\":\"slow\"}")
                        .version(Version.HTTP_1_1)
                        .build(),
                BodyHandlers.ofString());
        format.begun.await();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
        format.released.countDown();

        assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        closed.get(20, TimeUnit.SECONDS);
    }

    @Test
    void close_whileARequestTakesForever_endsAfterTheGracePeriod() throws Exception {
        RegistryServer server = start(ServerConfig.builder().shutdownGrace(Duration.ofMillis(100)));
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                post(server, "/subjects/s/versions", "{\"schema\":\"slow\"}").build(), BodyHandlers.ofString());
        format.begun.await();

        CompletableFuture.runAsync(server::close).get(20, TimeUnit.SECONDS);

        assertThat(answer).failsWithin(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @EnumSource
    void close_whileAClientKeepsAsking_doesNotTakeTheGracePeriod(Version version) throws Exception {
        RegistryServer server = start(ServerConfig.builder().shutdownGrace(Duration.ofMinutes(5)));
        HttpRequest question = get(server, "/subjects").version(version).build();
        CountDownLatch answered = new CountDownLatch(10);
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
            while (true) {
                client.sendAsync(question, BodyHandlers.ofString()).join();
                answered.countDown();
            }
        });
        answered.await();

        CompletableFuture.runAsync(server::close).get(60, TimeUnit.SECONDS);

        assertThat(asking).failsWithin(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @EnumSource
    void request_byEitherVersion_isAnswered(Version version) throws Exception {
        RegistryServer server = start(ServerConfig.builder());
        HttpRequest register = post(server, "/subjects/s/versions", "{\"schema\":\"a\"}")
                .version(version)
                .build();

        HttpResponse<String> answer = client.send(register, BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"id\":1,\"version\":1,\"guid\":");
    }

    @Test
    void http2_bodyTooLong_answers413AndTheConnectionLives() throws Exception {
        RegistryServer server = start(ServerConfig.builder().maxBodyBytes(1_000));
        client.send(get(server, "/").build(), BodyHandlers.discarding());

        HttpResponse<String> answer = client.send(
                post(server, "/subjects/s/versions", "x".repeat(100_000)).build(), BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(client.send(get(server, "/").build(), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void http2_headersTooLong_areRefused() throws Exception {
        RegistryServer server = start(ServerConfig.builder().maxHeaderBytes(1_000));
        client.send(get(server, "/").build(), BodyHandlers.discarding());

        HttpResponse<String> answer =
                client.send(get(server, "/").header("X", "x".repeat(1_000)).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(431);
    }

    @Test
    void answer_longEnough_isCompressedIfAskedFor() throws Exception {
        RegistryServer server = start(ServerConfig.builder());
        String text = "a".repeat(10_000);
        engine.register(Subject.of("s"), SchemaContent.avro(text), RegisterOptions.DEFAULT);

        HttpResponse<byte[]> answer = client.send(
                get(server, "/schemas/ids/1/schema")
                        .header("Accept-Encoding", "gzip")
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(answer.body().length).isLessThan(1_000);
        try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(content.readAllBytes(), UTF_8)).isEqualTo(text);
        }
    }

    @Test
    void requestId_givenOnce_isEchoed() throws Exception {
        RegistryServer server = start(ServerConfig.builder());

        HttpResponse<String> answer =
                client.send(get(server, "/nope").header("X-Request-ID", "mine").build(), BodyHandlers.ofString());

        assertThat(answer.headers().allValues("X-Request-ID")).containsExactly("mine");
    }

    @Test
    void requestId_givenTwice_isMade() throws Exception {
        RegistryServer server = start(ServerConfig.builder());

        HttpResponse<String> answer = client.send(
                get(server, "/")
                        .header("X-Request-ID", "one")
                        .header("X-Request-ID", "two")
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.headers().allValues("X-Request-ID"))
                .singleElement()
                .asString()
                .matches("[0-9a-f-]{36}");
    }

    @ParameterizedTest
    @CsvSource({"HEAD,/subjects,200", "HEAD,/schemas/ids/7,404", "HEAD,/nope,404"})
    void head_ofAnything_hasNoBody(String method, String path, int status) throws Exception {
        RegistryServer server = start(ServerConfig.builder());

        HttpResponse<String> answer = client.send(
                get(server, path)
                        .method(method, BodyPublishers.noBody())
                        .version(Version.HTTP_1_1)
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(0))
                .isPositive();
    }

    @Test
    void write_theLogDoesNotAnswer_answers50002InTime() throws Exception {
        RegistryServer server = start(ServerConfig.builder().requestDeadline(Duration.ofMillis(200)));
        log.stall();

        HttpResponse<String> answer = client.send(
                post(server, "/subjects/s/versions", "{\"schema\":\"a\"}").build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).startsWith("{\"error_code\":50002,");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void read_whileTheLogDoesNotAnswer_isAnswered() throws Exception {
        RegistryServer server = start(ServerConfig.builder());
        log.stall();
        CompletableFuture<HttpResponse<String>> write = client.sendAsync(
                post(server, "/subjects/s/versions", "{\"schema\":\"a\"}").build(), BodyHandlers.ofString());

        assertThat(client.send(get(server, "/subjects").build(), BodyHandlers.ofString())
                        .body())
                .isEqualTo("[]");

        log.release();
        assertThat(write.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void write_theLogFails_answers50001() throws Exception {
        RegistryServer server = start(ServerConfig.builder());
        log.breakDown();

        HttpResponse<String> answer = client.send(
                post(server, "/subjects/s/versions", "{\"schema\":\"a\"}").build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).startsWith("{\"error_code\":50001,");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void requests_moreThanWorkersAndQueueHold_answer429() throws Exception {
        RegistryServer server = start(ServerConfig.builder().workers(1).maxWaiting(1));
        CompletableFuture<HttpResponse<String>> working = client.sendAsync(
                post(server, "/subjects/s/versions", "{\"schema\":\"slow\"}").build(), BodyHandlers.ofString());
        format.begun.await();
        CompletableFuture<HttpResponse<String>> first = new CompletableFuture<>();
        for (int i = 0; i < 3; i++) {
            CompletionStage<HttpResponse<String>> answer = client.sendAsync(
                    post(server, "/subjects/s/versions", "{\"schema\":\"b\"}").build(), BodyHandlers.ofString());
            answer.thenAccept(first::complete);
        }

        HttpResponse<String> refused = first.get(20, TimeUnit.SECONDS);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");

        format.released.countDown();
        assertThat(working.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void schema_tooDeepForTheStack_answers422() throws Exception {
        RegistryServer server = start(ServerConfig.builder());

        HttpResponse<String> answer = client.send(
                post(server, "/subjects/s/versions", "{\"schema\":\"deep\"}").build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).startsWith("{\"error_code\":42201,");
    }

    @Test
    void error_inTheServer_tellsTheClientNothing() throws Exception {
        RegistryServer server = start(ServerConfig.builder());

        HttpResponse<String> answer = client.send(
                post(server, "/subjects/s", "{\"schema\":\"broken\"}").build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"error_code\":500,\"message\":\"Internal Server Error\"}");
    }

    @Test
    void requests_fromManyThreads_areAllAnswered() throws Exception {
        RegistryServer server = start(ServerConfig.builder());
        int threads = 8;
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<List<Integer>>> answers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            answers.add(CompletableFuture.supplyAsync(
                    () -> registerSome(server, thread, start), task -> new Thread(task).start()));
        }
        start.countDown();

        for (CompletableFuture<List<Integer>> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS)).containsOnly(200);
        }
        assertThat(engine.subjects("", Deleted.EXCLUDED)).hasSize(threads * 20);
    }

    private List<Integer> registerSome(RegistryServer server, int thread, CountDownLatch start) {
        List<Integer> statuses = new ArrayList<>();
        try (RawClient raw = new RawClient(server.port())) {
            start.await();
            for (int i = 0; i < 20; i++) {
                String body = "{\"schema\":\"text " + thread + " " + i + "\"}";
                raw.send("POST /subjects/s-" + thread + "-" + i + "/versions HTTP/1.1\r\nHost: x\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
                statuses.add(raw.receive().status());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return statuses;
    }

    private RegistryServer start(ServerConfig.Builder config) {
        ServerConfig settings = config.build();
        RegistryServer server = RegistryServer.start(
                engine, settings.port() == 8081 ? config.port(0).build() : settings);
        servers.add(server);
        return server;
    }

    private static HttpRequest.Builder get(RegistryServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private static HttpRequest.Builder post(RegistryServer server, String path, String body) {
        return get(server, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }
}
