package io.concordat.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code concordat dev}: a Kafka broker and the registry. What it takes to run is loaded when it runs. */
@Command(
        name = "dev",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        description =
                "Runs a single Kafka broker and the registry on this machine until it is stopped (Ctrl-C, SIGTERM).")
final class DevCommand implements Callable<Integer> {
    private final Console console;

    @ArgGroup
    private Storage storage = new Storage();

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            converter = PortConverter.class,
            description = "The port of the broker, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int kafkaPort;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8081",
            converter = PortConverter.class,
            description = "The port of the registry, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    DevCommand(Console console) {
        this.console = console;
    }

    /** Where the data is: one or the other. */
    static final class Storage {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description =
                        "The folder that holds the data, made if there is none (default: concordat-dev in the current "
                                + "folder).")
        private Path folder = Path.of("concordat-dev");

        @Option(names = "--ephemeral", description = "Keep nothing: the data is gone when the command stops.")
        private boolean ephemeral;
    }

    @Override
    public Integer call() throws Exception {
        @Nullable
        Path folder = storage.ephemeral ? null : storage.folder.toAbsolutePath().normalize();
        new DevServing(console).run(kafkaPort, port, folder);
        return 0;
    }
}
