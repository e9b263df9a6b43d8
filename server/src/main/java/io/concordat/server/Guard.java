package io.concordat.server;

/** Who may do what. Asked once for each request, before anything is done for it. */
@FunctionalInterface
interface Guard {
    /** Lets everybody do everything. */
    Guard ALLOW_ALL = (operation, request) -> {};

    /**
     * Lets a request pass, or not.
     *
     * @throws io.concordat.api.RegistryException if the request must not be answered
     */
    void check(Operation operation, Request request);
}
