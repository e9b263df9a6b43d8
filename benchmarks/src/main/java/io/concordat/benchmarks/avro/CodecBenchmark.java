package io.concordat.benchmarks.avro;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One shape in one form, written and read by one contender. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    @Param
    public Shape shape = Shape.SMALL;

    @Param
    public Form form = Form.GENERIC;

    @Param
    public Side side = Side.CONCORDAT;

    /** What else runs in the same JVM. */
    @Param
    public Company company = Company.ALONE;

    /** Whether what is read was written with an older version of the schema. */
    @Param({"false", "true"})
    public boolean evolved;

    private Contender contender = new SmallGenericByHand();
    private Object value = "";
    private byte[] bytes = {};

    @Setup
    public void prepare() throws IOException {
        value = shape.value(form);
        contender = evolved ? side.evolving(shape, form) : side.of(shape, form);
        bytes = evolved ? shape.olderBytes() : shape.bytes();
        requireSameWork();
        if (company == Company.TURNS) {
            Turns.take(side, form);
        }
    }

    /** Nobody is measured who writes other bytes or reads another value. */
    private void requireSameWork() throws IOException {
        Object meaning = shape.meaning(evolved ? shape.older(Form.GENERIC) : shape.schema(), bytes);
        byte[] read = shape.writtenAgain(contender.decode(bytes), form);
        if (!meaning.equals(shape.meaning(shape.schema(), read))) {
            throw new IllegalStateException(side + " reads another value");
        }
        if (evolved) {
            return;
        }
        byte[] written = contender.encode(value);
        if (written.length != bytes.length || !meaning.equals(shape.meaning(shape.schema(), written))) {
            throw new IllegalStateException(side + " writes other bytes");
        }
    }

    @Benchmark
    public byte[] encode() throws IOException {
        return contender.encode(value);
    }

    @Benchmark
    public Object decode() throws IOException {
        return contender.decode(bytes);
    }
}
