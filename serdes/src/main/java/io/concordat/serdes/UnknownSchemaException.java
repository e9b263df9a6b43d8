package io.concordat.serdes;

import io.concordat.api.RegistryException;

/** The registry has no schema of an id or a GUID, not even when it is asked again. */
final class UnknownSchemaException extends RegistryException {
    private static final long serialVersionUID = 1L;

    UnknownSchemaException(RegistryException answer) {
        super(answer.code(), answer.number(), String.valueOf(answer.getMessage()), answer);
    }
}
