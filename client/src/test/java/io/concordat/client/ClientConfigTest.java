package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConfigTest {
    @Test
    void of_url_hasTheDefaults() {
        ClientConfig config = ClientConfig.of("http://localhost:8081/registry//");

        assertThat(config.urls()).containsExactly(URI.create("http://localhost:8081/registry"));
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

        assertThat(config.urls()).containsExactly(URI.create("http://localhost:1"));
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

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8081", "localhost:8081", "registry", "my host:8081"})
    void url_withoutAScheme_saysWhatIsMissing(String url) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ClientConfig.of(url))
                .withMessage("Invalid client settings: url '" + url + "' must begin with http:// or https://");
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
    void urls_several_shareOneUserAndPassword() {
        ClientConfig config = ClientConfig.builder()
                .urls(List.of("http://kim:pw@a:1", "http://b:2/", "http://kim:pw@c:3/path"))
                .build();

        assertThat(config.urls())
                .containsExactly(URI.create("http://a:1"), URI.create("http://b:2"), URI.create("http://c:3/path"));
        assertThat(decoded(config.headers().getOrDefault("Authorization", ""))).isEqualTo("kim:pw");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ClientConfig.builder()
                        .urls(List.of("http://kim:hunter2@a:1", "http://lee:hunter3@b:2"))
                        .build())
                .withMessageContaining("the urls hold different credentials")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter"));
    }

    @Test
    void build_tokenAndPassword_refused() {
        ClientConfig.Builder builder = ClientConfig.builder()
                .url("http://localhost")
                .basicAuth("kim", "hunter2")
                .tokens(url -> "t");

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(builder::build)
                .withMessageContaining("credentials are given twice");
    }

    @Test
    void toString_everyKindOfSecret_showsNone() {
        ClientConfig config = ClientConfig.builder()
                .url("https://localhost")
                .oauth(OAuthConfig.of(URI.create("https://idp/token"), "app", "hunter2"))
                .proxy(ProxyConfig.of("proxy", 3128).withUser("kim", "hunter3"))
                .tls(TlsConfig.DEFAULT
                        .withTrust(TlsConfig.KeyStoreFile.of(Path.of("trust.p12"), "PKCS12", "hunter4"))
                        .withIdentity(TlsConfig.PemText.of("hunter5")))
                .build();

        assertThat(config.toString())
                .contains("https://localhost", "https://idp/token", "proxy", "trust.p12")
                .doesNotContain("hunter");
    }

    private static String decoded(String header) {
        assertThat(header).startsWith("Basic ");
        return new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
    }

    @Test
    void urls_namingTwoContexts_areRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ClientConfig.builder()
                        .urls(List.of("http://a:1/contexts/.one", "http://b:1/contexts/one/", "http://c:1"))
                        .build())
                .withMessageContaining("name different contexts");
        assertThat(ClientConfig.builder()
                        .urls(List.of("http://a:1/contexts/.one", "http://b:1/x/contexts/one/"))
                        .build()
                        .urls())
                .hasSize(2);
    }

    @Test
    void url_namingNoContext_isRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ClientConfig.of("http://a:1/contexts/a:b"))
                .withMessageContaining("url 'http://a:1/contexts/a:b' names no context")
                .withMessageContaining("hold no colon");
    }
}
