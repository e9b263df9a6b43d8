package io.concordat.it.registry;

import io.concordat.api.Registry;
import io.concordat.client.ClientConfig;
import io.concordat.client.HttpRegistry;
import io.concordat.engine.RegistryEngine;
import io.concordat.server.RegistryServer;
import io.concordat.server.ServerConfig;
import org.jspecify.annotations.Nullable;

class HttpRegistryTest extends RegistryContract {
    private @Nullable RegistryServer server;

    @Override
    Registry connect(RegistryEngine registry) {
        server = RegistryServer.start(
                registry, ServerConfig.builder().host("127.0.0.1").port(0).build());
        return new HttpRegistry(ClientConfig.of("http://127.0.0.1:" + server.port()));
    }

    @Override
    void disconnect() {
        if (server != null) {
            server.close();
        }
    }
}
