package io.concordat.cli;

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
            defaultValue = "8081",
            converter = PortConverter.class,
            description = "The port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description =
                    "The address to listen on (default: ${DEFAULT-VALUE}). There is no security yet: whoever reaches "
                            + "the port may change everything.")
    private String host = "";

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
    }

    @Override
    public Integer call() throws Exception {
        @Nullable
        Path file = storage.inMemory ? null : storage.file.toAbsolutePath().normalize();
        new Serving(console).run(host, port, file);
        return 0;
    }
}
