package io.concordat.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** The records and schemas that the demo ships. */
final class DemoData {
    private DemoData() {}

    /** The weather readings of the Avro project, with the schema they were written with. */
    static List<GenericRecord> weather() throws IOException {
        List<GenericRecord> readings = new ArrayList<>();
        try (DataFileStream<GenericRecord> file =
                new DataFileStream<>(resource("weather.avro"), new GenericDatumReader<>())) {
            file.forEach(readings::add);
        }
        return readings;
    }

    static Schema order() throws IOException {
        return new Schema.Parser().parse(text("order.avsc"));
    }

    private static String text(String name) throws IOException {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = DemoData.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("this build lacks its resource " + name);
        }
        return in;
    }
}
