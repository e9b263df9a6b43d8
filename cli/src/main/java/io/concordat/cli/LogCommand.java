package io.concordat.cli;

import io.concordat.engine.archive.LogArchive;
import io.concordat.engine.log.EventLog;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code concordat log}: the log of a registry as a whole. */
@Command(
        name = "log",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Moves the whole log of a registry, its identity and the marks of its ids included.",
        commandListHeading = "%nCommands:%n")
final class LogCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine with(Console console) {
        return new CommandLine(new LogCommand())
                .addSubcommand(new ExportCommand(console))
                .addSubcommand(new ImportCommand(console));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: export or import");
    }

    /** Where the log is: one of the three. */
    static final class Place {
        @Option(names = "--data", paramLabel = "FILE", description = "The SQLite file of a registry.")
        private @Nullable Path data;

        @Option(
                names = "--kafka",
                paramLabel = "BROKERS",
                description = "The topic _schemas of these brokers (host:port,...).")
        private @Nullable String brokers;

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "The topic that the properties file of a node names.")
        private @Nullable Path config;

        /** A file that is not there is not made, as it would be to write to. */
        EventLog openToRead() throws Exception {
            if (data != null && Files.notExists(data)) {
                throw new NoSuchFileException(data.toString());
            }
            return open();
        }

        EventLog open() throws Exception {
            return Logs.open(data, brokers, config);
        }
    }

    @Command(
            name = "export",
            versionProvider = Version.class,
            mixinStandardHelpOptions = true,
            description =
                    "Writes a log to a file. A registry on Kafka may go on meanwhile; one on SQLite must be stopped.")
    static final class ExportCommand implements Callable<Integer> {
        private final Console console;

        @ArgGroup(multiplicity = "1")
        private Place from = new Place();

        @Parameters(paramLabel = "ARCHIVE", description = "The file to write.")
        private Path archive = Path.of("");

        ExportCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws Exception {
            try (EventLog log = from.openToRead()) {
                console.print(LogArchive.export(log, archive) + " records are in " + archive);
            }
            return 0;
        }
    }

    @Command(
            name = "import",
            versionProvider = Version.class,
            mixinStandardHelpOptions = true,
            description =
                    "Writes what a file holds to an empty log, and compares the two. Run again, it goes on where it was "
                            + "interrupted. No registry may be running on that log.")
    static final class ImportCommand implements Callable<Integer> {
        private final Console console;

        @ArgGroup(multiplicity = "1")
        private Place to = new Place();

        @Parameters(paramLabel = "ARCHIVE", description = "The file to read.")
        private Path archive = Path.of("");

        ImportCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws Exception {
            try (EventLog log = to.open()) {
                console.print(LogArchive.importInto(log, archive) + " records have been written; the log holds what "
                        + archive + " does");
            }
            return 0;
        }
    }
}
