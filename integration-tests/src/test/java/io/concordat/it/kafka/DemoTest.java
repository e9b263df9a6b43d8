package io.concordat.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DemoTest {
    @Test
    void demo_everyComparisonHolds_endsWithZero() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int status = Main.run(stream(out), stream(err), "demo");

        String told = out.toString(StandardCharsets.UTF_8);
        assertThat(status).as(told).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(told)
                .contains(
                        "1. ", "6. ", "magic byte", "schema id 1", "Avro body", "refused with error 409", "per second")
                .contains("comparisons held")
                .doesNotContain("DIFFERENT", "\u001b");
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
