package io.concordat.avro.compiled;

import io.concordat.avro.plan.SymbolNumbers;
import io.concordat.avro.plan.WriteNode;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What compiled code asks of values, with the cases first that are usual. */
final class Values {
    private Values() {}

    static int intOf(@Nullable Object value) {
        return value instanceof Integer number ? number : intOf(wholeOf(value));
    }

    static int intOf(long value) {
        if ((int) value != value) {
            throw Refusal.REFUSED;
        }
        return (int) value;
    }

    static long longOf(@Nullable Object value) {
        return value instanceof Long number ? number : wholeOf(value);
    }

    private static long wholeOf(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        throw Refusal.REFUSED;
    }

    static float floatOf(@Nullable Object value) {
        return value instanceof Float number ? number : numberOf(value).floatValue();
    }

    static double doubleOf(@Nullable Object value) {
        return value instanceof Double number ? number : numberOf(value).doubleValue();
    }

    private static Number numberOf(@Nullable Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw Refusal.REFUSED;
    }

    static boolean booleanOf(@Nullable Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw Refusal.REFUSED;
    }

    static int symbolOf(@Nullable Object value, SymbolNumbers numbers) {
        int number = value == null ? SymbolNumbers.NONE : numbers.numberOf(value);
        if (number == SymbolNumbers.NONE) {
            throw Refusal.REFUSED;
        }
        return number;
    }

    static void requireNull(@Nullable Object value) {
        if (value != null) {
            throw Refusal.REFUSED;
        }
    }

    static boolean isExactly(@Nullable Object value, Class<?> type) {
        return value != null && value.getClass() == type;
    }

    static @Nullable Object rawOf(@Nullable Object value, WriteNode.Logical node) {
        if (value == null) {
            return null;
        }
        Schema schema = node.schema();
        LogicalType logicalType = schema.getLogicalType();
        Conversion<?> conversion = node.model().getConversionByClass(value.getClass(), logicalType);
        return conversion == null ? value : Conversions.convertToRawType(value, schema, logicalType, conversion);
    }
}
