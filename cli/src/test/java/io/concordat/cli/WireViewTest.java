package io.concordat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class WireViewTest {
    private final GenericRecord reading;

    WireViewTest() throws IOException {
        reading = DemoData.weather().get(0);
    }

    @Test
    void of_message_namesEveryByte() throws IOException {
        byte[] message = HexFormat.of().parseHex("0000000007183031313939302d3939393939ffa390e8872400");

        WireView view = WireView.of(message, reading);

        assertThat(view.parts())
                .extracting(WireView.Part::meaning)
                .containsExactly(
                        "magic byte: an id of four bytes follows",
                        "schema id 7",
                        "Avro body: station = 011990-99999",
                        "Avro body: time = -619524000000",
                        "Avro body: temp = 0");
        assertThat(view.parts())
                .extracting(WireView.Part::hex)
                .startsWith("00", "00 00 00 07")
                .endsWith("00");
    }
}
