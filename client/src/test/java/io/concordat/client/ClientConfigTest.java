package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConfigTest {
    @Test
    void of_url_hasTheDefaults() {
        ClientConfig config = ClientConfig.of("http://localhost:8081/registry//");

        assertThat(config.url()).isEqualTo(URI.create("http://localhost:8081/registry"));
        assertThat(config.deadline()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.headers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://user:secret@localhost:1 | user:secret",
                "http://us%40er:p%3Ass%2F+%20%C3%A4@localhost:1 | us@er:p:ss/+ ä",
                "http://user:a:b@localhost:1 | user:a:b",
                "http://token@localhost:1 | token:",
            })
    void url_withCredentials_arePercentDecodedAndTakenOut(String url, String expected) {
        ClientConfig config = ClientConfig.of(url);

        assertThat(config.url()).isEqualTo(URI.create("http://localhost:1"));
        assertThat(decoded(config.headers().getOrDefault("authorization", ""))).isEqualTo(expected);
    }

    @Test
    void toString_withSecrets_showsNone() {
        ClientConfig config = ClientConfig.builder()
                .url("http://alice:hunter2@localhost:1")
                .header("X-Api-Key", "topsecret")
                .build();

        assertThat(config.toString())
                .contains("http://localhost:1", "X-Api-Key", "Authorization")
                .doesNotContain(
                        "alice", "hunter2", "topsecret", config.headers().getOrDefault("Authorization", "none"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://alice:hunter2@local host",
                "http://alice:hun/ter2#@localhost",
                "ftp://alice:hunter2@localhost",
                "http://alice:hunter2@my_registry:8081",
                "http://alice:hunter2@localhost?x=1",
                "alice:hunter2@localhost",
            })
    void build_badUrl_saysSoWithoutCredentials(String url) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ClientConfig.of(url))
                .withMessageStartingWith("Invalid client settings: ")
                .withMessageContaining("url '")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("alice", "hunter2", "ter2"))
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void build_noUrl_saysSo(String url) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ClientConfig.of(url))
                .withMessage("Invalid client settings: url is missing");
    }

    @Test
    void build_severalProblems_namesAll() {
        ClientConfig.Builder builder = ClientConfig.builder()
                .url("file:/etc")
                .deadline(Duration.ZERO)
                .maxAnswerSize(0)
                .header("Content-Type", "text/plain")
                .header("a b", "x")
                .header("fine", "line\r\nInjected: yes");

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(builder::build)
                .withMessageContainingAll(
                        "must begin with http:// or https://",
                        "deadline must be positive",
                        "maxAnswerSize must be positive",
                        "'Content-Type' is set by the client itself",
                        "header name 'a b'",
                        "the value of header 'fine'");
    }

    @Test
    void build_credentialsTwice_refused() {
        ClientConfig.Builder builder =
                ClientConfig.builder().url("http://a:b@localhost").header("authorization", "Bearer x");

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(builder::build)
                .withMessageContaining("credentials are given twice");
    }

    @Test
    void constructor_urlWithCredentials_refused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ClientConfig(
                        URI.create("http://alice:hunter2@localhost"), Duration.ofSeconds(1), Map.of(), 100))
                .withMessageContaining("holds credentials")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    private static String decoded(String header) {
        assertThat(header).startsWith("Basic ");
        return new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
    }
}
