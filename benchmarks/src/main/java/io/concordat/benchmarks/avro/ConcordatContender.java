package io.concordat.benchmarks.avro;

import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.avro.AvroCodec;
import io.concordat.avro.AvroSchema;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.avro.Schema;

/** Our codec; the buffer is used again, as the serializers do. */
final class ConcordatContender implements Contender {
    private final RecordCodec.Writer writer;
    private final RecordCodec.Reader reader;
    private final RecordBuffer out = new RecordBuffer(1024);

    /** @param type the Java record, if it is one that is read */
    ConcordatContender(Schema written, Schema read, Form form, Class<?> type) {
        AvroCodec codec = new AvroCodec();
        AvroSchema own = AvroSchema.of(written);
        writer = codec.writer(own);
        RecordCodec reading = form == Form.RECORD ? codec.of(type) : codec;
        Schema wanted = form == Form.RECORD ? AvroSchema.of(type).schema() : read;
        reader = reading.reader(
                own, new Target(AvroSchema.of(wanted), form == Form.SPECIFIC, Shape.class.getClassLoader()));
    }

    @Override
    public byte[] encode(Object value) {
        out.reset();
        writer.write(value, out);
        return out.toByteArray();
    }

    @Override
    public Object decode(byte[] bytes) {
        return Objects.requireNonNull(reader.read(ByteBuffer.wrap(bytes)));
    }
}
