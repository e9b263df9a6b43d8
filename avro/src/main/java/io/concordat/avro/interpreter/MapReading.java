package io.concordat.avro.interpreter;

import io.concordat.avro.plan.ItemCost;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a map. */
record MapReading(ReadStep keys, ReadStep values, ItemCost cost) implements ReadStep {
    @Override
    public Object read(RecordInput in) {
        in.enter();
        int block = in.readBlock(cost);
        Map<@Nullable Object, @Nullable Object> map = new HashMap<>(Math.min(block, ArrayReading.FIRST_CAPACITY) * 2);
        for (; block > 0; block = in.readBlock(cost)) {
            for (int i = 0; i < block; i++) {
                Object key = keys.read(in);
                try {
                    map.put(key, values.read(in));
                } catch (Misfit e) {
                    throw e.inElement(String.valueOf(key));
                }
            }
        }
        in.leave();
        return map;
    }
}
