package io.concordat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * An HTTP proxy between the client and the registry.
 *
 * @param host its name or address
 * @param port its port
 * @param user who asks, if the proxy wants to know
 * @param password empty without a user
 */
public record ProxyConfig(String host, int port, Optional<String> user, Optional<Secret> password) {
    /** @throws IllegalArgumentException if there is no host, no port, or only one of user and password */
    public ProxyConfig {
        Objects.requireNonNull(host, "host");
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host of the proxy is missing");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the port of the proxy must be 1 to 65535, found " + port);
        }
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("the proxy needs both a user and a password, or neither");
        }
    }

    /** A proxy that asks nobody who he is. */
    public static ProxyConfig of(String host, int port) {
        return new ProxyConfig(host, port, Optional.empty(), Optional.empty());
    }

    /** The same proxy, for this user. */
    public ProxyConfig withUser(String newUser, String newPassword) {
        return new ProxyConfig(host, port, Optional.of(newUser), Optional.of(Secret.of(newPassword)));
    }

    /** The header that tells the proxy who asks. The JDK's client sends it to the proxy alone. */
    Optional<String> authorization() {
        return user.map(name -> {
            String plain = name + ":" + password.map(Secret::value).orElse("");
            return "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(UTF_8));
        });
    }
}
