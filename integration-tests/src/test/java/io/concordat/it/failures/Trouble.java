package io.concordat.it.failures;

import io.concordat.kafka.RegistryConfigurationException;
import io.concordat.kafka.RegistryUnavailableException;

/** What can be the matter with a registry, and what a serializer is to make of it. */
enum Trouble {
    NONE(200, RuntimeException.class),
    REFUSED(0, RegistryUnavailableException.class),
    HANGING(0, RegistryUnavailableException.class),
    REQUEST_TIMEOUT(408, RegistryUnavailableException.class),
    TOO_MANY_REQUESTS(429, RegistryUnavailableException.class),
    INTERNAL(500, RegistryUnavailableException.class),
    BAD_GATEWAY(502, RegistryUnavailableException.class),
    UNAVAILABLE(503, RegistryUnavailableException.class),
    GATEWAY_TIMEOUT(504, RegistryUnavailableException.class),
    UNAUTHORIZED(401, RegistryConfigurationException.class),
    FORBIDDEN(403, RegistryConfigurationException.class),
    CONFLICT(409, RegistryConfigurationException.class),
    UNPROCESSABLE(422, RegistryConfigurationException.class),
    REDIRECT(302, RegistryConfigurationException.class),
    /** A 404 of some other web server. */
    FOREIGN_NOT_FOUND(404, RegistryConfigurationException.class),
    /** Somebody's home page. */
    PAGE(200, RegistryConfigurationException.class);

    private final int status;
    private final Class<? extends RuntimeException> told;

    Trouble(int status, Class<? extends RuntimeException> told) {
        this.status = status;
        this.told = told;
    }

    int status() {
        return status;
    }

    Class<? extends RuntimeException> told() {
        return told;
    }

    boolean isOfAnotherServer() {
        return this == FOREIGN_NOT_FOUND || this == PAGE || this == REDIRECT;
    }

    String mediaType() {
        return isOfAnotherServer() ? "text/html" : "application/vnd.schemaregistry.v1+json";
    }

    String body() {
        return isOfAnotherServer()
                ? "<html><body>nothing to see here</body></html>"
                : "{\"error_code\":" + status + ",\"message\":\"trouble\"}";
    }
}
