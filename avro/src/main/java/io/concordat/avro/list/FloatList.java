package io.concordat.avro.list;

import java.util.Arrays;
import java.util.Objects;
import org.apache.avro.Schema;

/** A list of {@code float}s. */
public final class FloatList extends PrimitiveList<Float> {
    private static final Schema SCHEMA = Schema.createArray(Schema.create(Schema.Type.FLOAT));

    private float[] elements;

    private FloatList(Schema schema, float[] elements, int size) {
        super(schema, size);
        this.elements = elements;
    }

    /** An empty list. */
    public FloatList() {
        this(SCHEMA, new float[0], 0);
    }

    /** A list of a copy of these elements. */
    public static FloatList of(float... elements) {
        return new FloatList(SCHEMA, elements.clone(), elements.length);
    }

    /**
     * A list over an array, which is the list's own from then on.
     *
     * @param schema of the array
     * @param size how many elements there are, from the front
     */
    public static FloatList wrap(Schema schema, float[] elements, int size) {
        Objects.checkFromIndexSize(0, size, elements.length);
        return new FloatList(schema, elements, size);
    }

    public float getFloat(int index) {
        Objects.checkIndex(index, size);
        return elements[index];
    }

    public void setFloat(int index, float element) {
        Objects.checkIndex(index, size);
        elements[index] = element;
    }

    public void addFloat(float element) {
        int index = grow();
        elements[index] = element;
    }

    /** A copy of the elements. */
    public float[] toFloatArray() {
        return Arrays.copyOf(elements, size);
    }

    /** The elements, without a copy if that can be; the list is empty then. */
    public float[] take() {
        float[] taken = elements.length == size ? elements : toFloatArray();
        elements = new float[0];
        size = 0;
        modCount++;
        return taken;
    }

    @Override
    public Float get(int index) {
        return getFloat(index);
    }

    @Override
    public Float set(int index, Float element) {
        float old = getFloat(index);
        elements[index] = element;
        return old;
    }

    @Override
    public boolean add(Float element) {
        addFloat(element);
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
