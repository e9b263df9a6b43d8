package io.concordat.benchmarks.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/** Avro itself, with its defaults; encoder, decoder and stream are used again, as its documentation advises. */
final class AvroContender implements Contender {
    private final DatumWriter<Object> writer;
    private final DatumReader<Object> reader;
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream(1024);
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    AvroContender(Schema written, Schema read, Form form) {
        if (form == Form.SPECIFIC) {
            SpecificData model = SpecificData.getForSchema(read);
            writer = new SpecificDatumWriter<>(written, model);
            reader = new SpecificDatumReader<>(written, read, model);
        } else {
            writer = new GenericDatumWriter<>(written);
            reader = new GenericDatumReader<>(written, read);
        }
    }

    @Override
    public byte[] encode(Object value) throws IOException {
        stream.reset();
        encoder = EncoderFactory.get().binaryEncoder(stream, encoder);
        writer.write(value, encoder);
        encoder.flush();
        return stream.toByteArray();
    }

    @Override
    public Object decode(byte[] bytes) throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
        return reader.read(null, decoder);
    }
}
