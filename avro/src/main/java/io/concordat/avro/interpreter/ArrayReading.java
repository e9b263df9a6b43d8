package io.concordat.avro.interpreter;

import io.concordat.avro.plan.ItemCost;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Reads an array. */
record ArrayReading(Schema schema, ReadStep items, ItemCost cost) implements ReadStep {
    /** An array starts no larger than this, and grows with what is really there. */
    static final int FIRST_CAPACITY = 1 << 10;

    @Override
    public Object read(RecordInput in) {
        in.enter();
        int block = in.readBlock(cost);
        GenericData.Array<@Nullable Object> array = new GenericData.Array<>(Math.min(block, FIRST_CAPACITY), schema);
        while (block > 0) {
            for (int i = 0; i < block; i++) {
                try {
                    array.add(items.read(in));
                } catch (Misfit e) {
                    throw e.inElement(array.size());
                }
            }
            block = in.readBlock(cost);
        }
        in.leave();
        return array;
    }
}
