package io.concordat.kafka;

import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Somebody must change something before such records can be read or written: credentials or permissions (401, 403), the
 * address (what answers there is no registry), a setting, the class path, or what is registered (409, 422, or a schema that
 * nobody registered). The record itself is not at fault.
 */
public final class RegistryConfigurationException extends ConfigException implements SerdeFailure {
    private static final long serialVersionUID = 1L;

    private final FailureDetails details;

    RegistryConfigurationException(String problem, FailureDetails details, @Nullable Throwable cause) {
        super(details.message(problem));
        this.details = details;
        if (cause != null) {
            initCause(cause);
        }
    }

    @Override
    public Kind kind() {
        return Kind.CONFIGURATION;
    }

    @Override
    public FailureDetails details() {
        return details;
    }

    @Override
    public RuntimeException exception() {
        return this;
    }
}
