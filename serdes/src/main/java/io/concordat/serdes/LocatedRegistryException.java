package io.concordat.serdes;

import io.concordat.api.RegistryException;

/** A registry's failure with the message that it was about; the failure itself is the cause. */
final class LocatedRegistryException extends RegistryException implements Located {
    private static final long serialVersionUID = 1L;

    private final transient Origin origin;

    LocatedRegistryException(String message, Origin origin, RegistryException failure) {
        super(
                failure.code(),
                failure.number(),
                message,
                failure,
                failure.retryAfter().orElse(null));
        this.origin = origin;
    }

    /** An exception that has been through Java serialization keeps its message only. */
    @Override
    @SuppressWarnings("ConstantValue")
    public Origin origin() {
        return origin == null ? Origin.UNKNOWN : origin;
    }
}
