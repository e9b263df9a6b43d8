package io.concordat.benchmarks.json;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.CodecSettings;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.json.JsonCodec;
import io.concordat.json.JsonFormat;
import io.concordat.serdes.MessageSerializer;
import io.concordat.serdes.RecordPart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
 * A whole message, warm: our serializer against bare Jackson that writes the same bytes into a stream that is used again;
 * and our serializer with validation against itself without.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JsonBenchmark {
    private static final String TOPIC = "benchmark";

    /** What is written and read: an object of a class, or a map. */
    @Param({"class", "map"})
    public String value = "";

    private final RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream(1024);
    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final ObjectWriter writer = mapper.writer();
    private ObjectReader reader = mapper.reader();
    private MessageSerializer plain = MessageSerializer.of(registry);
    private MessageSerializer checking = plain;
    private Object order = Order.sample();
    private byte[] message = {};
    private byte[] header = {};

    @Setup
    public void prepare() throws IOException {
        Class<?> type = value.equals("class") ? Order.class : Object.class;
        plain = serializer(Map.of("json.value.type", type));
        checking = serializer(Map.of("json.value.type", type, "json.fail.invalid.schema", true));
        if (type == Object.class) {
            order = mapper.convertValue(order, new TypeReference<Map<String, Object>>() {});
        }
        reader = mapper.readerFor(type);
        message = Objects.requireNonNull(encode_ours());
        int id = registry.version(Subject.value(TOPIC), VersionSpec.LATEST).id();
        header = ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
        if (!Arrays.equals(message, encode_reference())
                || !Arrays.equals(message, encodeChecked_ours())
                || !decode_reference().equals(decode_ours())
                || !decode_reference().equals(decodeChecked_ours())) {
            throw new IllegalStateException("Both sides must do the same work");
        }
    }

    private MessageSerializer serializer(Map<String, ?> settings) {
        return MessageSerializer.builder(registry)
                .language(
                        new JsonFormat(),
                        new JsonCodec()
                                .configured(new CodecSettings(settings, false, JsonBenchmark.class.getClassLoader())))
                .build();
    }

    @TearDown
    public void close() {
        registry.close();
    }

    @Benchmark
    public byte @Nullable [] encode_ours() {
        return plain.encode(TOPIC, RecordPart.VALUE, order);
    }

    @Benchmark
    public byte[] encode_reference() throws IOException {
        stream.reset();
        stream.write(header);
        writer.writeValue(stream, order);
        return stream.toByteArray();
    }

    @Benchmark
    public @Nullable Object decode_ours() {
        return plain.decode(TOPIC, RecordPart.VALUE, message);
    }

    @Benchmark
    public Object decode_reference() throws IOException {
        return reader.readValue(message, 5, message.length - 5);
    }

    @Benchmark
    public byte @Nullable [] encodeChecked_ours() {
        return checking.encode(TOPIC, RecordPart.VALUE, order);
    }

    @Benchmark
    public byte @Nullable [] encodeChecked_reference() {
        return plain.encode(TOPIC, RecordPart.VALUE, order);
    }

    @Benchmark
    public @Nullable Object decodeChecked_ours() {
        return checking.decode(TOPIC, RecordPart.VALUE, message);
    }

    @Benchmark
    public @Nullable Object decodeChecked_reference() {
        return plain.decode(TOPIC, RecordPart.VALUE, message);
    }
}
