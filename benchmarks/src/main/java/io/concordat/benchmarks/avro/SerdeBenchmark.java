package io.concordat.benchmarks.avro;

import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Whole serializers and deserializers of Kafka, warm; the registry is in the same process. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SerdeBenchmark {
    private static final String TOPIC = "benchmark";
    private static final int PREFIX = 5;

    /** Whose serializers. */
    public enum Maker {
        CONCORDAT,
        APICURIO
    }

    @Param
    public Shape shape = Shape.SMALL;

    @Param
    public Form form = Form.GENERIC;

    @Param
    public Maker maker = Maker.CONCORDAT;

    private final RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());
    private final Headers headers = new RecordHeaders();
    private Serde serde = Serde.concordat(registry, Form.GENERIC, Shape.SMALL);
    private Object value = "";
    private byte[] message = {};

    @Setup
    public void prepare() throws IOException {
        value = shape.value(form);
        serde = maker == Maker.CONCORDAT ? Serde.concordat(registry, form, shape) : Serde.apicurio(form);
        message = serialize();
        byte[] body = Arrays.copyOfRange(message, PREFIX, message.length);
        Object meaning = shape.meaning(shape.schema(), shape.bytes());
        byte[] again = shape.writtenAgain(deserialize(), form);
        if (!meaning.equals(shape.meaning(shape.schema(), body))
                || !meaning.equals(shape.meaning(shape.schema(), again))) {
            throw new IllegalStateException(maker + " writes or reads something else");
        }
    }

    @TearDown
    public void close() {
        registry.close();
    }

    @Benchmark
    public byte[] serialize() {
        return serde.serializer().serialize(TOPIC, headers, value);
    }

    @Benchmark
    public Object deserialize() {
        return serde.deserializer().deserialize(TOPIC, headers, message);
    }
}
