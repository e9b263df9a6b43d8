package io.concordat.api.format;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import org.jspecify.annotations.Nullable;

/** A text that is no schema of its language. The message says where and why. */
public final class InvalidSchemaException extends RegistryException {
    private static final long serialVersionUID = 1L;

    public InvalidSchemaException(String message) {
        this(message, null);
    }

    public InvalidSchemaException(String message, @Nullable Throwable cause) {
        super(ErrorCode.INVALID_SCHEMA, message, cause);
    }
}
