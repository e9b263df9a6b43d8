package io.concordat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.client.ClientConfig;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** What the keys say about where the registry is and who asks. */
final class ConnectionSettings {
    private ConnectionSettings() {}

    /** @throws ConfigException that says what to set */
    static ClientConfig of(Map<String, ?> configs) {
        ClientConfig.Builder builder = ClientConfig.builder().url(url(configs));
        String userInfo = userInfo(configs);
        if (userInfo != null) {
            builder.header("Authorization", basic(userInfo));
        }
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            ConfigException problem =
                    new ConfigException(RegistrySerdeConfig.SCHEMA_REGISTRY_URL + ": " + e.getMessage());
            problem.initCause(e);
            throw problem;
        }
    }

    private static String url(Map<String, ?> configs) {
        String url = text(configs, RegistrySerdeConfig.SCHEMA_REGISTRY_URL);
        if (url == null) {
            throw new ConfigException(RegistrySerdeConfig.SCHEMA_REGISTRY_URL
                    + " is missing: set it to the address of the registry, such as http://localhost:8081");
        }
        if (url.contains(",")) {
            throw new ConfigException(RegistrySerdeConfig.SCHEMA_REGISTRY_URL
                    + " names several registries; name one address, such as that of a load balancer before them");
        }
        return url;
    }

    private static @Nullable String userInfo(Map<String, ?> configs) {
        String userInfo = text(configs, RegistrySerdeConfig.BASIC_AUTH_USER_INFO);
        String source = text(configs, RegistrySerdeConfig.BASIC_AUTH_CREDENTIALS_SOURCE);
        if (source == null || (source.equals("USER_INFO") && userInfo != null)) {
            return userInfo;
        }
        if (source.equals("USER_INFO")) {
            throw new ConfigException(RegistrySerdeConfig.BASIC_AUTH_USER_INFO + " is missing, although "
                    + RegistrySerdeConfig.BASIC_AUTH_CREDENTIALS_SOURCE + " is USER_INFO");
        }
        if (!source.equals("URL")) {
            throw new ConfigException(RegistrySerdeConfig.BASIC_AUTH_CREDENTIALS_SOURCE + " is '" + source
                    + "', which is neither USER_INFO nor URL");
        }
        return null;
    }

    private static @Nullable String text(Map<String, ?> configs, String key) {
        Object value = configs.get(key);
        if (value instanceof List<?> list) {
            value = String.join(",", list.stream().map(String::valueOf).toList());
        }
        if (value instanceof Password password) {
            value = password.value();
        }
        return value == null || value.toString().isBlank()
                ? null
                : value.toString().trim();
    }

    private static String basic(String userInfo) {
        if (!userInfo.contains(":")) {
            throw new ConfigException(RegistrySerdeConfig.BASIC_AUTH_USER_INFO
                    + " must be a user and a password with a colon between them");
        }
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }
}
