package io.concordat.avro.list;

import java.util.Arrays;
import java.util.Objects;
import org.apache.avro.Schema;

/** A list of {@code double}s. */
public final class DoubleList extends PrimitiveList<Double> {
    private static final Schema SCHEMA = Schema.createArray(Schema.create(Schema.Type.DOUBLE));

    private double[] elements;

    private DoubleList(Schema schema, double[] elements, int size) {
        super(schema, size);
        this.elements = elements;
    }

    /** An empty list. */
    public DoubleList() {
        this(SCHEMA, new double[0], 0);
    }

    /** A list of a copy of these elements. */
    public static DoubleList of(double... elements) {
        return new DoubleList(SCHEMA, elements.clone(), elements.length);
    }

    /**
     * A list over an array, which is the list's own from then on.
     *
     * @param schema of the array
     * @param size how many elements there are, from the front
     */
    public static DoubleList wrap(Schema schema, double[] elements, int size) {
        Objects.checkFromIndexSize(0, size, elements.length);
        return new DoubleList(schema, elements, size);
    }

    public double getDouble(int index) {
        Objects.checkIndex(index, size);
        return elements[index];
    }

    public void setDouble(int index, double element) {
        Objects.checkIndex(index, size);
        elements[index] = element;
    }

    public void addDouble(double element) {
        int index = grow();
        elements[index] = element;
    }

    /** A copy of the elements. */
    public double[] toDoubleArray() {
        return Arrays.copyOf(elements, size);
    }

    /** The elements, without a copy if that can be; the list is empty then. */
    public double[] take() {
        double[] taken = elements.length == size ? elements : toDoubleArray();
        elements = new double[0];
        size = 0;
        modCount++;
        return taken;
    }

    @Override
    public Double get(int index) {
        return getDouble(index);
    }

    @Override
    public Double set(int index, Double element) {
        double old = getDouble(index);
        elements[index] = element;
        return old;
    }

    @Override
    public boolean add(Double element) {
        addDouble(element);
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
