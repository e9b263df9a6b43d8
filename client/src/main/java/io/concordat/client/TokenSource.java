package io.concordat.client;

import java.net.URI;

/**
 * Where bearer tokens come from. Asked before every request, by many threads, so it keeps a token for as long as that is good.
 */
@FunctionalInterface
public interface TokenSource {
    /**
     * The token to send.
     *
     * @param registry whom the request goes to
     * @throws io.concordat.api.RegistryException if there is none, passed on to whoever asked the registry
     */
    String token(URI registry);

    /**
     * Learns that a registry refused a token with a 401.
     *
     * @return whether there may be a better one now; then the request is repeated once
     */
    default boolean refused(String token) {
        return false;
    }
}
