package io.concordat.avro.interpreter;

import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Writes a map. */
record MapWriting(Schema schema, WriteStep values) implements WriteStep {
    private static final int MAX_PRINTED = 100;

    @Override
    public void write(@Nullable Object value, RecordOutput out) {
        if (!(value instanceof Map<?, ?> map)) {
            throw Found.instead(schema, value);
        }
        out.enter();
        int size = map.size();
        if (size > 0) {
            out.writeLong(size);
        }
        int written = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getKey() == null) {
                throw new Misfit("a map with a null key cannot be written");
            }
            out.writeText(
                    entry.getKey() instanceof CharSequence text
                            ? text
                            : entry.getKey().toString());
            try {
                values.write(entry.getValue(), out);
            } catch (Misfit e) {
                throw e.inElement(print(entry.getKey().toString()));
            }
            written++;
        }
        ArrayWriting.requireUnchanged(size, written);
        out.writeLong(0);
        out.leave();
    }

    private static String print(String key) {
        return key.length() > MAX_PRINTED ? key.substring(0, MAX_PRINTED) + "..." : key;
    }
}
