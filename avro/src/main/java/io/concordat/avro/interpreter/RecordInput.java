package io.concordat.avro.interpreter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.avro.plan.ItemCost;
import io.concordat.avro.plan.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.apache.avro.util.Utf8;

/**
 * The bytes of one record, read from front to back. Whatever they claim, no more is allocated than they could stand
 * for: a length must lie within what is left, and so must the items that a block announces, at the least that one takes. Of
 * items that take no bytes there may be only so many in a record.
 */
final class RecordInput {
    private static final int NO_LENGTH = -1;
    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] bytes;
    private final int limit;
    private int position;
    private final int maxDepth;
    private long emptyItemsLeft;
    private int depth;
    private int bareLength = NO_LENGTH;

    RecordInput(byte[] bytes, int position, int limit, Limits limits) {
        this.bytes = bytes;
        this.position = position;
        this.limit = limit;
        maxDepth = limits.depth();
        emptyItemsLeft = limits.emptyItems();
    }

    /** Other bytes, read as deep in the record as this. */
    RecordInput within(byte[] other) {
        RecordInput in = new RecordInput(other, 0, other.length, new Limits(maxDepth, Limits.DEFAULT.emptyItems()));
        in.depth = depth;
        return in;
    }

    /** As if the first length were in the bytes: it is that of them all. */
    void supplyLength() {
        bareLength = limit - position;
    }

    int remaining() {
        return limit - position;
    }

    void enter() {
        depth++;
        if (depth > maxDepth) {
            throw new Misfit("the record nests more than " + maxDepth + " levels deep");
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
        int start = take(length);
        String text = new String(bytes, start, length, UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireUtf8(start, length);
        }
        return text;
    }

    /** The replacement character may have been in the text. */
    private void requireUtf8(int start, int length) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
        } catch (CharacterCodingException e) {
            throw new Misfit("the text is not UTF-8", e);
        }
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
    int readBlock(ItemCost cost) {
        long count = readLong();
        if (count < 0) {
            requireSize(readLong()); // For those who skip.
            count = -count;
        }
        return announced(count, cost);
    }

    private static void requireSize(long bytes) {
        if (bytes < 0) {
            throw new Misfit("a block has a size of " + bytes + " bytes");
        }
    }

    /** As {@link #readBlock}, but passes over blocks whose size in bytes is given. */
    int skipBlocks(ItemCost cost) {
        long count = readLong();
        while (count < 0) {
            take(length(readLong()));
            count = readLong();
        }
        return announced(count, cost);
    }

    private int announced(long count, ItemCost cost) {
        boolean isThere = cost.bytes() > 0
                ? count >= 0 && count <= remaining() / cost.bytes()
                : count >= 0 && count <= emptyItemsLeft / cost.places();
        if (!isThere) {
            throw new Misfit("a block of " + count + " items cannot be in the " + remaining() + " bytes left");
        }
        emptyItemsLeft -= count * cost.places();
        return (int) count;
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
