package io.concordat.it.registry;

import io.concordat.api.Registry;
import io.concordat.client.CachingRegistry;
import io.concordat.engine.RegistryEngine;

class CachingRegistryTest extends HttpRegistryTest {
    @Override
    Registry connect(RegistryEngine registry) {
        return new CachingRegistry(super.connect(registry));
    }
}
