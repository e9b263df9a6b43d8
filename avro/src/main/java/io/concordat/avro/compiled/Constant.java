package io.concordat.avro.compiled;

import io.concordat.avro.interpreter.InterpretedReader;
import io.concordat.avro.plan.Limits;
import io.concordat.avro.plan.ReadNode;
import io.concordat.avro.plan.ReadPlan;
import org.apache.avro.generic.GenericEnumSymbol;
import org.jspecify.annotations.Nullable;

/**
 * A default that is the same object each time, since it cannot be changed.
 *
 * @param value null where the default is null
 */
record Constant(@Nullable Object value) {
    /** The constant that a default is; null if it is none. */
    static @Nullable Constant of(ReadNode.Default node) {
        ReadPlan plan = new ReadPlan(node.value(), false, false, Limits.DEFAULT);
        Object value = new InterpretedReader(plan).read(node.bytes(), 0, node.bytes().length);
        return isUnchangeable(value) ? new Constant(value) : null;
    }

    private static boolean isUnchangeable(@Nullable Object value) {
        return value == null
                || value instanceof String
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Float
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof Enum<?>
                || value instanceof GenericEnumSymbol<?>;
    }
}
