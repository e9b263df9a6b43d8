package io.concordat.avro.compiled;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.format.RecordBuffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro's encodings, as functions from a value and a position to the next position. Those that take an array trust that there
 * is room; those that take a buffer see to it.
 */
final class Encodings {
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    /** The longest encoding of an int. */
    static final int INT = 5;

    /** The longest encoding of a long. */
    static final int LONG = 10;

    private Encodings() {}

    static int putBoolean(boolean value, byte[] b, int at) {
        b[at] = (byte) (value ? 1 : 0);
        return at + 1;
    }

    static int putInt(int value, byte[] b, int at) {
        int bits = (value << 1) ^ (value >> 31);
        if (bits >>> 7 == 0) {
            b[at] = (byte) bits;
            return at + 1;
        }
        if (bits >>> 14 == 0) {
            b[at] = (byte) (bits | 0x80);
            b[at + 1] = (byte) (bits >>> 7);
            return at + 2;
        }
        return putLongerInt(bits, b, at);
    }

    private static int putLongerInt(int bits, byte[] b, int at) {
        int rest = bits;
        int p = at;
        while (rest >>> 7 != 0) {
            b[p++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        b[p++] = (byte) rest;
        return p;
    }

    static int putLong(long value, byte[] b, int at) {
        long bits = (value << 1) ^ (value >> 63);
        if (bits >>> 7 == 0) {
            b[at] = (byte) bits;
            return at + 1;
        }
        return putLongerLong(bits, b, at);
    }

    private static int putLongerLong(long bits, byte[] b, int at) {
        long rest = bits;
        int p = at;
        while (rest >>> 7 != 0) {
            b[p++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        b[p++] = (byte) rest;
        return p;
    }

    static int putFloat(float value, byte[] b, int at) {
        FLOATS.set(b, at, value);
        return at + Float.BYTES;
    }

    static int putDouble(double value, byte[] b, int at) {
        DOUBLES.set(b, at, value);
        return at + Double.BYTES;
    }

    static int putFixed(@Nullable Object value, int size, byte[] b, int at) {
        byte[] bytes = value instanceof GenericFixed fixed ? fixed.bytes() : (byte[]) value;
        if (bytes == null || bytes.length != size) {
            throw Refusal.REFUSED;
        }
        System.arraycopy(bytes, 0, b, at, size);
        return at + size;
    }

    /** As {@link #putFixed}, for what is too large to be given room beforehand. */
    static int writeFixed(@Nullable Object value, int size, RecordBuffer out, int at) {
        return putFixed(value, size, out.ensure(at, size), at);
    }

    static int writeText(@Nullable Object value, RecordBuffer out, int at) {
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(UTF_8);
            return writeWithLength(bytes, bytes.length, out, at);
        }
        if (value instanceof Utf8 text) {
            return writeWithLength(text.getBytes(), text.getByteLength(), out, at);
        }
        if (value instanceof CharSequence text) {
            byte[] bytes = text.toString().getBytes(UTF_8);
            return writeWithLength(bytes, bytes.length, out, at);
        }
        throw Refusal.REFUSED;
    }

    private static int writeWithLength(byte[] bytes, int length, RecordBuffer out, int at) {
        byte[] b = out.ensure(at, length + INT);
        int start = putInt(length, b, at);
        System.arraycopy(bytes, 0, b, start, length);
        return start + length;
    }

    /** A key of a map: text, or what prints as such. */
    static int writeKey(@Nullable Object key, RecordBuffer out, int at) {
        if (key == null) {
            throw Refusal.REFUSED;
        }
        return writeText(key instanceof CharSequence ? key : key.toString(), out, at);
    }

    static int writeBytes(@Nullable Object value, RecordBuffer out, int at) {
        if (value instanceof ByteBuffer buffer) {
            int length = buffer.remaining();
            byte[] b = out.ensure(at, length + INT);
            int start = putInt(length, b, at);
            buffer.get(buffer.position(), b, start, length);
            return start + length;
        }
        if (value instanceof byte[] bytes) {
            return writeWithLength(bytes, bytes.length, out, at);
        }
        throw Refusal.REFUSED;
    }

    static int writeAll(byte[] bytes, RecordBuffer out, int at) {
        System.arraycopy(bytes, 0, out.ensure(at, bytes.length), at, bytes.length);
        return at + bytes.length;
    }

    /** The number of items, which an empty collection does not have. */
    static int writeCount(int size, RecordBuffer out, int at) {
        return size == 0 ? at : putInt(size, out.ensure(at, INT), at);
    }

    /** The end of a collection, of which so many items were announced and so many written. */
    static int writeEnd(int announced, int written, RecordBuffer out, int at) {
        if (announced != written) {
            throw Refusal.REFUSED;
        }
        out.ensure(at, 1)[at] = 0;
        return at + 1;
    }
}
