package io.concordat.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code concordat demo}: the whole story once. What it takes to run is loaded when it runs. */
@Command(
        name = "demo",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        description =
                "Shows Avro records going through Kafka under the registry: starts both on free ports, keeps nothing, "
                        + "takes some seconds. Its exit status is 0 only if every record came back as it was sent.")
final class DemoCommand implements Callable<Integer> {
    private final Console console;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return new Demo(console).run() ? 0 : 1;
    }
}
