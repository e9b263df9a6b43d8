package io.concordat.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileClientTest {
    private static final String GET_SUBJECTS = "GET /subjects HTTP/1.1\r\nHost: x\r\n\r\n";

    private final ServerConfig.Builder config = ServerConfig.builder().port(0);
    private final Siege siege = new Siege();

    @AfterEach
    void endSiege() throws Exception {
        siege.end();
    }

    @Test
    void body_announcedTooLong_answers413AndCloses() {
        RawClient client = siege.connect(siege.start(config.maxBodyBytes(1_000)));

        RawClient.Response answer = client.send(post("/subjects/s/versions", 1_001) + "x".repeat(1_001))
                .receive();

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("\"error_code\":413");
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void body_announcedTooLong_isRefusedBeforeItIsSent() {
        RawClient client = siege.connect(siege.start(config.maxBodyBytes(1_000)));

        RawClient.Response answer = client.send(
                        post("/subjects/s/versions", 1_001).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"))
                .receive();

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void body_askedToContinue_isAskedFor() {
        RawClient client = siege.connect(siege.start(config));

        client.send(post("/", 2).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));

        assertThat(client.receive().status()).isEqualTo(100);
        assertThat(client.send("{}").receive().status()).isEqualTo(200);
    }

    @Test
    void body_inChunksTooLong_answers413() {
        RawClient client = siege.connect(siege.start(config.maxBodyBytes(1_000)));

        RawClient.Response answer = client.send("POST /subjects/s/versions HTTP/1.1\r\nHost: x\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n" + "400\r\n" + "x".repeat(0x400) + "\r\n")
                .receive();

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void body_thatNeverEnds_isCutOff() {
        RawClient client = siege.connect(siege.start(config.maxBodyBytes(100_000)));

        client.send("POST /subjects/s/versions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        byte[] chunk = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(UTF_8);

        assertThat(client.sendUntilStopped(chunk, Integer.MAX_VALUE)).isTrue();
    }

    @Test
    void body_ofLengthAtLimit_isRead() {
        RawClient client = siege.connect(siege.start(config.maxBodyBytes(1_000)));

        RawClient.Response answer =
                client.send(post("/", 1_000) + "{}" + " ".repeat(998)).receive();

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void bodies_togetherTooLong_answer429() {
        int port = siege.start(config.maxBodyBytes(1_000).maxBufferedBytes(1_500));
        CompletableFuture<RawClient.Response> refused = new CompletableFuture<>();
        for (int i = 0; i < 2; i++) {
            RawClient client = siege.connect(port).send(post("/subjects/s/versions", 1_000) + "x".repeat(999));
            CompletionStage<RawClient.Response> answer = CompletableFuture.supplyAsync(client::receive);
            answer.thenAccept(refused::complete);
        }

        assertThat(refused).succeedsWithin(Duration.ofSeconds(20)).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.header("retry-after")).isNotEmpty();
        });
    }

    @Test
    void body_nobodyReads_isPassedOver() {
        RawClient client = siege.connect(siege.start(config));

        client.send("GET /subjects HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello" + GET_SUBJECTS);

        assertThat(client.receive().status()).isEqualTo(200);
        assertThat(client.receive().status()).isEqualTo(200);
    }

    @Test
    void body_forUnknownPath_isPassedOver() {
        RawClient client = siege.connect(siege.start(config));

        client.send(post("/nope", 5) + "hello" + GET_SUBJECTS);

        assertThat(client.receive().status()).isEqualTo(404);
        assertThat(client.receive().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\":\"\u00ff\"}",
                "{\"schema\":\"\u00c3(\"}",
                "{\"schema\":\"\u00f8\u0088\u0080\u0080\u0080\"}",
                "{",
                "nul",
                "{\"schema\":\"a\u0000b\"}",
                "{\"schema\"",
                "{\"schema\":}",
                "\u00fe\u00ff"
            })
    void body_notJson_answers400(String latin1) {
        RawClient client = siege.connect(siege.start(config));

        RawClient.Response answer = client.send(post("/subjects/s/versions", latin1.length()) + latin1)
                .receive();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error_code\":400,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void body_nestedThousandsDeep_answers400(String opening) {
        RawClient client = siege.connect(siege.start(config));
        String body = "{\"schema\":\"\\\"int\\\"\",\"metadata\":" + opening.repeat(100_000);

        RawClient.Response answer =
                client.send(post("/subjects/s/versions", body.length()) + body).receive();

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void body_sentTooSlowly_answers408AndCloses() {
        RawClient client = siege.connect(siege.start(config.requestDeadline(Duration.ofMillis(300))));

        RawClient.Response answer =
                client.send(post("/subjects/s/versions", 100) + "x").receive();

        assertThat(answer.status()).isEqualTo(408);
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void head_sentTooSlowly_isCutOff() {
        RawClient client = siege.connect(siege.start(config.idleTimeout(Duration.ofMillis(300))));

        assertThat(client.send("GET /subj").isClosedByServer()).isTrue();
    }

    @Test
    void head_drippingByteByByte_isCutOff() {
        RawClient client = siege.connect(siege.start(config.idleTimeout(Duration.ofMillis(300))));

        client.send("GET / HTTP/1.1\r\nX: ");

        assertThat(isStoppedWhileDripping(client)).isTrue();
    }

    @Test
    void secondHead_drippingByteByByte_isCutOff() {
        RawClient client = siege.connect(siege.start(config.idleTimeout(Duration.ofMillis(300))));

        client.send(GET_SUBJECTS).receive();
        client.send("GET / HTTP/1.1\r\nX: ");

        assertThat(isStoppedWhileDripping(client)).isTrue();
    }

    @Test
    void connection_thatSaysNothing_isClosed() {
        RawClient client = siege.connect(siege.start(config.idleTimeout(Duration.ofMillis(300))));

        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void connection_quietAfterAnAnswer_isClosed() {
        RawClient client = siege.connect(siege.start(config.idleTimeout(Duration.ofMillis(300))));

        client.send(GET_SUBJECTS).receive();

        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void connection_oneTooMany_isTurnedAwayUntilAnotherLeaves() throws Exception {
        int port = siege.start(config.maxConnections(2));
        RawClient first = siege.connect(port);
        first.send(GET_SUBJECTS).receive();
        siege.connect(port).send(GET_SUBJECTS).receive();

        assertThat(siege.connect(port).isClosedByServer()).isTrue();

        first.close();
        assertThat(Siege.isServed(port)).isTrue();
    }

    @Test
    void uri_tooLong_answers414() {
        RawClient client = siege.connect(siege.start(config.maxUriLength(100)));

        RawClient.Response answer = client.send(
                        "GET /subjects?subjectPrefix=" + "x".repeat(200) + " HTTP/1.1\r\nHost: x\r\n\r\n")
                .receive();

        assertThat(answer.status()).isEqualTo(414);
        assertThat(answer.body()).contains("\"error_code\":414");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void uri_oneTooLong_answers414() {
        RawClient client = siege.connect(siege.start(config.maxUriLength(100)));

        RawClient.Response answer = client.send("GET /subjects/" + "x".repeat(91) + " HTTP/1.1\r\nHost: x\r\n\r\n")
                .receive();

        assertThat(answer.status()).isEqualTo(414);
    }

    @Test
    void headers_tooLong_answer431() {
        RawClient client = siege.connect(siege.start(config.maxHeaderBytes(500)));

        RawClient.Response answer = client.send(
                        "GET /subjects HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(600) + "\r\n\r\n")
                .receive();

        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.body()).contains("\"error_code\":431");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G@T / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/9.9.9\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\r\nA B: c\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -4\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "\u0001\u0002\u0003\r\n\r\n"
            })
    void request_notHttp_answers400AndCloses(String text) {
        RawClient client = siege.connect(siege.start(config));

        RawClient.Response answer = client.send(text).receive();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(client.isClosedByServer()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/subjects/a%2/versions",
                "/subjects/a%zz/versions",
                "/subjects/%ff/versions",
                "/subjects/%ed%a0%80/versions",
                "/subjects/a%09b/versions",
                "/subjects/a\u0001b/versions",
                "/subjects//versions",
                "/subjects?subjectPrefix=%",
                "*",
                "nothing"
            })
    void target_notAPath_answers400(String target) {
        RawClient client = siege.connect(siege.start(config));

        RawClient.Response answer =
                client.send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n").receive();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"error_code\":400,");
    }

    @Test
    void requests_inOneGo_areAnsweredInOrder() {
        RawClient client = siege.connect(siege.start(config));

        client.send("GET /mode HTTP/1.1\r\nHost: x\r\n\r\n" + GET_SUBJECTS + "GET /config HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(client.receive().body()).contains("READWRITE");
        assertThat(client.receive().body()).isEqualTo("[]");
        assertThat(client.receive().body()).contains("BACKWARD");
    }

    /** Sends one byte after another until it is not allowed to. */
    private static boolean isStoppedWhileDripping(RawClient client) {
        return Siege.isEventually(() -> client.sendUntilStopped(new byte[] {'x'}, 1));
    }

    private static String post(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\n\r\n";
    }
}
