package io.concordat.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileHttp1Test {
    private static final String NEXT = "GET /mode HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final ServerConfig.Builder config = ServerConfig.builder().port(0);
    private final Siege siege = new Siege();

    @AfterEach
    void endSiege() throws Exception {
        siege.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mode", "/subjects", "/nope", OpenApi.PATH})
    void requests_aThousandInOneGo_areAnsweredInOrder(String path) {
        RawClient client = siege.connect(config);
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            requests.append("GET " + path + " HTTP/1.1\r\nHost: x\r\nX-Request-ID: " + i + "\r\n\r\n");
        }

        client.sendInBackground(requests.toString());

        for (int i = 0; i < 1_000; i++) {
            assertThat(client.receive().header("x-request-id")).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void requests_ofTheShortestKindInOneGo_areAllAnswered() {
        RawClient client = siege.connect(config);

        client.sendInBackground("G / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".repeat(5_000));

        for (int i = 0; i < 5_000; i++) {
            assertThat(client.receive().status()).isEqualTo(405);
        }
    }

    @Test
    void requests_withBodiesInOneGo_areAnsweredInOrder() {
        RawClient client = siege.connect(config);
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            String body =
                    "{\"schema\":\"{\\\"type\\\":\\\"fixed\\\",\\\"name\\\":\\\"F" + i + "\\\",\\\"size\\\":1}\"}";
            requests.append("POST /subjects/s" + i + "/versions HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body);
        }

        client.sendInBackground(requests.toString());

        for (int i = 0; i < 300; i++) {
            assertThat(client.receive().body()).startsWith("{\"id\":" + (i + 1) + ",");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1\r\nHost: x\r\nConnection: Close", "HTTP/1.0"})
    void requests_behindTheLastOne_areNotAnswered(String last) {
        RawClient client = siege.connect(config);

        client.send(NEXT + "GET /subjects " + last + "\r\n\r\n" + NEXT.repeat(500));

        assertThat(client.receive().body()).contains("READWRITE");
        assertThat(client.receive().body()).isEqualTo("[]");
        assertThat(client.receiveAll()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/subjects", OpenApi.PATH})
    void requests_whoseAnswersNobodyReads_endTheConnection(String path) {
        RawClient client = siege.connect(config.requestDeadline(Duration.ofMillis(500)));
        byte[] requests =
                ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").repeat(1_000).getBytes(US_ASCII);

        assertThat(client.sendUntilStopped(requests, Integer.MAX_VALUE)).isTrue();
    }

    @Test
    void requests_ofAClientThatLeaves_areForgotten() {
        for (int i = 0; i < 20; i++) {
            try (RawClient client = siege.connect(siege.start(config))) {
                client.send("GET /subjects HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
                "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                "Content-Length: 2, 2\r\n\r\n{}",
                "Content-Length: 2,3\r\n\r\n{}",
                "Content-Length: +2\r\n\r\n{}",
                "Content-Length: 0x2\r\n\r\n{}",
                "Content-Length: 2a\r\n\r\n{}",
                "Content-Length: \r\n\r\n{}",
                "Content-Length : 2\r\n\r\n{}",
                "Content-Length: 99999999999999999999\r\n\r\n{}",
                "Content-Length: 2\r\n 3\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: identity, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: \"chunked\"\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding:\u000bchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding:\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Host: y\r\n\r\n",
                "nocolon\r\n\r\n",
                "X: a\u0000b\r\n\r\n",
                "X: a\n\n"
            })
    void request_whoseEndIsInDoubt_answers400AndCloses(String rest) {
        RawClient client = siege.connect(config);

        client.send("POST / HTTP/1.1\r\nHost: x\r\n" + rest + NEXT);

        assertThat(client.receive().status()).isEqualTo(400);
        assertThat(client.receiveAll()).as("a second answer").isEmpty();
    }

    @Test
    void chunks_inHttp10_answer400AndClose() {
        RawClient client = siege.connect(config);

        client.send("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" + NEXT);

        assertThat(client.receive().status()).isEqualTo(400);
        assertThat(client.receiveAll()).isEmpty();
    }

    @Test
    void request_withoutAHost_answers400() {
        assertThat(siege.connect(config)
                        .send("GET /mode HTTP/1.1\r\n\r\n")
                        .receive()
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n{}\r\n0\r\n\r\n",
                "-2\r\n{}\r\n0\r\n\r\n",
                "+2\r\n{}\r\n0\r\n\r\n",
                "0x2\r\n{}\r\n0\r\n\r\n",
                "ffffffffffffffff2\r\n{}\r\n0\r\n\r\n",
                "80000000\r\n{}\r\n0\r\n\r\n",
                "\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}xx0\r\n\r\n",
                "2\n{}\n0\n\n"
            })
    void chunks_malformed_answer400AndClose(String chunks) {
        RawClient client = siege.connect(config);

        client.send(CHUNKED + chunks + NEXT);

        assertThat(client.receive().status()).isIn(400, 413);
        assertThat(client.receiveAll()).as("a second answer").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2\r\n{}\r\n0\r\n\r\n",
                "00002\r\n{}\r\n000\r\n\r\n",
                "2;a=b;c=\"d\"\r\n{}\r\n0\r\n\r\n",
                "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
                "2\r\n{}\r\n0\r\nX: y\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void chunks_ofAnyForm_endWhereTheyEnd(String chunks) {
        RawClient client = siege.connect(config);

        client.send(CHUNKED + chunks + NEXT);

        assertThat(client.receive().body()).isEqualTo("{}");
        assertThat(client.receive().body()).contains("READWRITE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0\r\nX: ", "2;x=", "0\r\n"})
    void chunks_withAnEndlessTail_areCutOff(String start) {
        RawClient client = siege.connect(config);
        client.send(CHUNKED + start);

        assertThat(client.sendUntilStopped("x".repeat(1_000).getBytes(US_ASCII), Integer.MAX_VALUE))
                .isTrue();
    }

    @Test
    void trailers_withoutEnd_areCutOff() {
        RawClient client = siege.connect(config);
        client.send(CHUNKED + "0\r\n");

        assertThat(client.sendUntilStopped("X: y\r\n".repeat(100).getBytes(US_ASCII), Integer.MAX_VALUE))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"schema\":\"", "0\r\nX: y\r\n", "1\r\n"})
    void body_drippingByteByByte_isCutOffAtTheDeadline(String start) {
        RawClient client = siege.connect(config.requestDeadline(Duration.ofMillis(300)));
        client.send(CHUNKED.replace("/ ", "/subjects/s/versions "));
        client.send(start.startsWith("{") ? "ffff\r\n" + start : start);

        assertThat(Siege.isEventually(() -> client.sendUntilStopped(new byte[] {'x'}, 1)))
                .isTrue();
    }

    @Test
    void headers_aThousandShortOnes_answer431() {
        RawClient client = siege.connect(config);
        StringBuilder head = new StringBuilder("GET /mode HTTP/1.1\r\nHost: x\r\n");
        for (int i = 0; i < 5_000; i++) {
            head.append("X" + i + ": y\r\n");
        }

        assertThat(client.send(head + "\r\n").receive().status()).isEqualTo(431);
        assertThat(client.isClosedByServer()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /mode HTTP/1.1\r\nHost: x\r\nX: ", "GET /", "G", "GET /mode HTTP/1.1\r\nHost: x\r\nX"})
    void head_withoutEnd_isCutOff(String start) {
        RawClient client = siege.connect(config);
        client.send(start);

        assertThat(client.sendUntilStopped("x".repeat(1_000).getBytes(US_ASCII), Integer.MAX_VALUE))
                .isTrue();
    }

    @Test
    void headers_ofOneNameInGreatNumber_areRead() {
        RawClient client = siege.connect(config);
        String head = "GET /mode HTTP/1.1\r\nHost: x\r\n" + "Accept: a/b\r\n".repeat(1_000) + "\r\n";

        assertThat(client.send(head).receive().status()).isEqualTo(406);
    }

    @Test
    void connections_overTheCap_areClosedAndTheOthersServed() {
        int port = siege.start(config.maxConnections(10));
        List<RawClient> inside = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            inside.add(siege.connect(port));
            inside.get(i).send(NEXT).receive();
        }

        for (int i = 0; i < 200; i++) {
            assertThat(siege.connect(port).isClosedByServer()).isTrue();
        }

        for (RawClient client : inside) {
            assertThat(client.send(NEXT).receive().status()).isEqualTo(200);
        }
        inside.forEach(RawClient::close);
    }

    @Test
    void connections_thatComeAndGo_leaveRoom() {
        int port = siege.start(config.maxConnections(50));

        for (int i = 0; i < 500; i++) {
            new RawClient(port).close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /sub",
                "GET /subjects HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /subjects/s/versions HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{",
                CHUNKED + "ff\r\n{"
            })
    void connection_halfClosed_isClosed(String sent) {
        RawClient client = siege.connect(config);

        client.send(sent).endOutput();

        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void connection_halfClosedBehindPipelinedRequests_isClosed() {
        RawClient client = siege.connect(config);

        client.send("GET /subjects HTTP/1.1\r\nHost: x\r\n\r\n".repeat(500)).endOutput();

        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void body_refusedAndNeverEnded_isCutOff() {
        RawClient client = siege.connect(config.maxBodyBytes(1_000));

        client.send("GET /mode HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");

        assertThat(client.receive().status()).isEqualTo(413);
        assertThat(client.sendUntilStopped(new byte[10_000], Integer.MAX_VALUE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /mode HTTP/2.0\r\nHost: x\r\n\r\n",
                "GET /mode\r\n\r\n",
                "GET  /mode  HTTP/1.1\r\nHost: x\r\n\r\n",
                "\r\n\r\nGET /mode HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://elsewhere/mode HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /mode HTTP/1.1\r\nHost: x\r\nExpect: nonsense\r\n\r\n",
                "GET /mode HTTP/1.1\r\nHost: x\r\nX-Request-ID: a\tb\u00ff\r\n\r\n",
                "GET /mode HTTP/1.1\r\nHost: x\r\nAccept: ;q=;,,/\r\n\r\n",
                "GET /mode HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip;q=x, *;q=-1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: a/b/c;;=\r\nContent-Length: 0\r\n\r\n",
                "GET /mode HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                "GET /mode HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: !!!\r\n\r\n",
                "GET /mode HTTP/1.1\r\nHost: x\r\nUpgrade: h2c, h2c\r\nConnection: Upgrade\r\n\r\n"
            })
    void request_odd_isAnsweredButNotWith500(String request) {
        RawClient client = siege.connect(config);

        assertThat(client.send(request).receive().status()).isLessThan(600).isNotEqualTo(500);
    }
}
