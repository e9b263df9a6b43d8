package io.concordat.avro;

import io.concordat.api.format.RecordBuffer;
import io.concordat.avro.compiled.Compilation;
import io.concordat.avro.compiled.CompiledWriter;
import io.concordat.avro.interpreter.InterpretedWriter;
import io.concordat.avro.plan.WritePlan;

/**
 * Writes records by a plan: step by step at first, in compiled code when that is ready. Compiled code says nothing of what is
 * wrong with a value; then it is written step by step once more.
 */
final class PlannedWriter {
    private final InterpretedWriter interpreted;
    private final Compilation<CompiledWriter> compilation;

    PlannedWriter(WritePlan withoutLimits, Effort effort) {
        WritePlan plan = withoutLimits.withLimits(effort.limits());
        interpreted = new InterpretedWriter(plan);
        compilation = new Compilation<>(effort.compileAfter(), () -> CompiledWriter.of(plan));
    }

    void write(Object value, RecordBuffer out) {
        CompiledWriter compiled = compilation.use();
        if (compiled == null || !compiled.write(value, out)) {
            interpreted.write(value, out);
        }
    }
}
