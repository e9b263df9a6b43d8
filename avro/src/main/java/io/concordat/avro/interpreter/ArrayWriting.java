package io.concordat.avro.interpreter;

import java.util.Collection;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Writes an array. */
record ArrayWriting(Schema schema, WriteStep items) implements WriteStep {
    @Override
    public void write(@Nullable Object value, RecordOutput out) {
        if (!(value instanceof Collection<?> collection)) {
            throw Found.instead(schema, value);
        }
        out.enter();
        int size = collection.size();
        if (size > 0) {
            out.writeLong(size);
        }
        int index = 0;
        for (Object item : collection) {
            try {
                items.write(item, out);
            } catch (Misfit e) {
                throw e.inElement(index);
            }
            index++;
        }
        requireUnchanged(size, index);
        out.writeLong(0);
        out.leave();
    }

    static void requireUnchanged(int size, int written) {
        if (size != written) {
            throw new Misfit(
                    "its size was " + size + " at first and " + written + " in the end: it was changed meanwhile");
        }
    }
}
