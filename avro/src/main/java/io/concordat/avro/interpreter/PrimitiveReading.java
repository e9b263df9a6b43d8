package io.concordat.avro.interpreter;

import io.concordat.avro.list.BooleanList;
import io.concordat.avro.list.DoubleList;
import io.concordat.avro.list.FloatList;
import io.concordat.avro.list.IntList;
import io.concordat.avro.list.LongList;
import io.concordat.avro.plan.ItemCost;
import io.concordat.avro.plan.ReadNode;
import io.concordat.avro.plan.Scalar;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/** Reads an array of numbers or truth values. */
final class PrimitiveReading<L extends List<?>> implements ReadStep {
    /** Reads one element. */
    private interface Element<L> {
        void add(L list, RecordInput in);
    }

    private final Supplier<L> lists;
    private final Element<L> element;
    private final ItemCost cost;

    private PrimitiveReading(Supplier<L> lists, Element<L> element, ItemCost cost) {
        this.lists = lists;
        this.element = element;
        this.cost = cost;
    }

    static ReadStep of(ReadNode.Array node, ReadNode.Primitive items) {
        Schema schema = node.schema();
        ItemCost cost = node.cost();
        Scalar written = items.written();
        return switch (items.read()) {
            case BOOLEAN ->
                new PrimitiveReading<>(
                        () -> BooleanList.wrap(schema, new boolean[0], 0),
                        (list, in) -> list.addBoolean(in.readBoolean()),
                        cost);
            case INT ->
                new PrimitiveReading<>(
                        () -> IntList.wrap(schema, new int[0], 0), (list, in) -> list.addInt(in.readInt()), cost);
            case LONG ->
                new PrimitiveReading<>(
                        () -> LongList.wrap(schema, new long[0], 0),
                        written == Scalar.INT
                                ? (list, in) -> list.addLong(in.readInt())
                                : (list, in) -> list.addLong(in.readLong()),
                        cost);
            case FLOAT -> new PrimitiveReading<>(() -> FloatList.wrap(schema, new float[0], 0), toFloat(written), cost);
            case DOUBLE ->
                new PrimitiveReading<>(() -> DoubleList.wrap(schema, new double[0], 0), toDouble(written), cost);
        };
    }

    private static Element<FloatList> toFloat(Scalar written) {
        return switch (written) {
            case INT -> (list, in) -> list.addFloat((float) in.readInt());
            case LONG -> (list, in) -> list.addFloat((float) in.readLong());
            default -> (list, in) -> list.addFloat(in.readFloat());
        };
    }

    private static Element<DoubleList> toDouble(Scalar written) {
        return switch (written) {
            case INT -> (list, in) -> list.addDouble(in.readInt());
            case LONG -> (list, in) -> list.addDouble((double) in.readLong());
            case FLOAT -> (list, in) -> list.addDouble(in.readFloat());
            default -> (list, in) -> list.addDouble(in.readDouble());
        };
    }

    @Override
    public Object read(RecordInput in) {
        in.enter();
        L list = lists.get();
        for (int block = in.readBlock(cost); block > 0; block = in.readBlock(cost)) {
            for (int i = 0; i < block; i++) {
                try {
                    element.add(list, in);
                } catch (Misfit e) {
                    throw e.inElement(list.size());
                }
            }
        }
        in.leave();
        return list;
    }
}
