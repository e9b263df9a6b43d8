package io.concordat.avro.list;

import java.util.Arrays;
import java.util.Objects;
import org.apache.avro.Schema;

/** A list of {@code boolean}s. */
public final class BooleanList extends PrimitiveList<Boolean> {
    private static final Schema SCHEMA = Schema.createArray(Schema.create(Schema.Type.BOOLEAN));

    private boolean[] elements;

    private BooleanList(Schema schema, boolean[] elements, int size) {
        super(schema, size);
        this.elements = elements;
    }

    /** An empty list. */
    public BooleanList() {
        this(SCHEMA, new boolean[0], 0);
    }

    /** A list of a copy of these elements. */
    public static BooleanList of(boolean... elements) {
        return new BooleanList(SCHEMA, elements.clone(), elements.length);
    }

    /**
     * A list over an array, which is the list's own from then on.
     *
     * @param schema of the array
     * @param size how many elements there are, from the front
     */
    public static BooleanList wrap(Schema schema, boolean[] elements, int size) {
        Objects.checkFromIndexSize(0, size, elements.length);
        return new BooleanList(schema, elements, size);
    }

    public boolean getBoolean(int index) {
        Objects.checkIndex(index, size);
        return elements[index];
    }

    public void setBoolean(int index, boolean element) {
        Objects.checkIndex(index, size);
        elements[index] = element;
    }

    public void addBoolean(boolean element) {
        int index = grow();
        elements[index] = element;
    }

    /** A copy of the elements. */
    public boolean[] toBooleanArray() {
        return Arrays.copyOf(elements, size);
    }

    /** The elements, without a copy if that can be; the list is empty then. */
    public boolean[] take() {
        boolean[] taken = elements.length == size ? elements : toBooleanArray();
        elements = new boolean[0];
        size = 0;
        modCount++;
        return taken;
    }

    @Override
    public Boolean get(int index) {
        return getBoolean(index);
    }

    @Override
    public Boolean set(int index, Boolean element) {
        boolean old = getBoolean(index);
        elements[index] = element;
        return old;
    }

    @Override
    public boolean add(Boolean element) {
        addBoolean(element);
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
