package io.concordat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = Run.stream(bytes);

    @Test
    void verdict_everythingSame_holds() {
        Report report = new Report(new Console(out, out, Console.Style.PLAIN));
        report.compare("numbers", 1, 1);

        assertThat(report.verdict(1_500)).isTrue();
        assertThat(printed())
                .contains("same  numbers", "All 1 comparisons held (1.5 s).")
                .doesNotContain("\u001b");
    }

    @Test
    void verdict_oneDifference_doesNotHold() {
        Report report = new Report(new Console(out, out, Console.Style.PLAIN));
        report.compare("numbers", 1, 1);
        report.compare("numbers", 1, 2);

        assertThat(report.verdict(0)).isFalse();
        assertThat(printed()).contains("DIFFERENT", "expected 1", "but got  2", "1 of 2 comparisons failed");
    }

    @Test
    void compare_onATerminal_isInColour() {
        new Report(new Console(out, out, Console.Style.COLOUR)).compare("numbers", 1, 1);

        assertThat(printed()).contains("\u001b[32msame\u001b[0m");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
