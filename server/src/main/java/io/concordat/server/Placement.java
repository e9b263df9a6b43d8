package io.concordat.server;

import io.vertx.core.http.HttpServerRequest;

/** Says where, and when, a request is worked on. */
@FunctionalInterface
interface Placement {
    /** At once, on this node. */
    Placement HERE = (head, route, local) -> local;

    /**
     * The way to an answer.
     *
     * @param head the request, whose body may not be there yet
     * @param local answers on this node
     */
    Plan.Action place(HttpServerRequest head, Route route, Plan.Action local);
}
