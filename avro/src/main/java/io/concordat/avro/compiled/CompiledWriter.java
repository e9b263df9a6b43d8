package io.concordat.avro.compiled;

import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordException;
import io.concordat.avro.plan.WritePlan;
import org.jspecify.annotations.Nullable;

/** Writes records by a plan, in bytecode made for it. Safe for many threads. */
public final class CompiledWriter {
    private final RecordWriter code;
    private final boolean countsDepth;
    private final int maxDepth;

    private CompiledWriter(RecordWriter code, WritePlan plan) {
        this.code = code;
        countsDepth = WriterGenerator.countsDepth(plan);
        maxDepth = plan.limits().depth();
    }

    /** Compiles a plan; null if this plan, or this JVM, is not for compiling. */
    public static @Nullable CompiledWriter of(WritePlan plan) {
        if (plan.isBare()) {
            return null; // A copy of the bytes: there is nothing to be won.
        }
        RecordWriter code = HiddenClasses.make(() -> WriterGenerator.generate(plan));
        return code == null ? null : new CompiledWriter(code, plan);
    }

    /**
     * Appends a record.
     *
     * @return false if anything is the matter: nothing is appended then, and the interpreter has to look at the value
     * @throws RecordException if the record is larger than a buffer can be
     */
    public boolean write(@Nullable Object value, RecordBuffer out) {
        int start = out.size();
        try {
            out.moveTo(code.write(value, out, start, countsDepth ? new Depth(maxDepth) : null));
            return true;
        } catch (RecordException e) {
            throw e;
        } catch (Throwable e) {
            HiddenClasses.refused(e);
            out.moveTo(start);
            return false;
        }
    }

    /** The hidden class; for those who wait for it to go. */
    Class<?> hiddenClass() {
        return code.getClass();
    }
}
