package io.concordat.cli;

import io.concordat.cli.Console.Style;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry of the {@code concordat} command. */
public final class Main {
    /** Has an effect before anything is logged. The class is not touched here: that would be too early. */
    private static final String LOG_MANAGER = "java.util.logging.manager";

    private Main() {}

    /** Runs the command and ends the process with its status: 0 done, 1 failed, 2 wrongly asked. */
    public static void main(String[] args) {
        if (System.getProperty(LOG_MANAGER) == null) {
            System.setProperty(LOG_MANAGER, "io.concordat.cli.LastingLog");
        }
        // Said by the script, which knows: before Java 22 and since, System.console() means different things.
        Style style = Boolean.getBoolean("concordat.colour") ? Style.COLOUR : Style.PLAIN;
        boolean debug = System.getenv("CONCORDAT_DEBUG") != null;
        System.exit(run(new Console(System.out, System.err, style), debug, args));
    }

    /**
     * Runs the command in this process, in plain text.
     *
     * <p>A command that would run until it is stopped ends when this thread is interrupted.
     *
     * @return 0 done, 1 failed, 2 wrongly asked
     */
    public static int run(PrintStream out, PrintStream err, String... args) {
        return run(new Console(out, err, Style.PLAIN), false, args);
    }

    private static int run(Console console, boolean debug, String... args) {
        Logging.quiet();
        ConcordatCommand command = new ConcordatCommand();
        CommandLine line = commandLine(command, console);
        line.setParameterExceptionHandler((problem, rejected) -> wrongUsage(console, problem));
        line.setExecutionExceptionHandler(
                (failure, failed, parsed) -> failure(console, failed, failure, debug || command.isDebug()));
        return line.execute(args);
    }

    private static CommandLine commandLine(ConcordatCommand command, Console console) {
        CommandLine line = new CommandLine(command);
        line.addSubcommand(new ServeCommand(console));
        line.addSubcommand(new DevCommand(console));
        line.addSubcommand(new DemoCommand(console));
        line.addSubcommand(LogCommand.with(console));
        line.setOut(console.outWriter());
        line.setErr(console.errWriter());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.style() == Style.COLOUR ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setUsageHelpAutoWidth(false);
        return line;
    }

    private static int wrongUsage(Console console, ParameterException problem) {
        String name = problem.getCommandLine().getCommandSpec().qualifiedName();
        String message = oneLine(Failures.message(problem)).replaceFirst("^Error: ", "");
        console.error(name + ": " + message + suggestion(problem) + " (see '" + name + " --help')");
        return CommandLine.ExitCode.USAGE;
    }

    private static String suggestion(ParameterException problem) {
        List<String> suggestions =
                problem instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return suggestions.isEmpty() ? "" : "; did you mean '" + suggestions.get(0) + "'?";
    }

    private static int failure(Console console, CommandLine failed, Exception failure, boolean debug) {
        String name = failed.getCommandSpec().qualifiedName();
        console.error(name + ": " + oneLine(Failures.message(failure)));
        if (debug) {
            failure.printStackTrace(console.err());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
