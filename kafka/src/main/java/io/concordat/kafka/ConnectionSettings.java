package io.concordat.kafka;

import io.concordat.client.CacheConfig;
import io.concordat.client.ClientConfig;
import io.concordat.client.ProxyConfig;
import io.concordat.client.RetryConfig;
import io.concordat.client.Secret;
import io.concordat.client.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** What the keys say about where the registry is, how it is reached and who asks. */
final class ConnectionSettings {
    private final Map<String, ?> configs;
    private final ConnectionKeys keys;

    private ConnectionSettings(Map<String, ?> configs) {
        this.configs = configs;
        this.keys = new ConnectionKeys(configs);
    }

    /** @throws ConfigException that names every problem, and says what to set */
    static ClientConfig of(Map<String, ?> configs) {
        return new ConnectionSettings(configs).read();
    }

    private ClientConfig read() {
        ClientConfig.Builder connection = ClientConfig.builder()
                .urls(urls())
                .randomize(keys.flag(ConnectionConfig.URL_RANDOMIZE))
                .retries(retries())
                .caches(caches())
                .store(store())
                .tls(TlsSettings.of(keys));
        keys.millis(ConnectionConfig.DEADLINE_MS, 1).ifPresent(connection::deadline);
        keys.millis(ConnectionConfig.CONNECT_TIMEOUT_MS, 1).ifPresent(connection::connectTimeout);
        keys.millis(ConnectionConfig.READ_TIMEOUT_MS, 1).ifPresent(connection::answerTimeout);
        keys.number(ConnectionConfig.MAX_CONNECTIONS, 1).ifPresent(connection::maxConnections);
        proxy().ifPresent(connection::proxy);
        headers(connection);
        CredentialSettings.apply(keys, connection);
        keys.failOnProblems();
        return build(connection);
    }

    private static ClientConfig build(ClientConfig.Builder connection) {
        try {
            return connection.build();
        } catch (IllegalArgumentException e) {
            ConfigException problem =
                    new ConfigException(RegistrySerdeConfig.SCHEMA_REGISTRY_URL + ": " + e.getMessage());
            problem.initCause(e);
            throw problem;
        }
    }

    private List<String> urls() {
        List<String> urls = keys.list(RegistrySerdeConfig.SCHEMA_REGISTRY_URL);
        if (urls.isEmpty()) {
            throw new ConfigException(RegistrySerdeConfig.SCHEMA_REGISTRY_URL + " is missing" + misspelt()
                    + ": set it to the address of the registry, such as http://localhost:8081");
        }
        return urls;
    }

    /** Without an address it does not come to the warnings about keys. */
    private String misspelt() {
        Set<String> wanted = Set.of(RegistrySerdeConfig.SCHEMA_REGISTRY_URL);
        return configs.keySet().stream()
                .filter(key -> KeyAdvice.nearestOf(key, wanted).isPresent())
                .findFirst()
                .map(key -> ", and '" + key + "' is no setting")
                .orElse("");
    }

    private RetryConfig retries() {
        RetryConfig usual = RetryConfig.DEFAULT;
        return new RetryConfig(
                keys.number(ConnectionConfig.MAX_RETRIES, 0).orElse(usual.retries()),
                keys.millis(ConnectionConfig.RETRIES_WAIT_MS, 0).orElse(usual.pause()),
                keys.millis(ConnectionConfig.RETRIES_MAX_WAIT_MS, 0).orElse(usual.longestPause()),
                keys.millis(ConnectionConfig.PROBE_INTERVAL_MS, 1).orElse(usual.probeInterval()));
    }

    /** Latest versions are not cached: the serializers do that, each for as long as its own setting says. */
    private CacheConfig caches() {
        CacheConfig usual = CacheConfig.DEFAULT;
        return usual.withLatestTtl(Duration.ZERO)
                .withMissingTtl(
                        keys.seconds(ConnectionConfig.MISSING_ID_CACHE_TTL_SEC).orElse(usual.missingIdTtl()),
                        keys.seconds(ConnectionConfig.MISSING_VERSION_CACHE_TTL_SEC)
                                .orElse(usual.missingVersionTtl()),
                        keys.seconds(ConnectionConfig.MISSING_SCHEMA_CACHE_TTL_SEC)
                                .orElse(usual.missingSchemaTtl()));
    }

    private StoreConfig store() {
        return new StoreConfig(
                keys.text(ConnectionConfig.STORE_DIR).map(folder -> Path.of(folder.trim())),
                keys.text(ConnectionConfig.STORE_BUNDLE).map(String::trim));
    }

    private Optional<ProxyConfig> proxy() {
        Optional<String> host = keys.text(ConnectionConfig.PROXY_HOST);
        if (host.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProxyConfig(
                    host.get().trim(),
                    keys.number(ConnectionConfig.PROXY_PORT, 1).orElse(0),
                    keys.text(ConnectionConfig.PROXY_USER),
                    keys.text(ConnectionConfig.PROXY_PASSWORD).map(Secret::of)));
        } catch (IllegalArgumentException e) {
            keys.problem(ConnectionConfig.PROXY_HOST + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private void headers(ClientConfig.Builder connection) {
        // Those with the prefix come last, so that they count.
        for (String prefix :
                List.of(ConnectionConfig.HEADER_PREFIX, ConnectionConfig.PREFIX + ConnectionConfig.HEADER_PREFIX)) {
            keys.configs().forEach((key, value) -> {
                if (key.startsWith(prefix) && value != null) {
                    connection.header(key.substring(prefix.length()), ConnectionKeys.textOf(value));
                }
            });
        }
    }
}
