package io.concordat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @Test
    void run_help_listsTheCommands() {
        Run run = Run.of("--help");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("serve", "dev", "demo", "--version");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "dev", "demo"})
    void run_helpOfACommand_describesIt(String command) {
        Run run = Run.of(command, "--help");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Usage: concordat " + command);
    }

    @Test
    void run_version_saysItAndJavas() {
        Run run = Run.of("--version");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("concordat ", "Java " + System.getProperty("java.version"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "serve --prot 5 | Unknown option",
                "serve --port | Missing required parameter",
                "serve --port x | 'x' is not a port number",
                "serve --port 65536 | '65536' is not a port number",
                "serve --port -1 | '-1' is not a port number",
                "serve --data a.db --in-memory | mutually exclusive",
                "serve extra | Unmatched argument",
                "dev --kafka-port 1.5 | '1.5' is not a port number",
                "dev --data folder --ephemeral | mutually exclusive",
                "demo --fast | Unknown option",
                "serv | did you mean 'serve'?",
                "--verbose | Unknown option",
            })
    void run_wrongArguments_saysSoInOneLine(String arguments, String expected) {
        Run run = Run.of(arguments.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).singleElement().asString().startsWith("concordat").contains(expected, "--help");
    }

    @Test
    void run_exportOfAFileThatIsNotThere_makesNeitherFile(@TempDir Path folder) {
        Path data = folder.resolve("nope.db");

        Run run = Run.of(
                "log",
                "export",
                "--data",
                data.toString(),
                folder.resolve("all.jsonl").toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).containsExactly("concordat log export: there is no '" + data + "'");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void run_brokersThatAreNone_areNamedWithWhatIsWrong() {
        Run run = Run.of("serve", "--port", "0", "--kafka", "nonsense");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .last()
                .asString()
                .contains("on nonsense cannot be asked", "Invalid url in bootstrap.servers");
    }

    @Test
    void run_noArguments_saysWhatToChooseFrom() {
        Run run = Run.of();

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .containsExactly("concordat: Missing command: one of serve, dev, demo, log (see 'concordat --help')");
    }
}
