package io.concordat.avro.compiled;

import io.concordat.api.format.RecordBuffer;
import io.concordat.avro.list.BooleanList;
import io.concordat.avro.list.DoubleList;
import io.concordat.avro.list.FloatList;
import io.concordat.avro.list.IntList;
import io.concordat.avro.list.LongList;
import io.concordat.avro.plan.Scalar;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Writes arrays of numbers and truth values, without boxing where the list is one of ours. Room is made for a piece at a time,
 * not for the largest array that could be.
 */
final class Lists {
    private static final int PIECE = 64;

    private Lists() {}

    static String method(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN -> "writeBooleans";
            case INT -> "writeInts";
            case LONG -> "writeLongs";
            case FLOAT -> "writeFloats";
            case DOUBLE -> "writeDoubles";
        };
    }

    static int writeInts(@Nullable Object value, RecordBuffer out, int at) {
        if (!(value instanceof IntList list)) {
            return writeBoxedInts(collection(value), out, at);
        }
        int size = list.size();
        int p = Encodings.writeCount(size, out, at);
        for (int i = 0; i < size; ) {
            int end = Math.min(size, i + PIECE);
            byte[] b = out.ensure(p, PIECE * Encodings.INT);
            for (; i < end; i++) {
                p = Encodings.putInt(list.getInt(i), b, p);
            }
        }
        return Encodings.writeEnd(size, list.size(), out, p);
    }

    private static int writeBoxedInts(Collection<?> values, RecordBuffer out, int at) {
        int size = values.size();
        int p = Encodings.writeCount(size, out, at);
        int written = 0;
        for (Object value : values) {
            p = Encodings.putInt(Values.intOf(value), out.ensure(p, Encodings.INT), p);
            written++;
        }
        return Encodings.writeEnd(size, written, out, p);
    }

    static int writeLongs(@Nullable Object value, RecordBuffer out, int at) {
        if (!(value instanceof LongList list)) {
            return writeBoxedLongs(collection(value), out, at);
        }
        int size = list.size();
        int p = Encodings.writeCount(size, out, at);
        for (int i = 0; i < size; ) {
            int end = Math.min(size, i + PIECE);
            byte[] b = out.ensure(p, PIECE * Encodings.LONG);
            for (; i < end; i++) {
                p = Encodings.putLong(list.getLong(i), b, p);
            }
        }
        return Encodings.writeEnd(size, list.size(), out, p);
    }

    private static int writeBoxedLongs(Collection<?> values, RecordBuffer out, int at) {
        int size = values.size();
        int p = Encodings.writeCount(size, out, at);
        int written = 0;
        for (Object value : values) {
            p = Encodings.putLong(Values.longOf(value), out.ensure(p, Encodings.LONG), p);
            written++;
        }
        return Encodings.writeEnd(size, written, out, p);
    }

    static int writeDoubles(@Nullable Object value, RecordBuffer out, int at) {
        if (!(value instanceof DoubleList list)) {
            return writeBoxedDoubles(collection(value), out, at);
        }
        int size = list.size();
        int p = Encodings.writeCount(size, out, at);
        byte[] b = out.ensure(p, Math.multiplyExact(size, Double.BYTES));
        for (int i = 0; i < size; i++) {
            p = Encodings.putDouble(list.getDouble(i), b, p);
        }
        return Encodings.writeEnd(size, list.size(), out, p);
    }

    private static int writeBoxedDoubles(Collection<?> values, RecordBuffer out, int at) {
        int size = values.size();
        int p = Encodings.writeCount(size, out, at);
        int written = 0;
        for (Object value : values) {
            p = Encodings.putDouble(Values.doubleOf(value), out.ensure(p, Double.BYTES), p);
            written++;
        }
        return Encodings.writeEnd(size, written, out, p);
    }

    static int writeFloats(@Nullable Object value, RecordBuffer out, int at) {
        if (!(value instanceof FloatList list)) {
            return writeBoxedFloats(collection(value), out, at);
        }
        int size = list.size();
        int p = Encodings.writeCount(size, out, at);
        byte[] b = out.ensure(p, Math.multiplyExact(size, Float.BYTES));
        for (int i = 0; i < size; i++) {
            p = Encodings.putFloat(list.getFloat(i), b, p);
        }
        return Encodings.writeEnd(size, list.size(), out, p);
    }

    private static int writeBoxedFloats(Collection<?> values, RecordBuffer out, int at) {
        int size = values.size();
        int p = Encodings.writeCount(size, out, at);
        int written = 0;
        for (Object value : values) {
            p = Encodings.putFloat(Values.floatOf(value), out.ensure(p, Float.BYTES), p);
            written++;
        }
        return Encodings.writeEnd(size, written, out, p);
    }

    static int writeBooleans(@Nullable Object value, RecordBuffer out, int at) {
        if (!(value instanceof BooleanList list)) {
            return writeBoxedBooleans(collection(value), out, at);
        }
        int size = list.size();
        int p = Encodings.writeCount(size, out, at);
        byte[] b = out.ensure(p, size);
        for (int i = 0; i < size; i++) {
            p = Encodings.putBoolean(list.getBoolean(i), b, p);
        }
        return Encodings.writeEnd(size, list.size(), out, p);
    }

    private static int writeBoxedBooleans(Collection<?> values, RecordBuffer out, int at) {
        int size = values.size();
        int p = Encodings.writeCount(size, out, at);
        int written = 0;
        for (Object value : values) {
            p = Encodings.putBoolean(Values.booleanOf(value), out.ensure(p, 1), p);
            written++;
        }
        return Encodings.writeEnd(size, written, out, p);
    }

    private static Collection<?> collection(@Nullable Object value) {
        if (value instanceof Collection<?> collection) {
            return collection;
        }
        throw Refusal.REFUSED;
    }
}
