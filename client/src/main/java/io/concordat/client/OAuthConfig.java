package io.concordat.client;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Tokens by OAuth's client credentials.
 *
 * @param endpoint where tokens are handed out
 * @param clientId who asks
 * @param clientSecret proves it
 * @param scope what for; empty if the endpoint knows
 * @param refreshAhead how long before its end a token is exchanged for the next; at most a fifth of its life
 */
public record OAuthConfig(
        URI endpoint, String clientId, Secret clientSecret, Optional<String> scope, Duration refreshAhead) {
    private static final Duration DEFAULT_REFRESH_AHEAD = Duration.ofMinutes(5);

    /** @throws IllegalArgumentException if the endpoint is not an http or https URL, or something else is missing */
    public OAuthConfig {
        Objects.requireNonNull(clientSecret, "clientSecret");
        Objects.requireNonNull(scope, "scope");
        if (endpoint.getHost() == null
                || endpoint.getRawUserInfo() != null
                || !("http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme()))) {
            throw new IllegalArgumentException(
                    "the token endpoint must be an http or https URL with a host and without credentials");
        }
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("the client id for tokens is missing");
        }
        if (refreshAhead.isNegative()) {
            throw new IllegalArgumentException("refreshAhead must not be negative, found " + refreshAhead);
        }
    }

    /** Tokens of that endpoint, exchanged five minutes before they end. */
    public static OAuthConfig of(URI endpoint, String clientId, String clientSecret) {
        return new OAuthConfig(endpoint, clientId, Secret.of(clientSecret), Optional.empty(), DEFAULT_REFRESH_AHEAD);
    }

    public OAuthConfig withScope(String newScope) {
        return new OAuthConfig(endpoint, clientId, clientSecret, Optional.of(newScope), refreshAhead);
    }

    public OAuthConfig withRefreshAhead(Duration newRefreshAhead) {
        return new OAuthConfig(endpoint, clientId, clientSecret, scope, newRefreshAhead);
    }
}
