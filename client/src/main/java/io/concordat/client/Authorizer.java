package io.concordat.client;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import java.net.URI;
import java.util.Optional;

/** Knows the token for each request. Safe for many threads. */
interface Authorizer {
    /** No token: whatever is needed is among the headers. */
    Authorizer NONE = (registry, deadline) -> Optional.empty();

    /**
     * The token of a request, if it needs one.
     *
     * @throws io.concordat.api.RegistryException if there is none although there should be
     */
    Optional<String> token(URI registry, Deadline deadline);

    /** Learns that a token was refused, and says whether there may be a better one now. */
    default boolean refused(String token) {
        return false;
    }

    static Authorizer of(TokenSource source) {
        return new Authorizer() {
            @Override
            public Optional<String> token(URI registry, Deadline deadline) {
                String token = source.token(registry);
                if (!token.chars().allMatch(c -> c > ' ' && c < 127) || token.isEmpty()) {
                    // The JDK would refuse it too, and quote it.
                    throw new RegistryException(
                            ErrorCode.UNAUTHORIZED,
                            "The application's source of tokens gave one that is empty or holds characters that are not"
                                    + " allowed in a header");
                }
                return Optional.of(token);
            }

            @Override
            public boolean refused(String token) {
                return source.refused(token);
            }
        };
    }
}
