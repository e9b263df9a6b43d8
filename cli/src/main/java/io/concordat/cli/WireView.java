package io.concordat.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * A message taken apart: which bytes say what.
 *
 * @param parts in order; together they are the message
 */
record WireView(List<Part> parts) {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    private static final int ID_AT = 1;
    private static final int BODY_AT = 5;

    /**
     * Some bytes and what they say.
     *
     * @param hex the bytes
     * @param meaning what they say
     */
    record Part(String hex, String meaning) {}

    /** Takes a message apart that carries this record. */
    static WireView of(byte[] message, GenericRecord record) throws IOException {
        List<Part> parts = new ArrayList<>();
        parts.add(part(message, 0, ID_AT, "magic byte: an id of four bytes follows"));
        int id = ByteBuffer.wrap(message).getInt(ID_AT);
        parts.add(part(message, ID_AT, BODY_AT, "schema id " + id));
        int at = BODY_AT;
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            int end = Math.min(message.length, at + length(field.schema(), value));
            parts.add(part(message, at, end, "Avro body: " + field.name() + " = " + value));
            at = end;
        }
        if (at < message.length) {
            parts.add(part(message, at, message.length, "Avro body: the rest"));
        }
        return new WireView(List.copyOf(parts));
    }

    private static Part part(byte[] message, int from, int to, String meaning) {
        return new Part(HEX.formatHex(message, from, to), meaning);
    }

    private static int length(Schema schema, Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return bytes.size();
    }
}
