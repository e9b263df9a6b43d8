package io.concordat.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong, nobody reads a password in what is said about it. */
@Timeout(60)
class SecretsTest {
    private static final Logger ROOT = Logger.getLogger("");

    @TempDir
    Path folder;

    private final StringWriter seen = new StringWriter();
    private final Level level = ROOT.getLevel();
    private final Handler recorder = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            note(logged.getLoggerName() + " " + logged.getMessage());
            if (logged.getThrown() != null) {
                note(logged.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void record() {
        ROOT.addHandler(recorder);
        ROOT.setLevel(Level.ALL);
    }

    @AfterEach
    void stopRecording() {
        ROOT.removeHandler(recorder);
        ROOT.setLevel(level);
    }

    @Test
    void everyKindOfTrouble_withEveryKindOfSecret_showsNone() throws Exception {
        List<StubServer.Behaviour> troubles = List.of(
                (request, exchange) -> exchange.json(401, "{\"error_code\":401,\"message\":\"who?\"}"),
                (request, exchange) -> exchange.json(403, ""),
                (request, exchange) -> exchange.json(404, "<html>"),
                (request, exchange) -> exchange.respond(302, "Location: http://elsewhere", ""),
                (request, exchange) -> exchange.json(407, ""),
                (request, exchange) -> exchange.json(503, ""),
                (request, exchange) -> exchange.json(200, "nonsense"),
                (request, exchange) -> {
                    exchange.raw("nonsense");
                    exchange.hangUp();
                },
                (request, exchange) -> exchange.hangUp());
        for (StubServer.Behaviour trouble : troubles) {
            try (StubServer server = new StubServer(trouble)) {
                for (ClientConfig config : configs(server.url())) {
                    ask(config);
                }
            }
        }
        StubServer gone = StubServer.answering(200, "");
        gone.close();
        configs(gone.url()).forEach(this::ask);

        assertThat(seen.toString()).contains("ClientConfig", "503", "refused");
        assertThat(seen.toString()).doesNotContain(secrets());
        assertThat(written()).doesNotContain(secrets());
    }

    private static String[] secrets() {
        return Stream.of("hunter2", "hunter3", "hunter4", "kim:hunter2", "kim:hunter3", "app:hunter4")
                .flatMap(secret -> Stream.of(secret, Base64.getEncoder().encodeToString(secret.getBytes(UTF_8))))
                .toArray(String[]::new);
    }

    private List<ClientConfig> configs(String url) {
        StoreConfig store = StoreConfig.NONE.withDirectory(folder);
        return List.of(
                ClientConfig.builder()
                        .url(url.replace("http://", "http://kim:hunter2@"))
                        .store(store)
                        .build(),
                ClientConfig.builder().url(url).bearerToken("hunter2").build(),
                ClientConfig.builder().url(url).header("X-Key", "hunter3").build(),
                ClientConfig.builder().url(url).tokens(registry -> "hunter2").build(),
                ClientConfig.builder().url(url).tokens(registry -> "hunter2\n").build(),
                ClientConfig.builder()
                        .url(url)
                        .oauth(OAuthConfig.of(URI.create(url), "app", "hunter4"))
                        .build(),
                ClientConfig.builder()
                        .url("http://schemas.invalid")
                        .proxy(ProxyConfig.of("127.0.0.1", URI.create(url).getPort())
                                .withUser("kim", "hunter3"))
                        .build());
    }

    private void ask(ClientConfig config) {
        note(config.toString());
        Connection connection = Connection.open(config, new ManualTime(), () -> 0.5);
        try (CachingRegistry registry = CachingRegistry.connect(config, connection, Clock.systemUTC())) {
            note(registry.toString());
            note(registry.metrics().toString());
            for (int id = 0; id < 3; id++) {
                SchemaId asked = SchemaId.of(id);
                noteFailure(() -> registry.schema(asked));
            }
            noteFailure(() ->
                    registry.register(Subject.of("a"), SchemaContent.avro("\"string\""), RegisterOptions.DEFAULT));
        }
    }

    private void noteFailure(Runnable question) {
        try {
            question.run();
        } catch (RuntimeException e) {
            note(e);
        }
    }

    private synchronized void note(String text) {
        seen.append(text).append('\n');
    }

    private synchronized void note(Throwable failure) {
        failure.printStackTrace(new PrintWriter(seen, true));
    }

    private String written() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
