package io.concordat.dev;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a {@link DevEnvironment} is to run.
 *
 * @param folder where it keeps the data of both, made if it does not exist; absent to keep nothing
 * @param kafkaPort where Kafka's clients connect; 0 for a free one
 * @param registryPort where the registry listens; 0 for a free one
 */
public record DevSettings(Optional<Path> folder, int kafkaPort, int registryPort) {
    /** Nothing kept, on free ports. */
    public static final DevSettings EPHEMERAL = new DevSettings(Optional.empty(), 0, 0);

    public DevSettings {
        folder = folder.map(path -> path.toAbsolutePath().normalize());
    }

    public DevSettings withFolder(Path newFolder) {
        return new DevSettings(Optional.of(newFolder), kafkaPort, registryPort);
    }

    public DevSettings withPorts(int newKafkaPort, int newRegistryPort) {
        return new DevSettings(folder, newKafkaPort, newRegistryPort);
    }

    DevBrokerSettings broker() {
        DevBrokerSettings settings = DevBrokerSettings.EPHEMERAL.withPort(kafkaPort);
        return folder.map(path -> settings.withFolder(path.resolve("kafka"))).orElse(settings);
    }
}
