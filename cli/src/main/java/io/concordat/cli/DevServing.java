package io.concordat.cli;

import io.concordat.dev.DevEnvironment;
import io.concordat.dev.DevSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A broker and the registry, until they are stopped. */
final class DevServing {
    private final Console console;

    DevServing(Console console) {
        this.console = console;
    }

    /** @param folder where the data is kept; null to keep nothing */
    void run(int kafkaPort, int registryPort, @Nullable Path folder) {
        DevSettings settings = DevSettings.EPHEMERAL.withPorts(kafkaPort, registryPort);
        DevEnvironment environment = DevEnvironment.start(folder == null ? settings : settings.withFolder(folder));
        console.print("Kafka      " + environment.bootstrapServers());
        console.print("registry   " + environment.registryUrl());
        console.print("data       " + (folder == null ? "nothing is kept" : folder));
        console.print("");
        console.print(console.faint("# for a client's configuration"));
        console.print("bootstrap.servers=" + environment.bootstrapServers());
        console.print("schema.registry.url=" + environment.registryUrl());
        console.print("key.serializer=org.apache.kafka.common.serialization.StringSerializer");
        console.print("value.serializer=io.concordat.kafka.RegistrySerializer");
        console.print("key.deserializer=org.apache.kafka.common.serialization.StringDeserializer");
        console.print("value.deserializer=io.concordat.kafka.RegistryDeserializer");
        console.print("");
        console.print("Ready. Ctrl-C stops both.");
        RunningUntilStopped.await(() -> {
            environment.close();
            console.print("Both have stopped.");
        });
    }
}
