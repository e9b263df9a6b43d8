package io.concordat.avro.compiled;

import io.concordat.api.format.RecordBuffer;
import io.concordat.avro.list.BooleanList;
import io.concordat.avro.list.DoubleList;
import io.concordat.avro.list.FloatList;
import io.concordat.avro.list.IntList;
import io.concordat.avro.list.LongList;
import io.concordat.avro.plan.Scalar;

/** Writes our own lists, without boxing. Room is made for a piece at a time, not for the largest array that could be. */
final class Lists {
    private static final int PIECE = 64;

    private Lists() {}

    /** The list that holds such elements. */
    static Class<?> listOf(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN -> BooleanList.class;
            case INT -> IntList.class;
            case LONG -> LongList.class;
            case FLOAT -> FloatList.class;
            case DOUBLE -> DoubleList.class;
        };
    }

    /** The method here that writes it. */
    static String methodFor(Scalar scalar) {
        return switch (scalar) {
            case BOOLEAN -> "writeBooleans";
            case INT -> "writeInts";
            case LONG -> "writeLongs";
            case FLOAT -> "writeFloats";
            case DOUBLE -> "writeDoubles";
        };
    }

    static int writeInts(IntList list, RecordBuffer out, int at) {
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

    static int writeLongs(LongList list, RecordBuffer out, int at) {
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

    static int writeDoubles(DoubleList list, RecordBuffer out, int at) {
        int size = list.size();
        int p = Encodings.writeCount(size, out, at);
        byte[] b = out.ensure(p, Math.multiplyExact(size, Double.BYTES));
        for (int i = 0; i < size; i++) {
            p = Encodings.putDouble(list.getDouble(i), b, p);
        }
        return Encodings.writeEnd(size, list.size(), out, p);
    }

    static int writeFloats(FloatList list, RecordBuffer out, int at) {
        int size = list.size();
        int p = Encodings.writeCount(size, out, at);
        byte[] b = out.ensure(p, Math.multiplyExact(size, Float.BYTES));
        for (int i = 0; i < size; i++) {
            p = Encodings.putFloat(list.getFloat(i), b, p);
        }
        return Encodings.writeEnd(size, list.size(), out, p);
    }

    static int writeBooleans(BooleanList list, RecordBuffer out, int at) {
        int size = list.size();
        int p = Encodings.writeCount(size, out, at);
        byte[] b = out.ensure(p, size);
        for (int i = 0; i < size; i++) {
            p = Encodings.putBoolean(list.getBoolean(i), b, p);
        }
        return Encodings.writeEnd(size, list.size(), out, p);
    }
}
