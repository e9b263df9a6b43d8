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

/** One value of each of the four shapes, one after the other. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TurnsBenchmark {
    @Param
    public Form form = Form.GENERIC;

    @Param
    public Side side = Side.CONCORDAT;

    private Turns turns = new Turns(Side.CONCORDAT, Form.GENERIC);

    @Setup
    public void prepare() {
        turns = new Turns(side, form);
    }

    @Benchmark
    public int encode() throws IOException {
        return turns.encode();
    }

    @Benchmark
    public Object[] decode() throws IOException {
        return turns.decode();
    }
}
