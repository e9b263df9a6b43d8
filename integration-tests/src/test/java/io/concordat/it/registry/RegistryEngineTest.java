package io.concordat.it.registry;

import io.concordat.api.Registry;
import io.concordat.engine.RegistryEngine;

class RegistryEngineTest extends RegistryContract {
    @Override
    Registry connect(RegistryEngine registry) {
        return registry;
    }
}
