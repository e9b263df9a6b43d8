package io.concordat.avro.compiled;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * What compiled code needs while it reads a record. It keeps the position in a variable and hands it to each method here,
 * which leaves the next one in {@link #position}. Reading beyond the record's end shows at the latest when the record is
 * done, since the position never goes back; what is allocated is checked against the end before.
 */
final class Cursor {
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final char REPLACEMENT = '\uFFFD';
    private static final int FIRST_CAPACITY = 1 << 10;

    /** Where the next value begins. */
    int position;

    private final int limit;
    private final int maxDepth;
    private int emptyItemsLeft;
    private int depth;

    Cursor(int limit, int maxDepth, int emptyItems) {
        this.limit = limit;
        this.maxDepth = maxDepth;
        emptyItemsLeft = emptyItems;
    }

    /** For other bytes, at this depth. */
    Cursor within(byte[] other) {
        Cursor cursor = new Cursor(other.length, maxDepth, 1 << 16);
        cursor.depth = depth;
        return cursor;
    }

    int limit() {
        return limit;
    }

    void enter() {
        depth++;
        if (depth > maxDepth) {
            throw Refusal.REFUSED;
        }
    }

    void leave() {
        depth--;
    }

    static float floatAt(byte[] b, int at) {
        return (float) FLOATS.get(b, at);
    }

    static double doubleAt(byte[] b, int at) {
        return (double) DOUBLES.get(b, at);
    }

    int readInt(byte[] b, int at) {
        int first = b[at];
        if (first >= 0) {
            position = at + 1;
            return (first >>> 1) ^ -(first & 1);
        }
        return readLongerInt(b, at, first);
    }

    private int readLongerInt(byte[] b, int at, int first) {
        int next = b[at + 1];
        int value = (first & 0x7F) | ((next & 0x7F) << 7);
        if (next >= 0) {
            position = at + 2;
            return (value >>> 1) ^ -(value & 1);
        }
        for (int i = 2; i < 5; i++) {
            next = b[at + i];
            value |= (next & 0x7F) << (7 * i);
            if (next >= 0) {
                position = at + i + 1;
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw Refusal.REFUSED;
    }

    long readLong(byte[] b, int at) {
        int first = b[at];
        if (first >= 0) {
            position = at + 1;
            return (first >>> 1) ^ -(first & 1);
        }
        return readLongerLong(b, at, first);
    }

    private long readLongerLong(byte[] b, int at, int first) {
        long value = first & 0x7F;
        for (int i = 1; i < 10; i++) {
            int next = b[at + i];
            value |= (next & 0x7FL) << (7 * i);
            if (next >= 0) {
                position = at + i + 1;
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw Refusal.REFUSED;
    }

    /** A length that lies within the record; the position is that of the first byte. */
    int readLength(byte[] b, int at) {
        int first = b[at];
        if (first >= 0 && (first & 1) == 0) {
            int length = first >>> 1;
            position = at + 1;
            if (length <= limit - position) {
                return length;
            }
            throw Refusal.REFUSED;
        }
        return checkedLength(readLong(b, at));
    }

    private int checkedLength(long length) {
        if (length < 0 || length > limit - position) {
            throw Refusal.REFUSED;
        }
        return (int) length;
    }

    String readString(byte[] b, int at) {
        int length = readLength(b, at);
        int start = position;
        position = start + length;
        String text = new String(b, start, length, UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireUtf8(b, start, length);
        }
        return text;
    }

    private static void requireUtf8(byte[] b, int start, int length) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(b, start, length));
        } catch (CharacterCodingException e) {
            throw Refusal.REFUSED;
        }
    }

    Utf8 readUtf8(byte[] b, int at) {
        return new Utf8(readBytes(b, at));
    }

    ByteBuffer readBuffer(byte[] b, int at) {
        return ByteBuffer.wrap(readBytes(b, at));
    }

    byte[] readBytes(byte[] b, int at) {
        int length = readLength(b, at);
        return copy(b, position, length);
    }

    /** Unlike a copy of a range, whose array the JVM fills with zeros first. */
    private byte[] copy(byte[] b, int from, int length) {
        byte[] bytes = new byte[length];
        System.arraycopy(b, from, bytes, 0, length);
        position = from + length;
        return bytes;
    }

    byte[] readFixed(byte[] b, int at, int size) {
        if (size > limit - at) {
            throw Refusal.REFUSED;
        }
        return copy(b, at, size);
    }

    void skip(int at, int size) {
        if (size > limit - at) {
            throw Refusal.REFUSED;
        }
        position = at + size;
    }

    void skipPrefixed(byte[] b, int at) {
        int length = readLength(b, at);
        position += length;
    }

    Object readSymbol(byte[] b, int at, @Nullable Object[] values) {
        Object value = values[readInt(b, at)];
        if (value == null) {
            throw Refusal.REFUSED;
        }
        return value;
    }

    void skipSymbol(byte[] b, int at, int symbols) {
        int index = readInt(b, at);
        if (index < 0 || index >= symbols) {
            throw Refusal.REFUSED;
        }
    }

    /** How many items the next block has, each of so many bytes at least; 0 at the end. */
    int readBlock(byte[] b, int at, int itemBytes) {
        if (b[at] == 0) {
            position = at + 1;
            return 0;
        }
        long count = readCount(b, at);
        if (count < 0 || count > (limit - position) / itemBytes) {
            throw Refusal.REFUSED;
        }
        return (int) count;
    }

    /** How many items the next block has, each without bytes, but filling so many places; 0 at the end. */
    int readEmptyBlock(byte[] b, int at, int places) {
        return takeEmpty(readCount(b, at), places);
    }

    private int takeEmpty(long count, int places) {
        if (count < 0 || count > emptyItemsLeft / places) {
            throw Refusal.REFUSED;
        }
        emptyItemsLeft -= (int) count * places;
        return (int) count;
    }

    private long readCount(byte[] b, int at) {
        long count = readLong(b, at);
        if (count < 0) {
            if (readLong(b, position) < 0) { // The size in bytes, for those who skip.
                throw Refusal.REFUSED;
            }
            count = -count;
        }
        return count;
    }

    /** As {@link #readBlock}, but passes over blocks whose size in bytes is given. */
    int skipBlock(byte[] b, int at, int itemBytes) {
        long count = skipSized(b, at);
        if (count > (limit - position) / itemBytes) {
            throw Refusal.REFUSED;
        }
        return (int) count;
    }

    /** As {@link #readEmptyBlock}, but passes over blocks whose size in bytes is given. */
    int skipEmptyBlock(byte[] b, int at, int places) {
        return takeEmpty(skipSized(b, at), places);
    }

    private long skipSized(byte[] b, int at) {
        long count = readLong(b, at);
        while (count < 0) {
            int size = checkedLength(readLong(b, position));
            count = readLong(b, position + size);
        }
        return count;
    }

    /** How large a collection is at first: it grows with what is really there. */
    static int capacity(int count) {
        return Math.min(count, FIRST_CAPACITY);
    }
}
