package io.concordat.avro.interpreter;

import io.concordat.avro.plan.ItemCost;
import io.concordat.avro.plan.ReadNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Reads an array. */
record ArrayReading(ReadNode.Array node, ReadStep items) implements ReadStep {
    /** An array starts no larger than this, and grows with what is really there. */
    static final int FIRST_CAPACITY = 1 << 10;

    @Override
    public Object read(RecordInput in) {
        in.enter();
        ItemCost cost = node.cost();
        int block = in.readBlock(cost);
        List<@Nullable Object> array = empty(Math.min(block, FIRST_CAPACITY));
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

    private List<@Nullable Object> empty(int capacity) {
        return node.isPlain() ? new ArrayList<>(capacity) : new GenericData.Array<>(capacity, node.schema());
    }
}
