package io.concordat.api;

/** What can be done about a failure: exactly one of four. */
public enum FailureKind {
    /** The registry is away, slow, busy or in trouble: the same request may succeed later. */
    TRANSIENT,
    /** The registry itself says that it has no such subject, version, schema or setting. */
    NOT_FOUND,
    /** The registry understood the request and says no: asked the same way, it will say so again. */
    REFUSED,
    /**
     * Somebody must change a setting: the caller is not allowed in, or whoever answers is not a registry, as when an address
     * names another web server.
     */
    CONFIGURATION
}
