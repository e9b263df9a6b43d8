package io.concordat.cli;

import io.concordat.log.kafka.KafkaLogSettings;
import io.concordat.server.ClusterConfig;
import io.concordat.server.ClusterFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code concordat serve}: the registry alone. What it takes to run is loaded when it runs. */
@Command(
        name = "serve",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        description = "Runs the registry until it is stopped (Ctrl-C, SIGTERM).")
final class ServeCommand implements Callable<Integer> {
    private final Console console;

    @ArgGroup
    private Storage storage = new Storage();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "The port to listen on, 0 for a free one (default: 8081, or what the file says).")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description =
                    "The address to listen on (default: 127.0.0.1, or what the file says). There is no security yet: whoever reaches "
                            + "the port may change everything.")
    private @Nullable String host;

    ServeCommand(Console console) {
        this.console = console;
    }

    /** Where the data is: one or the other. */
    static final class Storage {
        @Option(
                names = "--data",
                paramLabel = "FILE",
                description =
                        "The SQLite file that holds the data, made if there is none (default: concordat.db in the "
                                + "current folder).")
        private Path file = Path.of("concordat.db");

        @Option(names = "--in-memory", description = "Keep the data in memory: it is gone when the registry stops.")
        private boolean inMemory;

        @Option(
                names = "--kafka",
                paramLabel = "BROKERS",
                description =
                        "Be a node of a cluster whose data is in the topic _schemas of these brokers (host:port,...), "
                                + "made if there is none.")
        private @Nullable String brokers;

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description =
                        "Be a node of a cluster as a properties file says, with the keys that existing installations "
                                + "use.")
        private @Nullable Path config;
    }

    @Override
    public Integer call() throws Exception {
        Serving serving = new Serving(console, host, port);
        if (storage.config != null) {
            serving.run(ClusterFile.read(storage.config));
        } else if (storage.brokers != null) {
            serving.run(
                    ClusterConfig.of(KafkaLogSettings.builder(storage.brokers).build()));
        } else {
            serving.run(storage.inMemory ? null : storage.file.toAbsolutePath().normalize());
        }
        return 0;
    }
}
