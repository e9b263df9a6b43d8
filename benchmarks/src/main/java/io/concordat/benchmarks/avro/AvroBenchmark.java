package io.concordat.benchmarks.avro;

import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.serdes.MessageSerializer;
import io.concordat.serdes.RecordPart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A whole message, warm: our serializer against bare Avro that writes the same bytes with an encoder, a decoder and a
 * stream that are used again.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AvroBenchmark {
    private static final String TOPIC = "benchmark";

    @Param({"small", "order"})
    public String record = "";

    private final RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());
    private final MessageSerializer serializer = MessageSerializer.of(registry);
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream(1024);
    private GenericRecord value = Records.small();
    private GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>();
    private GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>();
    private byte[] message = {};
    private byte[] header = {};
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    @Setup
    public void prepare() throws IOException {
        value = record.equals("small") ? Records.small() : Records.order();
        writer = new GenericDatumWriter<>(value.getSchema());
        reader = new GenericDatumReader<>(value.getSchema());
        int id = registry.register(
                        Subject.value(TOPIC),
                        SchemaContent.avro(value.getSchema().toString()),
                        RegisterOptions.DEFAULT)
                .id();
        header = ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
        message = encode_reference();
        if (!Arrays.equals(message, encode_ours()) || !value.equals(decode_ours())) {
            throw new IllegalStateException("Both sides must do the same work");
        }
    }

    @TearDown
    public void close() {
        registry.close();
    }

    @Benchmark
    public byte @Nullable [] encode_ours() {
        return serializer.encode(TOPIC, RecordPart.VALUE, value);
    }

    @Benchmark
    public byte[] encode_reference() throws IOException {
        stream.reset();
        stream.write(header);
        encoder = EncoderFactory.get().binaryEncoder(stream, encoder);
        writer.write(value, encoder);
        encoder.flush();
        return stream.toByteArray();
    }

    @Benchmark
    public @Nullable Object decode_ours() {
        return serializer.decode(TOPIC, RecordPart.VALUE, message);
    }

    @Benchmark
    public GenericRecord decode_reference() throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(message, 5, message.length - 5, decoder);
        return reader.read(null, decoder);
    }
}
