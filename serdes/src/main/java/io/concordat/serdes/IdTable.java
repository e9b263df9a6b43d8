package io.concordat.serdes;

import org.jspecify.annotations.Nullable;

/**
 * A table from schema ids, or from GUIDs, to values. Bounded: when it is full it starts over, so a value found here must be
 * cheap to find again. Looking up takes no lock and boxes nothing.
 *
 * @param <V> the values
 */
final class IdTable<V> {
    private static final int USUAL_LIMIT = 16_384;
    private static final int INITIAL_SLOTS = 32;

    /** Entries are immutable, so a reader that races with a writer sees a whole one or none. */
    private volatile @Nullable Entry<V>[] slots = slots(INITIAL_SLOTS);

    private final int limit;
    private int size;

    /** Of the usual size. */
    IdTable() {
        this(USUAL_LIMIT);
    }

    /** @param limit how many values it holds at most */
    IdTable(int limit) {
        this.limit = limit;
    }

    @Nullable
    V find(int id) {
        return find(0, id);
    }

    /** What is known of the GUID that has these halves. */
    @Nullable
    V find(long high, long low) {
        @Nullable Entry<V>[] current = slots;
        int mask = current.length - 1;
        for (int slot = hash(high, low) & mask; ; slot = (slot + 1) & mask) {
            Entry<V> entry = current[slot];
            if (entry == null) {
                return null;
            }
            if (entry.low == low && entry.high == high) {
                return entry.value;
            }
        }
    }

    void put(int id, V value) {
        put(0, id, value);
    }

    synchronized void put(long high, long low, V value) {
        if (size >= limit) {
            slots = slots(INITIAL_SLOTS);
            size = 0;
        } else if (size * 2 >= slots.length) {
            slots = grown(slots);
        }
        insert(slots, new Entry<>(high, low, value));
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
        int slot = hash(entry.high, entry.low) & mask;
        while (slots[slot] != null) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = entry;
    }

    private static int hash(long high, long low) {
        long mixed = (high ^ low) * 0x9E3779B97F4A7C15L;
        return (int) (mixed ^ mixed >>> 32);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <V> @Nullable Entry<V>[] slots(int length) {
        return new Entry[length];
    }

    private record Entry<V>(long high, long low, V value) {}
}
