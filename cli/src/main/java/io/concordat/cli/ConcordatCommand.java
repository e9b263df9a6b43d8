package io.concordat.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a subcommand: what there is to choose from. */
@Command(
        name = "concordat",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "A schema registry for Apache Kafka.",
        commandListHeading = "%nCommands:%n",
        footer = {"", "'concordat COMMAND --help' says more about a command."})
final class ConcordatCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of a failure (also: CONCORDAT_DEBUG=1).")
    private boolean debug;

    /** Whether a failure is to be shown with its stack trace. */
    boolean isDebug() {
        return debug;
    }

    @Override
    public void run() {
        CommandLine line = spec.commandLine();
        throw new ParameterException(
                line,
                "Missing command: one of "
                        + String.join(", ", line.getSubcommands().keySet()));
    }
}
