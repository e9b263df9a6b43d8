package io.concordat.dev;

import io.concordat.client.SchemaRegistryClient;
import io.concordat.server.RegistryNode;
import io.concordat.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Kafka broker and the registry in this process, on 127.0.0.1: what an application needs for its first records.
 *
 * <p>Safe for many threads. Both are ready when {@link #start} returns.
 */
public final class DevEnvironment implements AutoCloseable {
    private final DevBroker broker;
    private final RegistryNode registry;

    private DevEnvironment(DevBroker broker, RegistryNode registry) {
        this.broker = broker;
        this.registry = registry;
    }

    /** Both on free ports, keeping nothing. */
    public static DevEnvironment ephemeral() {
        return start(DevSettings.EPHEMERAL);
    }

    /**
     * Starts both and waits until they answer.
     *
     * @throws DevStartException if the broker's port is taken, or the folder is in use or cannot be used
     * @throws io.concordat.engine.log.LogException if the registry's file cannot be used
     * @throws io.concordat.server.ServerStartException if the registry's port is taken
     */
    public static DevEnvironment start(DevSettings settings) {
        // The registry first: it is up at once, or says why not before the broker has taken its time.
        RegistryNode registry = registry(settings);
        try {
            return new DevEnvironment(DevBroker.start(settings.broker()), registry);
        } catch (RuntimeException | Error e) {
            registry.close();
            throw e;
        }
    }

    private static RegistryNode registry(DevSettings settings) {
        ServerConfig config =
                ServerConfig.builder().port(settings.registryPort()).build();
        return settings.folder().isEmpty()
                ? RegistryNode.startInMemory(config)
                : RegistryNode.start(registryFile(settings.folder().get()), config);
    }

    private static Path registryFile(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new DevStartException("The folder '" + folder + "' cannot be made: " + Folders.reason(e), e);
        }
        return folder.resolve("registry.db");
    }

    /** Where Kafka's clients connect, for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Where the registry is, for {@code schema.registry.url}. */
    public String registryUrl() {
        return registry.url().toString();
    }

    /** A new client of the registry, the caller's to close. */
    public SchemaRegistryClient client() {
        return SchemaRegistryClient.connect(registryUrl());
    }

    /** Stops both, waiting some seconds at most; what was ephemeral is deleted. */
    @Override
    public void close() {
        try {
            registry.close();
        } finally {
            broker.close();
        }
    }
}
