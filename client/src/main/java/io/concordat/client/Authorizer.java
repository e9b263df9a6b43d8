package io.concordat.client;

import java.net.URI;
import java.util.Optional;

/** Knows the token for each request. Safe for many threads. */
interface Authorizer {
    /** No token: whatever is needed is among the headers. */
    Authorizer NONE = (registry, deadline) -> Optional.empty();

    /** @throws io.concordat.api.RegistryException if there is none although there should be */
    Optional<String> token(URI registry, Deadline deadline);

    /** @return whether there may be a better one now */
    default boolean refused(String token) {
        return false;
    }

    static Authorizer of(TokenSource source) {
        return new Authorizer() {
            @Override
            public Optional<String> token(URI registry, Deadline deadline) {
                return Optional.of(source.token(registry));
            }

            @Override
            public boolean refused(String token) {
                return source.refused(token);
            }
        };
    }
}
