package io.concordat.avro.list;

import java.util.AbstractList;
import java.util.Collections;
import java.util.Objects;
import java.util.RandomAccess;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericArray;
import org.jspecify.annotations.Nullable;

/** What the lists have in common: all but the array. For one thread at a time, like other lists. */
abstract class PrimitiveList<T> extends AbstractList<T> implements GenericArray<T>, RandomAccess {
    private static final int FIRST_CAPACITY = 10;

    final Schema schema;
    int size;

    PrimitiveList(Schema schema, int size) {
        this.schema = schema;
        this.size = size;
    }

    /** The array's length. */
    abstract int capacity();

    abstract void setCapacity(int capacity);

    /** Moves elements within the array. */
    abstract void move(int from, int to, int count);

    /** Makes room for one element and answers where. */
    final int grow() {
        if (size == capacity()) {
            setCapacity(Math.max(FIRST_CAPACITY, size + (size >> 1)));
        }
        modCount++;
        return size++;
    }

    @Override
    public final Schema getSchema() {
        return schema;
    }

    @Override
    public final int size() {
        return size;
    }

    @Override
    public final void add(int index, T element) {
        Objects.requireNonNull(element, "element");
        Objects.checkIndex(index, size + 1);
        grow();
        move(index, index + 1, size - 1 - index);
        set(index, element);
    }

    @Override
    public final T remove(int index) {
        T removed = get(index);
        move(index + 1, index, size - 1 - index);
        size--;
        modCount++;
        return removed;
    }

    @Override
    protected final void removeRange(int from, int to) {
        move(to, from, size - to);
        size -= to - from;
        modCount++;
    }

    /** Always null: there are no objects to use again. */
    @Override
    public final @Nullable T peek() {
        return null;
    }

    @Override
    public final void reset() {
        clear();
    }

    @Override
    public final void reverse() {
        Collections.reverse(this);
    }
}
