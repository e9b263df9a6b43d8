package io.concordat.avro.interpreter;

import io.concordat.api.format.RecordException;
import io.concordat.avro.plan.ReadPlan;
import org.jspecify.annotations.Nullable;

/** Reads records by a plan, step by step. Safe for many threads. */
public final class InterpretedReader {
    private final ReadPlan plan;
    private final ReadStep root;

    public InterpretedReader(ReadPlan plan) {
        this.plan = plan;
        root = plan.root().accept(new ReadSteps());
    }

    /**
     * Reads the record between two positions of an array.
     *
     * @param to the position behind the record's last byte
     * @throws RecordException if that is no record; the message names the path
     */
    public @Nullable Object read(byte[] bytes, int from, int to) {
        RecordInput in = new RecordInput(bytes, from, to, plan.limits());
        if (plan.isBare()) {
            in.supplyLength();
        }
        try {
            Object value = root.read(in);
            if (plan.isExact() && in.remaining() > 0) {
                throw new Misfit(in.remaining() + " bytes are left behind the record");
            }
            return value;
        } catch (Misfit e) {
            throw e.toRecordException();
        } catch (StackOverflowError e) {
            throw new RecordException("The record nests too deep for this thread's stack");
        }
    }
}
