package io.concordat.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.client.CacheConfig;
import io.concordat.client.ClientConfig;
import io.concordat.client.OAuthConfig;
import io.concordat.client.ProxyConfig;
import io.concordat.client.RetryConfig;
import io.concordat.client.Secret;
import io.concordat.client.StoreConfig;
import io.concordat.client.TlsConfig;
import io.concordat.client.TlsConfig.KeyStoreFile;
import io.concordat.client.TlsConfig.PemFile;
import io.concordat.client.TlsConfig.PemText;
import io.concordat.client.TokenSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTest {
    private static final String URL = "http://localhost:8081";

    @Test
    void of_noAddress_saysWhatToSet() {
        assertThatThrownBy(() -> ConnectionSettings.of(Map.of("schema.registry.url", " ")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url is missing")
                .hasMessageContaining("http://localhost:8081");
    }

    @Test
    void of_addressUnderAMisspeltKey_namesThatKey() {
        assertThatThrownBy(() -> ConnectionSettings.of(Map.of("schema.registry.ulr", URL)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "schema.registry.url is missing, and 'schema.registry.ulr' is no setting: set it to");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8081", "http://a b", "mock://scope"})
    void of_noUsableAddress_isAConfigException(String url) {
        assertThatThrownBy(() -> ConnectionSettings.of(Map.of("schema.registry.url", url)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void of_userInfo_isSentAndNotShown() {
        ClientConfig config = ConnectionSettings.of(Map.of(
                "schema.registry.url",
                List.of("http://localhost:8081"),
                "basic.auth.user.info",
                new Password("kim:secret")));

        assertThat(config.headers()).containsEntry("Authorization", "Basic a2ltOnNlY3JldA==");
        assertThat(config.toString()).doesNotContain("a2lt").doesNotContain("secret");
        assertThat(config).isEqualTo(kim());
    }

    @Test
    void of_credentialsSource_saysWhichToUse() {
        Map<String, Object> both = Map.of(
                "schema.registry.url", "http://kim:secret@localhost:8081",
                "basic.auth.credentials.source", "URL",
                "basic.auth.user.info", "eve:other");

        assertThat(ConnectionSettings.of(both)).isEqualTo(kim());
        assertThat(ConnectionSettings.of(Map.of(
                        "schema.registry.url", "http://localhost:8081",
                        "basic.auth.credentials.source", "USER_INFO",
                        "basic.auth.user.info", "kim:secret")))
                .isEqualTo(kim());
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER_INFO", "url"})
    void of_credentialsSourceThatCannotBe_isAConfigException(String source) {
        assertThatThrownBy(() -> ConnectionSettings.of(Map.of(
                        "schema.registry.url", "http://localhost:8081", "basic.auth.credentials.source", source)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("basic.auth.credentials.source is")
                .hasMessageContaining(source);
    }

    @Test
    void of_twoCredentials_areRefusedWithoutShowingThem() {
        assertThatThrownBy(() -> ConnectionSettings.of(Map.of(
                        "schema.registry.url",
                        "http://kim:secret@localhost:8081",
                        "basic.auth.user.info",
                        "kim:secret")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("credentials")
                .hasMessageNotContaining("secret");
    }

    @Test
    void of_nothingButTheAddress_givesTheDefaults() {
        ClientConfig config = of();

        // The serializers know best how long a latest version is one.
        assertThat(config)
                .isEqualTo(ClientConfig.builder()
                        .url(URL)
                        .caches(CacheConfig.DEFAULT.withLatestTtl(Duration.ZERO))
                        .build());
    }

    @Test
    void of_numbers_areTakenWithAndWithoutThePrefix() {
        ClientConfig config = of(
                "schema.registry.url.randomize", "true",
                "schema.registry.deadline.ms", 7000,
                "http.connect.timeout.ms", "1000",
                "schema.registry.http.read.timeout.ms", 2000L,
                "max.retries", "5",
                "schema.registry.retries.wait.ms", "10",
                "retries.max.wait.ms", "100",
                "schema.registry.probe.interval.ms", "500",
                "schema.registry.max.connections", 3,
                "missing.id.cache.ttl.sec", "1",
                "missing.version.cache.ttl.sec", "2",
                "schema.registry.missing.schema.cache.ttl.sec", "3");

        assertThat(config.randomize()).isTrue();
        assertThat(config.deadline()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.answerTimeout()).contains(Duration.ofSeconds(2));
        assertThat(config.retries())
                .isEqualTo(new RetryConfig(5, Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofMillis(500)));
        assertThat(config.maxConnections()).isEqualTo(3);
        assertThat(config.caches())
                .isEqualTo(CacheConfig.DEFAULT
                        .withLatestTtl(Duration.ZERO)
                        .withMissingTtl(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)));
    }

    @Test
    void of_bothSpellings_thePrefixedOneCounts() {
        assertThat(of("max.retries", 1, "schema.registry.max.retries", 2)
                        .retries()
                        .retries())
                .isEqualTo(2);
    }

    @Test
    void of_severalAddresses_areAllTaken() {
        assertThat(ConnectionSettings.of(Map.of("schema.registry.url", "http://a:1, https://b:2/x ,"))
                        .urls())
                .containsExactly(URI.create("http://a:1"), URI.create("https://b:2/x"));
    }

    @Test
    void of_severalMistakes_namesThemAll() {
        assertThatThrownBy(() -> of(
                        "max.retries", "often",
                        "http.connect.timeout.ms", "0",
                        "schema.registry.url.randomize", "maybe",
                        "proxy.host", "proxy",
                        "schema.registry.ssl.endpoint.identification.algorithm", "none",
                        "schema.registry.ssl.keystore.key", "half",
                        "basic.auth.credentials.source", "SOMEWHERE",
                        "bearer.auth.credentials.source", "OAUTHBEARER"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "max.retries is 'often'",
                        "http.connect.timeout.ms is 0, which is less than 1",
                        "schema.registry.url.randomize is 'maybe'",
                        "the port of the proxy",
                        "endpoint.identification.algorithm is 'none'",
                        "there must be both or neither",
                        "basic.auth.credentials.source is 'SOMEWHERE'",
                        "bearer.auth.issuer.endpoint.url is missing",
                        "bearer.auth.client.secret is missing");
    }

    @Test
    void of_saslInherit_takesWhatTheKafkaClientLogsInWith() {
        String jaas = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"kim\""
                + " password=\"se:cret\";";
        for (Object given : List.of(jaas, new Password(jaas))) {
            assertThat(of("basic.auth.credentials.source", "SASL_INHERIT", "sasl.jaas.config", given))
                    .isEqualTo(ClientConfig.builder()
                            .url(URL)
                            .basicAuth("kim", "se:cret")
                            .caches(CacheConfig.DEFAULT.withLatestTtl(Duration.ZERO))
                            .build());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense hunter2",
                "org.apache.kafka.common.security.plain.PlainLoginModule required token=\"hunter2\";"
            })
    void of_saslInheritWithoutAUser_saysSoWithoutSecrets(String jaas) {
        assertThatThrownBy(() -> of("basic.auth.credentials.source", "SASL_INHERIT", "sasl.jaas.config", jaas))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sasl.jaas.config")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void of_oldUserInfo_wins() {
        assertThat(of(
                                "basic.auth.user.info", "eve:other",
                                "schema.registry.basic.auth.user.info", "kim:secret")
                        .headers())
                .containsEntry("Authorization", "Basic a2ltOnNlY3JldA==");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "STATIC_TOKEN"})
    void of_staticToken_isSent(String source) {
        ClientConfig config = of(
                "bearer.auth.credentials.source",
                source,
                "bearer.auth.token",
                new Password("t0ken"),
                "bearer.auth.logical.cluster",
                "lsrc-1",
                "bearer.auth.identity.pool.id",
                "pool-1");

        assertThat(config.headers())
                .containsEntry("Authorization", "Bearer t0ken")
                .containsEntry("target-sr-cluster", "lsrc-1")
                .containsEntry("Confluent-Identity-Pool-Id", "pool-1");
        assertThat(config.toString()).doesNotContain("t0ken");
    }

    @Test
    void of_oauth_isSetUp() {
        ClientConfig config = of(
                "bearer.auth.credentials.source", "OAUTHBEARER",
                "schema.registry.bearer.auth.issuer.endpoint.url", "https://idp/token",
                "bearer.auth.client.id", "app",
                "bearer.auth.client.secret", "hunter2",
                "bearer.auth.scope", "registry",
                "bearer.auth.cache.expiry.buffer.seconds", "60");

        assertThat(config.oauth())
                .contains(OAuthConfig.of(URI.create("https://idp/token"), "app", "hunter2")
                        .withScope("registry")
                        .withRefreshAhead(Duration.ofMinutes(1)));
        assertThat(config.toString()).doesNotContain("hunter2");
    }

    @Test
    void of_tokensOfTheApplication_areMadeAndConfigured() {
        for (Object given : List.of(FixedToken.class, FixedToken.class.getName(), new FixedToken())) {
            ClientConfig config = of(
                    "bearer.auth.credentials.source", "CUSTOM",
                    "bearer.auth.custom.provider.class", given,
                    "my.token", "t0ken");

            assertThat(config.tokens().orElseThrow().token(URI.create(URL))).isEqualTo("t0ken");
        }
    }

    @ParameterizedTest
    @CsvSource({"java.lang.String", "com.acme.Missing", "''"})
    void of_tokensOfAnotherClass_areRefused(String name) {
        assertThatThrownBy(
                        () -> of("bearer.auth.credentials.source", "CUSTOM", "bearer.auth.custom.provider.class", name))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bearer.auth.custom.provider.class");
    }

    @Test
    void of_passwordAndToken_isRefused() {
        assertThatThrownBy(() -> of(
                        "basic.auth.user.info",
                        "kim:hunter2",
                        "bearer.auth.credentials.source",
                        "CUSTOM",
                        "bearer.auth.custom.provider.class",
                        FixedToken.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("credentials are given twice")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void of_tlsStores_areThoseOfTheKeys() {
        TlsConfig tls = of(
                        "schema.registry.ssl.truststore.location", "/t.jks",
                        "schema.registry.ssl.truststore.password", new Password("one"),
                        "schema.registry.ssl.keystore.location", "/k.p12",
                        "schema.registry.ssl.keystore.type", "pkcs12",
                        "schema.registry.ssl.keystore.password", "two",
                        "schema.registry.ssl.key.password", "three",
                        "schema.registry.ssl.endpoint.identification.algorithm", "",
                        "schema.registry.ssl.enabled.protocols", List.of("TLSv1.3", "TLSv1.2"),
                        "schema.registry.ssl.cipher.suites", "TLS_AES_256_GCM_SHA384")
                .tls();

        assertThat(tls)
                .isEqualTo(TlsConfig.DEFAULT
                        .withTrust(KeyStoreFile.of(Path.of("/t.jks"), "JKS", "one"))
                        .withIdentity(new KeyStoreFile(
                                Path.of("/k.p12"),
                                "PKCS12",
                                Optional.of(Secret.of("two")),
                                Optional.of(Secret.of("three"))))
                        .withVerifyHost(false)
                        .withProtocols(List.of("TLSv1.3", "TLSv1.2"))
                        .withCipherSuites(List.of("TLS_AES_256_GCM_SHA384")));
    }

    @Test
    void of_tlsInPem_isTakenFromFilesAndFromTheSettings() {
        assertThat(of(
                                "schema.registry.ssl.truststore.location", "/t.pem",
                                "schema.registry.ssl.truststore.type", "PEM",
                                "schema.registry.ssl.keystore.location", "/k.pem",
                                "schema.registry.ssl.keystore.type", "PEM")
                        .tls())
                .isEqualTo(TlsConfig.DEFAULT
                        .withTrust(PemFile.of(Path.of("/t.pem")))
                        .withIdentity(PemFile.of(Path.of("/k.pem"))));
        assertThat(of(
                                "schema.registry.ssl.truststore.certificates", "T",
                                "schema.registry.ssl.keystore.key", new Password("K"),
                                "schema.registry.ssl.keystore.certificate.chain", "C",
                                "schema.registry.ssl.endpoint.identification.algorithm", "HTTPS")
                        .tls())
                .isEqualTo(TlsConfig.DEFAULT.withTrust(PemText.of("T")).withIdentity(PemText.of("K\nC")));
    }

    @Test
    void of_certificatesThatAreNotThere_failTheSerializerAndNotTheFirstRecord() {
        Map<String, Object> configs = Map.of(
                "schema.registry.url", "https://localhost:8081",
                "schema.registry.ssl.truststore.location", "/no/such/trust.jks",
                "schema.registry.ssl.truststore.password", "hunter2");

        assertThatThrownBy(() -> SharedRegistries.lease(ConnectionSettings.of(configs)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("/no/such/trust.jks", "no such file")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void of_proxyHeadersAndStore_areTaken() {
        ClientConfig config = of(
                "proxy.host", "proxy",
                "schema.registry.proxy.port", 3128,
                "schema.registry.proxy.user", "kim",
                "schema.registry.proxy.password", new Password("hunter2"),
                "request.header.X-Team", "blue",
                "schema.registry.request.header.X-App", "billing",
                "schema.registry.store.dir", "/var/schemas",
                "schema.registry.store.bundle", "schemas");

        assertThat(config.proxy()).contains(ProxyConfig.of("proxy", 3128).withUser("kim", "hunter2"));
        assertThat(config.headers()).containsEntry("x-team", "blue").containsEntry("x-app", "billing");
        assertThat(config.store())
                .isEqualTo(
                        StoreConfig.NONE.withDirectory(Path.of("/var/schemas")).withBundle("schemas"));
        assertThat(config.toString()).doesNotContain("hunter2", "blue", "billing");
    }

    @Test
    void warnings_keysOfTheConnection_areNone() {
        try (Warnings warnings = new Warnings()) {
            KeyAdvice.warnAbout(
                    Set.of(
                            "schema.registry.max.retries",
                            "schema.registry.ssl.truststore.location",
                            "request.header.X",
                            "schema.registry.request.header.X",
                            "bearer.auth.token",
                            "proxy.host"),
                    Set.of());
            KeyAdvice.warnAbout(Set.of("bearer.auth.sub.claim.name", "retries.wait.mss"), Set.of());

            assertThat(warnings.messages())
                    .hasSize(2)
                    .anySatisfy(
                            warning -> assertThat(warning).contains("'bearer.auth.sub.claim.name' is not supported"))
                    .anySatisfy(warning -> assertThat(warning).contains("did you mean 'retries.wait.ms'?"));
        }
    }

    private static ClientConfig kim() {
        return of("schema.registry.url", "http://kim:secret@localhost:8081");
    }

    private static ClientConfig of(Object... keysAndValues) {
        Map<String, Object> configs = new HashMap<>(Map.of("schema.registry.url", URL));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return ConnectionSettings.of(configs);
    }

    /** An application's own tokens. */
    public static final class FixedToken implements TokenSource, Configurable {
        private String token = "";

        @Override
        public void configure(Map<String, ?> configs) {
            token = String.valueOf(configs.get("my.token"));
        }

        @Override
        public String token(URI registry) {
            return token;
        }
    }
}
