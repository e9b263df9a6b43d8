package io.concordat.avro.compiled;

import io.concordat.avro.plan.Limits;
import io.concordat.avro.plan.ReadPlan;
import org.jspecify.annotations.Nullable;

/** Reads records by a plan, in bytecode made for it. Safe for many threads. */
public final class CompiledReader {
    /** Given instead of a value: the interpreter has to look at this record. */
    public static final Object REFUSED = new Object();

    private final RecordReader code;
    private final boolean isExact;
    private final Limits limits;

    private CompiledReader(RecordReader code, ReadPlan plan) {
        this.code = code;
        isExact = plan.isExact();
        limits = plan.limits();
    }

    /** Compiles a plan; null if this plan, or this JVM, is not for compiling. */
    public static @Nullable CompiledReader of(ReadPlan plan) {
        if (plan.isBare()) {
            return null; // A copy of the bytes: there is nothing to be won.
        }
        RecordReader code = HiddenClasses.make(() -> ReaderGenerator.generate(plan));
        return code == null ? null : new CompiledReader(code, plan);
    }

    /**
     * Reads the record between two positions of an array.
     *
     * @param to the position behind the record's last byte
     * @return {@link #REFUSED} if anything is the matter
     */
    public @Nullable Object read(byte[] bytes, int from, int to) {
        Cursor cursor = new Cursor(to, limits.depth(), limits.emptyItems());
        try {
            Object value = code.read(bytes, from, cursor);
            int end = cursor.position;
            boolean isWhole = isExact ? end == to : end >= from && end <= to;
            return isWhole ? value : REFUSED;
        } catch (Throwable e) {
            return HiddenClasses.refused(e);
        }
    }

    /** The hidden class; for those who wait for it to go. */
    Class<?> hiddenClass() {
        return code.getClass();
    }
}
