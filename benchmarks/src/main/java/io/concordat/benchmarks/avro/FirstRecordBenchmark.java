package io.concordat.benchmarks.avro;

import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.avro.AvroCodec;
import io.concordat.avro.AvroSchema;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The first event of a schema that was never seen before: planned, written and read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FirstRecordBenchmark {
    private final AvroCodec codec = new AvroCodec();
    private final RecordBuffer out = new RecordBuffer(1024);
    private int schemas;
    private AvroSchema schema = AvroSchema.of(Shape.EVENT.schema());
    private GenericRecord value = Values.event(Shape.EVENT.schema());

    @Setup(Level.Invocation)
    public void anotherSchema() {
        String text = Shape.EVENT.schema().toString().replace("\"Event\"", "\"Event" + schemas++ + "\"");
        schema = AvroSchema.of(new Schema.Parser().parse(text));
        value = Values.event(schema.schema());
    }

    @Benchmark
    public Object writeAndRead() {
        out.reset();
        codec.writer(schema).write(value, out);
        byte[] bytes = out.toByteArray();
        return Objects.requireNonNull(codec.reader(schema, Target.generic()).read(ByteBuffer.wrap(bytes)));
    }
}
