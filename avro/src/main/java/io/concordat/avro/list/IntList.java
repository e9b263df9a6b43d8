package io.concordat.avro.list;

import java.util.Arrays;
import java.util.Objects;
import org.apache.avro.Schema;

/** A list of {@code int}s. */
public final class IntList extends PrimitiveList<Integer> {
    private static final Schema SCHEMA = Schema.createArray(Schema.create(Schema.Type.INT));

    private int[] elements;

    private IntList(Schema schema, int[] elements, int size) {
        super(schema, size);
        this.elements = elements;
    }

    /** An empty list. */
    public IntList() {
        this(SCHEMA, new int[0], 0);
    }

    /** A list of a copy of these elements. */
    public static IntList of(int... elements) {
        return new IntList(SCHEMA, elements.clone(), elements.length);
    }

    /**
     * A list over an array, which is the list's own from then on.
     *
     * @param schema of the array
     * @param size how many elements there are, from the front
     */
    public static IntList wrap(Schema schema, int[] elements, int size) {
        Objects.checkFromIndexSize(0, size, elements.length);
        return new IntList(schema, elements, size);
    }

    public int getInt(int index) {
        Objects.checkIndex(index, size);
        return elements[index];
    }

    public void setInt(int index, int element) {
        Objects.checkIndex(index, size);
        elements[index] = element;
    }

    public void addInt(int element) {
        int index = grow();
        elements[index] = element;
    }

    /** A copy of the elements. */
    public int[] toIntArray() {
        return Arrays.copyOf(elements, size);
    }

    /** The elements, without a copy if that can be; the list is empty then. */
    public int[] take() {
        int[] taken = elements.length == size ? elements : toIntArray();
        elements = new int[0];
        size = 0;
        modCount++;
        return taken;
    }

    @Override
    public Integer get(int index) {
        return getInt(index);
    }

    @Override
    public Integer set(int index, Integer element) {
        int old = getInt(index);
        elements[index] = element;
        return old;
    }

    @Override
    public boolean add(Integer element) {
        addInt(element);
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
