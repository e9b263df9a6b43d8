package io.concordat.serdes;

import io.concordat.api.IncompatibleSchemaException;

/** An incompatible schema with the value that it was to be registered for; the refusal itself is the cause. */
final class LocatedRefusal extends IncompatibleSchemaException implements Located {
    private static final long serialVersionUID = 1L;

    private final transient Origin origin;

    LocatedRefusal(String message, Origin origin, IncompatibleSchemaException refusal) {
        super(message, refusal.report(), refusal);
        this.origin = origin;
    }

    /** An exception that has been through Java serialization keeps its message only. */
    @Override
    @SuppressWarnings("ConstantValue")
    public Origin origin() {
        return origin == null ? Origin.UNKNOWN : origin;
    }
}
