package io.concordat.serdes;

import org.jspecify.annotations.Nullable;

/**
 * A table from schema ids to values. Bounded: when it is full it starts over, so a value found here must be cheap to find
 * again. Looking up takes no lock and boxes nothing.
 *
 * @param <V> the values
 */
final class IdTable<V> {
    private static final int LIMIT = 16_384;
    private static final int INITIAL_SLOTS = 32;

    /** Entries are immutable, so a reader that races with a writer sees a whole one or none. */
    private volatile @Nullable Entry<V>[] slots = slots(INITIAL_SLOTS);

    private int size;

    @Nullable
    V find(int id) {
        @Nullable Entry<V>[] current = slots;
        int mask = current.length - 1;
        for (int slot = hash(id) & mask; ; slot = (slot + 1) & mask) {
            Entry<V> entry = current[slot];
            if (entry == null) {
                return null;
            }
            if (entry.id == id) {
                return entry.value;
            }
        }
    }

    synchronized void put(int id, V value) {
        if (size == LIMIT) {
            slots = slots(INITIAL_SLOTS);
            size = 0;
        } else if (size * 2 >= slots.length) {
            slots = grown(slots);
        }
        insert(slots, new Entry<>(id, value));
        size++;
    }

    private static <V> @Nullable Entry<V>[] grown(@Nullable Entry<V>[] old) {
        @Nullable Entry<V>[] grown = slots(old.length * 2);
        for (Entry<V> entry : old) {
            if (entry != null) {
                insert(grown, entry);
            }
        }
        return grown;
    }

    private static <V> void insert(@Nullable Entry<V>[] slots, Entry<V> entry) {
        int mask = slots.length - 1;
        int slot = hash(entry.id) & mask;
        while (slots[slot] != null) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = entry;
    }

    private static int hash(int id) {
        int hash = id * 0x9E3779B9;
        return hash ^ hash >>> 16;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <V> @Nullable Entry<V>[] slots(int length) {
        return new Entry[length];
    }

    private record Entry<V>(int id, V value) {}
}
