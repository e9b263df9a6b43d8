package io.concordat.api.format;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * A growing array of bytes that is filled from the front and copied out once. For one thread at a time; meant to be kept
 * and used again.
 *
 * <p>Who writes very often may do so in the array itself, with a position of its own: {@link #ensure} before, {@link #moveTo}
 * when all is written.
 */
public final class RecordBuffer extends OutputStream {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** A kept buffer does not stay larger than this, so that one huge record does not cost its size for ever. */
    private static final int KEPT = 1 << 20;

    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private byte[] bytes;
    private int size;

    public RecordBuffer(int initialCapacity) {
        bytes = new byte[initialCapacity];
    }

    /** Forgets what was written. */
    public void reset() {
        size = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[KEPT];
        }
    }

    /** How many bytes were written. */
    public int size() {
        return size;
    }

    /**
     * The array with room for so many bytes behind a position, what stands before it kept. Every array given earlier is
     * out of use then.
     *
     * @throws RecordException if no array can be that large
     */
    public byte[] ensure(int position, int more) {
        if (more > bytes.length - position) {
            grow(position, more);
        }
        return bytes;
    }

    /** Says that what stands before a position of the array was written, and nothing else. */
    public void moveTo(int position) {
        Objects.checkIndex(position, bytes.length + 1);
        size = position;
    }

    @Override
    public void write(int value) {
        require(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        require(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /** Appends four bytes, the most significant first. */
    public void writeInt(int value) {
        require(Integer.BYTES);
        INTS.set(bytes, size, value);
        size += Integer.BYTES;
    }

    /** An exact copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void require(int more) {
        ensure(size, more);
    }

    private void grow(int position, int more) {
        int needed = position + more;
        if (needed < 0 || needed > LARGEST) {
            throw new RecordException("The record is larger than a Java array can be");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max((long) bytes.length * 2, needed)));
    }
}
