package io.concordat.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.util.Utf8;

/**
 * The bytes of one record, read from front to back. Whatever they claim, no more is allocated than they could stand
 * for: a length must lie within what is left, and all blocks together may announce only as many items as there are bytes,
 * with some to spare for items that take none.
 */
final class RecordInput {
    /** How deep a value may nest: a schema that refers to itself sets no limit. */
    static final int MAX_DEPTH = 500;

    private static final int ITEMS_WITHOUT_BYTES = 1 << 16;

    private static final int NO_LENGTH = -1;

    private final byte[] bytes;
    private final int limit;
    private int position;
    private long itemsLeft;
    private int depth;
    private int bareLength = NO_LENGTH;

    private RecordInput(byte[] bytes, int position, int limit) {
        this.bytes = bytes;
        this.position = position;
        this.limit = limit;
        itemsLeft = (long) limit - position + ITEMS_WITHOUT_BYTES;
    }

    static RecordInput of(byte[] bytes) {
        return new RecordInput(bytes, 0, bytes.length);
    }

    /** What lies between the buffer's position and limit, which stay where they are. */
    static RecordInput of(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            int start = buffer.arrayOffset() + buffer.position();
            return new RecordInput(buffer.array(), start, start + buffer.remaining());
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(buffer.position(), copy);
        return of(copy);
    }

    /** As {@link #of(ByteBuffer)}, but the first length is not in the bytes: it is that of them all. */
    static RecordInput withLength(ByteBuffer buffer) {
        RecordInput in = of(buffer);
        in.bareLength = in.limit - in.position;
        return in;
    }

    void enter() {
        depth++;
        if (depth > MAX_DEPTH) {
            throw new Misfit("the record nests more than " + MAX_DEPTH + " levels deep");
        }
    }

    void leave() {
        depth--;
    }

    boolean readBoolean() {
        return readByte() == 1;
    }

    int readInt() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = readByte();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new Misfit("an int has more than 5 bytes");
    }

    long readLong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new Misfit("a long has more than 10 bytes");
    }

    float readFloat() {
        return Float.intBitsToFloat((int) readLittleEndian(Float.BYTES));
    }

    double readDouble() {
        return Double.longBitsToDouble(readLittleEndian(Double.BYTES));
    }

    private long readLittleEndian(int length) {
        int start = take(length);
        long bits = 0;
        for (int i = length - 1; i >= 0; i--) {
            bits = (bits << Byte.SIZE) | (bytes[start + i] & 0xFF);
        }
        return bits;
    }

    Utf8 readUtf8() {
        return new Utf8(readBytes());
    }

    String readString() {
        int length = readLength();
        return new String(bytes, take(length), length, UTF_8);
    }

    byte[] readBytes() {
        return readFixed(readLength());
    }

    byte[] readFixed(int length) {
        int start = take(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    void skipLengthPrefixed() {
        take(readLength());
    }

    void skip(int length) {
        take(length);
    }

    /** The number of a union's branch or an enum's symbol. */
    int readIndex(int size, String what) {
        int index = readInt();
        if (index < 0 || index >= size) {
            throw new Misfit("there is no " + what + " " + index + ": the schema has " + size);
        }
        return index;
    }

    /** How many items the next block of a collection has; 0 at its end. */
    long readBlock() {
        long count = readLong();
        if (count < 0) {
            readLong(); // The size in bytes, for those who skip.
            count = -count;
        }
        return announced(count);
    }

    /** As {@link #readBlock()}, but passes over blocks whose size in bytes is given. */
    long skipBlocks() {
        long count = readLong();
        while (count < 0) {
            take(length(readLong()));
            count = readLong();
        }
        return announced(count);
    }

    private long announced(long count) {
        if (count < 0 || count > itemsLeft) {
            throw new Misfit("a block of " + count + " items cannot be in the " + (limit - position) + " bytes left");
        }
        itemsLeft -= count;
        return count;
    }

    private int readLength() {
        if (bareLength != NO_LENGTH) {
            int length = bareLength;
            bareLength = NO_LENGTH;
            return length;
        }
        return length(readLong());
    }

    private int length(long length) {
        if (length < 0 || length > limit - position) {
            throw new Misfit("a length of " + length + " is not within the " + (limit - position) + " bytes left");
        }
        return (int) length;
    }

    private byte readByte() {
        if (position >= limit) {
            throw new Misfit("the record ends too early");
        }
        return bytes[position++];
    }

    private int take(int length) {
        if (length > limit - position) {
            throw new Misfit(
                    "the record ends too early: " + length + " bytes are wanted, " + (limit - position) + " are left");
        }
        int start = position;
        position += length;
        return start;
    }
}
