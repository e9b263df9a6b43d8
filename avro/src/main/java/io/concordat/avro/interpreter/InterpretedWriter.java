package io.concordat.avro.interpreter;

import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordException;
import io.concordat.avro.plan.WritePlan;
import org.jspecify.annotations.Nullable;

/** Writes records by a plan, step by step. Safe for many threads. */
public final class InterpretedWriter {
    private final WritePlan plan;
    private final WriteStep root;

    public InterpretedWriter(WritePlan plan) {
        this.plan = plan;
        root = plan.root().accept(new WriteSteps(plan.isBare()));
    }

    /**
     * Appends a record.
     *
     * @throws RecordException if the value does not fit the schema; the message names the path
     */
    public void write(@Nullable Object value, RecordBuffer buffer) {
        RecordOutput out = new RecordOutput(buffer, 0, plan.limits());
        try {
            root.write(value, out);
        } catch (Misfit e) {
            throw e.toRecordException();
        } catch (RecordException e) {
            throw e;
        } catch (StackOverflowError e) {
            throw new RecordException("The value nests too deep for this thread's stack");
        } catch (RuntimeException e) {
            // From the value's own methods, or because another thread changes it meanwhile.
            throw new RecordException("The value cannot be written: " + e, e);
        }
    }

    /**
     * Writes a part of a record that is being written by someone else.
     *
     * @param depth how deep in the record it stands
     * @return the position behind it
     * @throws RuntimeException of any kind if the value does not fit
     */
    public int append(@Nullable Object value, RecordBuffer buffer, int position, int depth) {
        buffer.moveTo(position);
        root.write(value, new RecordOutput(buffer, depth, plan.limits()));
        return buffer.size();
    }
}
