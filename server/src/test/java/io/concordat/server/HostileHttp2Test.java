package io.concordat.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileHttp2Test {
    private static final String VERSIONS = "/subjects/s/versions";
    private static final byte[] KILOBYTE = new byte[1_024];

    private final ServerConfig.Builder config = ServerConfig.builder().port(0);
    private final Siege siege = new Siege();

    @AfterEach
    void endSiege() throws Exception {
        siege.end();
    }

    @Test
    void body_sentTooSlowly_answers408AndTheConnectionLives() {
        RawHttp2 client = connect(config.requestDeadline(Duration.ofMillis(300)));

        client.request(1, "POST", VERSIONS, 0).send(RawHttp2.DATA, 0, 1, new byte[] {'{'});

        assertThat(client.status(1)).isEqualTo(408);
        assertThat(client.get(3, "/subjects").status(3)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {VERSIONS, "/nope"})
    void body_goesOnAfterAnEarlyAnswer_isReset(String path) {
        RawHttp2 client = connect(config.maxBodyBytes(1_000));

        client.request(1, "POST", path, 0).send(RawHttp2.DATA, 0, 1, KILOBYTE);

        assertThat(client.status(1)).isEqualTo(413);
        client.send(RawHttp2.DATA, 0, 1, KILOBYTE);
        assertThat(client.isReset(1)).isTrue();
        assertThat(client.get(3, "/subjects").status(3)).isEqualTo(200);
    }

    @Test
    void bodies_refusedEarly_giveTheWindowBack() {
        RawHttp2 client = connect(config.maxBodyBytes(1_000));

        for (int stream = 1; stream < 100; stream += 2) {
            client.request(stream, "POST", VERSIONS, 0)
                    .send(RawHttp2.DATA, 0, stream, KILOBYTE)
                    .send(RawHttp2.DATA, RawHttp2.END_STREAM, stream, KILOBYTE);
            assertThat(client.status(stream)).as("stream " + stream).isEqualTo(413);
        }
        assertThat(client.get(101, "/subjects").status(101)).isEqualTo(200);
    }

    @Test
    void body_neverEnded_isResetAfterAWhile() {
        RawHttp2 client = connect(config.requestDeadline(Duration.ofMillis(300)));

        client.request(1, "POST", VERSIONS, 0);

        assertThat(client.status(1)).isEqualTo(408);
        assertThat(client.isReset(1)).isTrue();
        assertThat(client.get(3, "/subjects").status(3)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000})
    void headers_continuedWithoutEnd_areCutOff(int size) {
        RawHttp2 client = connect(config.idleTimeout(Duration.ofMillis(500)));
        client.send(RawHttp2.HEADERS, 0, 1, client.head("GET", "/subjects"));

        client.sendUntilStopped(RawHttp2.CONTINUATION, 0, 1, literals(size), 10_000);

        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void headers_heldBack_areCutOff() {
        RawHttp2 client = connect(config.idleTimeout(Duration.ofMillis(300)));

        client.send(RawHttp2.HEADERS, 0, 1, client.head("GET", "/subjects"));

        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void headers_tooLong_areRefused() {
        RawHttp2 client = connect(config.maxHeaderBytes(500));

        client.send(
                RawHttp2.HEADERS,
                RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                1,
                client.head("GET", "/subjects", "x", "y".repeat(600)));

        assertThat(client.status(1)).isIn(431, RawHttp2.RESET);
    }

    @Test
    void streams_moreThanAllowed_areRefused() {
        RawHttp2 client = connect(config.requestDeadline(Duration.ofMillis(500)));

        for (int stream = 1; stream < 1_000; stream += 2) {
            client.request(stream, "POST", VERSIONS, 0);
        }

        assertThat(client.status(999)).isIn(RawHttp2.RESET, RawHttp2.CLOSED);
    }

    @Test
    void streams_resetAsSoonAsOpened_endTheConnection() {
        RawHttp2 client = connect(config);
        byte[] cancel = {0, 0, 0, 8};

        try {
            for (int stream = 1; stream < 10_000; stream += 2) {
                client.get(stream, "/subjects").send(RawHttp2.RST_STREAM, 0, stream, cancel);
            }
        } catch (UncheckedIOException e) {
            assertThat(e).hasMessageMatching("(?i).*(reset|broken|abort).*");
        }

        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void answer_noWindowFor_isResetInTime() {
        RawHttp2 client = siege.with(RawHttp2.connect(
                siege.start(config.requestDeadline(Duration.ofMillis(300))), RawHttp2.initialWindow(0)));

        client.get(1, OpenApi.PATH);

        assertThat(client.status(1)).isEqualTo(200);
        assertThat(client.isReset(1)).isTrue();
    }

    @Test
    void answers_nobodyReads_endTheConnection() {
        int port = siege.start(config.requestDeadline(Duration.ofMillis(300)).idleTimeout(Duration.ofMillis(500)));
        RawHttp2 client = siege.with(RawHttp2.connect(port, RawHttp2.initialWindow(0)));

        for (int stream = 1; stream < 200; stream += 2) {
            client.get(stream, OpenApi.PATH);
        }

        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void answers_nobodyTakesFromTheSocket_endTheConnection() {
        int port = siege.start(config.requestDeadline(Duration.ofMillis(300)).idleTimeout(Duration.ofMillis(500)));
        RawHttp2 client = siege.with(RawHttp2.connect(port, RawHttp2.initialWindow(Integer.MAX_VALUE)));
        client.send(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[] {0x7f, 0, 0, 0});

        assertThat(client.isStoppedAsking(OpenApi.PATH)).isTrue();
    }

    @Test
    void connection_onlyPinging_isClosed() {
        RawHttp2 client = connect(config.idleTimeout(Duration.ofMillis(300)));

        assertThat(isStoppedWhile(client, RawHttp2.PING, new byte[8])).isTrue();
    }

    @Test
    void connection_onlyChangingSettings_isClosed() {
        RawHttp2 client = connect(config.idleTimeout(Duration.ofMillis(300)));

        assertThat(isStoppedWhile(client, RawHttp2.SETTINGS, RawHttp2.initialWindow(1_000)))
                .isTrue();
    }

    @Test
    void connection_silentAfterThePreface_isClosed() {
        assertThat(connect(config.idleTimeout(Duration.ofMillis(300))).isClosedByServer())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "connection, close",
        "transfer-encoding, chunked",
        "X-UPPER, a",
        "content-length, -4",
        "content-length, 1",
        "te, gzip",
        "keep-alive, a",
        "upgrade, h2c",
        "'', a",
        "'a b', a",
        ":nonsense, a",
        ":status, 200",
        ":path, /mode",
        "host, elsewhere"
    })
    void head_malformed_isRefused(String name, String value) {
        RawHttp2 client = connect(config);

        client.send(
                RawHttp2.HEADERS,
                RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                1,
                client.head("GET", "/subjects", name, value));

        assertThat(client.status(1)).isEqualTo(RawHttp2.RESET);
        assertThat(client.get(3, "/subjects").status(3)).isEqualTo(200);
    }

    @Test
    void headers_thatOnlyLookOdd_areRead() {
        RawHttp2 client = connect(config);

        client.send(
                RawHttp2.HEADERS,
                RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                1,
                client.head("GET", "/subjects", "x", "a b", "te", "trailers", "content-length", "0"));

        assertThat(client.status(1)).isEqualTo(200);
    }

    @Test
    void body_longerThanAnnounced_isRefused() {
        RawHttp2 client = connect(config);

        client.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, client.head("POST", VERSIONS, "content-length", "2"))
                .send(
                        RawHttp2.DATA,
                        RawHttp2.END_STREAM,
                        1,
                        "{\"schema\":\"nonsense\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(client.status(1)).isEqualTo(RawHttp2.RESET);
    }

    @Test
    void body_compressed_answers415() {
        RawHttp2 client = connect(config);

        client.send(
                        RawHttp2.HEADERS,
                        RawHttp2.END_HEADERS,
                        1,
                        client.head("POST", VERSIONS, "content-encoding", "gzip"))
                .send(RawHttp2.DATA, RawHttp2.END_STREAM, 1, KILOBYTE);

        assertThat(client.status(1)).isEqualTo(415);
    }

    @Test
    void frame_ofUnknownStream_endsTheConnection() {
        RawHttp2 client = connect(config);

        client.send(RawHttp2.DATA, 0, 77, KILOBYTE);

        assertThat(client.isClosedByServer()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x"})
    void upgrade_ofARequestWithoutItsBody_isCutOff(String sent) {
        int port = siege.start(config.requestDeadline(Duration.ofMillis(300)).idleTimeout(Duration.ofMillis(500)));
        RawClient client = siege.with(new RawClient(port));

        client.send(upgrade("POST", "Content-Length: 10\r\n") + sent);

        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void upgrade_ofARequest_isAnswered() {
        RawClient client = siege.with(new RawClient(siege.start(config)));

        assertThat(client.send(upgrade("GET", "")).receive().status()).isEqualTo(101);
    }

    @Test
    void upgrade_withATooLongBody_isRefusedOrCutOff() {
        int port = siege.start(config.maxBodyBytes(1_000)
                .requestDeadline(Duration.ofMillis(500))
                .idleTimeout(Duration.ofMillis(500)));
        RawClient client = siege.with(new RawClient(port));

        client.send(upgrade("POST", "Transfer-Encoding: chunked\r\n"));
        client.sendUntilStopped(("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(StandardCharsets.US_ASCII), 10_000);

        assertThat(client.isClosedByServer()).isTrue();
    }

    private static String upgrade(String method, String headers) {
        return method + " /subjects HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n" + headers + "\r\n";
    }

    /** Headers of that many bytes, each a new one. */
    private static byte[] literals(int size) {
        byte[] block = new byte[size / 5 * 5];
        for (int i = 0; i < block.length; i += 5) {
            block[i] = 0x10;
            block[i + 1] = 1;
            block[i + 2] = 'x';
            block[i + 3] = 1;
            block[i + 4] = 'y';
        }
        return block;
    }

    private static boolean isStoppedWhile(RawHttp2 client, int type, byte[] payload) {
        return Siege.isEventually(() -> client.sendUntilStopped(type, 0, 0, payload, 1));
    }

    private RawHttp2 connect(ServerConfig.Builder settings) {
        return siege.with(RawHttp2.connect(siege.start(settings)));
    }
}
