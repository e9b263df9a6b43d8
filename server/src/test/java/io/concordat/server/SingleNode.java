package io.concordat.server;

import io.concordat.engine.RegistryEngine;
import java.util.List;
import java.util.Optional;

/** A registry without a cluster. */
final class SingleNode {
    private SingleNode() {}

    /** What it answers, on the caller's thread. */
    static List<Route> routes(RegistryEngine engine) {
        return Routes.of(engine, Runnable::run, new HealthResource(engine, Optional.empty(), new RequestCounts()));
    }
}
