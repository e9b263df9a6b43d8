package io.concordat.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final int ID_AT = 1;
    private static final int BODY_AT = 5;

    /** Some bytes and what they say. */
    record Part(byte[] bytes, String meaning) {
        /** The bytes in hex. */
        String hex() {
            StringBuilder hex = new StringBuilder();
            for (byte b : bytes) {
                hex.append(hex.isEmpty() ? "" : " ").append(String.format("%02x", b));
            }
            return hex.toString();
        }
    }

    /** Takes a message apart that carries this record. */
    static WireView of(byte[] message, GenericRecord record) throws IOException {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(Arrays.copyOf(message, ID_AT), "magic byte: an id of four bytes follows"));
        int id = ByteBuffer.wrap(message).getInt(ID_AT);
        parts.add(new Part(Arrays.copyOfRange(message, ID_AT, BODY_AT), "schema id " + id));
        int at = BODY_AT;
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            int end = Math.min(message.length, at + length(field.schema(), value));
            parts.add(new Part(Arrays.copyOfRange(message, at, end), "Avro body: " + field.name() + " = " + value));
            at = end;
        }
        if (at < message.length) {
            parts.add(new Part(Arrays.copyOfRange(message, at, message.length), "Avro body: the rest"));
        }
        return new WireView(List.copyOf(parts));
    }

    private static int length(Schema schema, Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema).write(value, encoder);
        encoder.flush();
        return bytes.size();
    }
}
