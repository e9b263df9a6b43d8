package io.concordat.avro;

import io.concordat.api.format.RecordCodec;
import io.concordat.avro.compiled.Compilation;
import io.concordat.avro.compiled.CompiledReader;
import io.concordat.avro.interpreter.InterpretedReader;
import io.concordat.avro.plan.ReadPlan;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records by a plan: step by step at first, in compiled code when that is ready. Compiled code says nothing of what is
 * wrong with a record; then it is read step by step once more.
 */
final class AvroReader implements RecordCodec.Reader {
    private final InterpretedReader interpreted;
    private final Compilation<CompiledReader> compilation;

    /** @param compileAfter how many records are read before the plan is compiled */
    AvroReader(ReadPlan plan, int compileAfter) {
        interpreted = new InterpretedReader(plan);
        compilation = new Compilation<>(compileAfter, () -> CompiledReader.of(plan));
    }

    @Override
    public @Nullable Object read(ByteBuffer bytes) {
        if (bytes.hasArray()) {
            int from = bytes.arrayOffset() + bytes.position();
            return read(bytes.array(), from, from + bytes.remaining());
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return read(copy, 0, copy.length);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // The mark is one object.
    public @Nullable Object read(byte[] bytes, int from, int to) {
        CompiledReader compiled = compilation.use();
        Object value = compiled == null ? CompiledReader.REFUSED : compiled.read(bytes, from, to);
        return value == CompiledReader.REFUSED ? interpreted.read(bytes, from, to) : value;
    }
}
