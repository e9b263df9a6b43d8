package io.concordat.kafka;

import io.concordat.client.ClientConfig;
import io.concordat.client.OAuthConfig;
import io.concordat.client.TokenSource;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.utils.Utils;

/** What the keys say about who asks. */
final class CredentialSettings {
    private final ConnectionKeys keys;
    private final ClientConfig.Builder connection;

    private CredentialSettings(ConnectionKeys keys, ClientConfig.Builder connection) {
        this.keys = keys;
        this.connection = connection;
    }

    static void apply(ConnectionKeys keys, ClientConfig.Builder connection) {
        CredentialSettings settings = new CredentialSettings(keys, connection);
        settings.applyBasic();
        settings.applyBearer();
    }

    private void applyBasic() {
        String key = RegistrySerdeConfig.BASIC_AUTH_CREDENTIALS_SOURCE;
        Optional<String> userInfo =
                keys.text(ConnectionConfig.OLD_USER_INFO).or(() -> keys.text(RegistrySerdeConfig.BASIC_AUTH_USER_INFO));
        Optional<String> source = keys.text(key).map(String::trim);
        switch (source.orElse("")) {
            case "" -> userInfo.ifPresent(this::basic);
            case "USER_INFO" ->
                userInfo.ifPresentOrElse(
                        this::basic,
                        () -> keys.problem(RegistrySerdeConfig.BASIC_AUTH_USER_INFO + " is missing, although " + key
                                + " is USER_INFO"));
            case "SASL_INHERIT" -> inherit();
            case "URL" -> {
                // It stands in the address.
            }
            default ->
                keys.problem(
                        key + " is '" + source.orElse("") + "', which is neither USER_INFO nor URL nor SASL_INHERIT");
        }
    }

    private void basic(String userInfo) {
        String trimmed = userInfo.trim();
        int colon = trimmed.indexOf(':');
        if (colon < 0) {
            keys.problem(RegistrySerdeConfig.BASIC_AUTH_USER_INFO
                    + " must be a user and a password with a colon between them");
        } else {
            connection.basicAuth(trimmed.substring(0, colon), trimmed.substring(colon + 1));
        }
    }

    /** The user and the password with which the Kafka client itself logs in. */
    private void inherit() {
        try {
            for (AppConfigurationEntry entry :
                    JaasContext.loadClientContext(withPassword()).configurationEntries()) {
                if (entry.getOptions().get("username") instanceof String user
                        && entry.getOptions().get("password") instanceof String password) {
                    connection.basicAuth(user, password);
                    return;
                }
            }
            keys.problem(SaslConfigs.SASL_JAAS_CONFIG + " holds no username and password to inherit");
        } catch (IllegalArgumentException | KafkaException e) {
            // What they say may quote the setting, and that holds a password.
            keys.problem(RegistrySerdeConfig.BASIC_AUTH_CREDENTIALS_SOURCE + " is SASL_INHERIT, but "
                    + SaslConfigs.SASL_JAAS_CONFIG + " is missing or cannot be read");
        }
    }

    /** As Kafka's own classes want it. */
    private Map<String, Object> withPassword() {
        Map<String, Object> configs = new HashMap<>(keys.configs());
        configs.remove(SaslConfigs.SASL_JAAS_CONFIG);
        keys.text(SaslConfigs.SASL_JAAS_CONFIG)
                .ifPresent(text -> configs.put(SaslConfigs.SASL_JAAS_CONFIG, new Password(text)));
        return configs;
    }

    private void applyBearer() {
        String key = ConnectionConfig.BEARER_AUTH_CREDENTIALS_SOURCE;
        Optional<String> source = keys.text(key).map(String::trim);
        Optional<String> token = keys.text(ConnectionConfig.BEARER_AUTH_TOKEN).map(String::trim);
        switch (source.orElse("")) {
            case "" -> token.ifPresent(this::bearer);
            case "STATIC_TOKEN" -> bearer(required(ConnectionConfig.BEARER_AUTH_TOKEN, "STATIC_TOKEN"));
            case "OAUTHBEARER" -> oauth();
            case "CUSTOM" -> custom();
            default ->
                keys.problem(key + " is '" + source.orElse("")
                        + "', which is neither STATIC_TOKEN nor OAUTHBEARER nor CUSTOM");
        }
    }

    private void bearer(String token) {
        cloudHeaders();
        connection.bearerToken(token);
    }

    private void oauth() {
        cloudHeaders();
        String endpoint = required(ConnectionConfig.BEARER_AUTH_ISSUER_ENDPOINT_URL, "OAUTHBEARER");
        String id = required(ConnectionConfig.BEARER_AUTH_CLIENT_ID, "OAUTHBEARER");
        String secret = required(ConnectionConfig.BEARER_AUTH_CLIENT_SECRET, "OAUTHBEARER");
        if (endpoint.isEmpty() || id.isEmpty() || secret.isEmpty()) {
            return;
        }
        try {
            OAuthConfig config = OAuthConfig.of(URI.create(endpoint), id, secret);
            Optional<String> scope = keys.text(ConnectionConfig.BEARER_AUTH_SCOPE);
            config = scope.isPresent() ? config.withScope(scope.get().trim()) : config;
            connection.oauth(keys.seconds(ConnectionConfig.BEARER_AUTH_CACHE_EXPIRY_BUFFER_SECONDS)
                    .map(config::withRefreshAhead)
                    .orElse(config));
        } catch (IllegalArgumentException e) {
            keys.problem(ConnectionConfig.BEARER_AUTH_ISSUER_ENDPOINT_URL + " is no http or https URL");
        }
    }

    private void custom() {
        cloudHeaders();
        String key = ConnectionConfig.BEARER_AUTH_CUSTOM_PROVIDER_CLASS;
        Optional<Object> given = keys.object(key);
        if (given.isEmpty()) {
            required(key, "CUSTOM");
            return;
        }
        try {
            TokenSource source = given.get() instanceof TokenSource made ? made : made(given.get());
            if (source instanceof Configurable configurable) {
                configurable.configure(keys.configs());
            }
            connection.tokens(source);
        } catch (ClassNotFoundException | KafkaException | ClassCastException e) {
            keys.problem(key + " is '" + given.get() + "', which is no class with a constructor without parameters that"
                    + " implements " + TokenSource.class.getName());
        }
    }

    private static TokenSource made(Object given) throws ClassNotFoundException {
        return given instanceof Class<?> type
                ? (TokenSource) Utils.newInstance(type)
                : Utils.newInstance(given.toString().trim(), TokenSource.class);
    }

    private void cloudHeaders() {
        keys.text(ConnectionConfig.BEARER_AUTH_LOGICAL_CLUSTER)
                .ifPresent(cluster -> connection.header("target-sr-cluster", cluster.trim()));
        keys.text(ConnectionConfig.BEARER_AUTH_IDENTITY_POOL_ID)
                .ifPresent(pool -> connection.header("Confluent-Identity-Pool-Id", pool.trim()));
    }

    /** Empty, and a problem, if it is missing. */
    private String required(String key, String source) {
        Optional<String> given = keys.text(key).map(String::trim);
        if (given.isEmpty()) {
            keys.problem(
                    key + " is missing, although " + ConnectionConfig.BEARER_AUTH_CREDENTIALS_SOURCE + " is " + source);
        }
        return given.orElse("");
    }
}
