package io.concordat.avro.list;

import java.util.Arrays;
import java.util.Objects;
import org.apache.avro.Schema;

/** A list of {@code long}s. */
public final class LongList extends PrimitiveList<Long> {
    private static final Schema SCHEMA = Schema.createArray(Schema.create(Schema.Type.LONG));

    private long[] elements;

    private LongList(Schema schema, long[] elements, int size) {
        super(schema, size);
        this.elements = elements;
    }

    /** An empty list. */
    public LongList() {
        this(SCHEMA, new long[0], 0);
    }

    /** A list of a copy of these elements. */
    public static LongList of(long... elements) {
        return new LongList(SCHEMA, elements.clone(), elements.length);
    }

    /**
     * A list over an array, which is the list's own from then on.
     *
     * @param schema of the array
     * @param size how many elements there are, from the front
     */
    public static LongList wrap(Schema schema, long[] elements, int size) {
        Objects.checkFromIndexSize(0, size, elements.length);
        return new LongList(schema, elements, size);
    }

    public long getLong(int index) {
        Objects.checkIndex(index, size);
        return elements[index];
    }

    public void setLong(int index, long element) {
        Objects.checkIndex(index, size);
        elements[index] = element;
    }

    public void addLong(long element) {
        int index = grow();
        elements[index] = element;
    }

    /** A copy of the elements. */
    public long[] toLongArray() {
        return Arrays.copyOf(elements, size);
    }

    /** The elements, without a copy if that can be; the list is empty then. */
    public long[] take() {
        long[] taken = elements.length == size ? elements : toLongArray();
        elements = new long[0];
        size = 0;
        modCount++;
        return taken;
    }

    @Override
    public Long get(int index) {
        return getLong(index);
    }

    @Override
    public Long set(int index, Long element) {
        long old = getLong(index);
        elements[index] = element;
        return old;
    }

    @Override
    public boolean add(Long element) {
        addLong(element);
        return true;
    }

    @Override
    int capacity() {
        return elements.length;
    }

    @Override
    void setCapacity(int capacity) {
        elements = Arrays.copyOf(elements, capacity);
    }

    @Override
    void move(int from, int to, int count) {
        System.arraycopy(elements, from, elements, to, count);
    }
}
