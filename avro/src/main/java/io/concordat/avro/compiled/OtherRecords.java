package io.concordat.avro.compiled;

import io.concordat.api.format.RecordBuffer;
import io.concordat.avro.interpreter.InterpretedWriter;
import io.concordat.avro.plan.Limits;
import io.concordat.avro.plan.WriteNode;
import io.concordat.avro.plan.WritePlan;
import org.jspecify.annotations.Nullable;

/** Writes the records that are not what the code was made for, such as those of another version of the schema. */
final class OtherRecords {
    private final InterpretedWriter writer;

    OtherRecords(WriteNode node, Limits limits) {
        writer = new InterpretedWriter(new WritePlan(node, false, limits));
    }

    int write(@Nullable Object value, RecordBuffer out, int at, @Nullable Depth depth) {
        return writer.append(value, out, at, Depth.of(depth));
    }
}
