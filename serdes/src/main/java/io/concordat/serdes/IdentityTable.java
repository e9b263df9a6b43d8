package io.concordat.serdes;

import org.jspecify.annotations.Nullable;

/**
 * A table from an object, by its identity, and a qualifier, by equality, to a value. Bounded: when it is full it starts
 * over, so a value found here must be cheap to find again. Looking up takes no lock.
 *
 * @param <Q> what qualifies the object; its hash code should be cached, as that of a String is
 * @param <V> the values
 */
final class IdentityTable<Q, V> {
    private static final int USUAL_LIMIT = 4096;
    private static final int INITIAL_SLOTS = 32;

    /** Entries are immutable, so a reader that races with a writer sees a whole one or none. */
    private volatile @Nullable Entry<Q, V>[] slots = slots(INITIAL_SLOTS);

    private final int limit;
    private int size;

    /** Of the usual size. */
    IdentityTable() {
        this(USUAL_LIMIT);
    }

    /** @param limit how many values it holds at most */
    IdentityTable(int limit) {
        this.limit = limit;
    }

    @SuppressWarnings("ReferenceEquality")
    @Nullable
    V find(Object identity, Q qualifier) {
        @Nullable Entry<Q, V>[] current = slots;
        int mask = current.length - 1;
        for (int slot = hash(identity, qualifier) & mask; ; slot = (slot + 1) & mask) {
            Entry<Q, V> entry = current[slot];
            if (entry == null) {
                return null;
            }
            if (entry.identity == identity && entry.qualifier.equals(qualifier)) {
                return entry.value;
            }
        }
    }

    synchronized void put(Object identity, Q qualifier, V value) {
        if (size >= limit) {
            slots = slots(INITIAL_SLOTS);
            size = 0;
        } else if (size * 2 >= slots.length) {
            slots = grown(slots);
        }
        insert(slots, new Entry<>(identity, qualifier, value));
        size++;
    }

    private static <Q, V> @Nullable Entry<Q, V>[] grown(@Nullable Entry<Q, V>[] old) {
        @Nullable Entry<Q, V>[] grown = slots(old.length * 2);
        for (Entry<Q, V> entry : old) {
            if (entry != null) {
                insert(grown, entry);
            }
        }
        return grown;
    }

    private static <Q, V> void insert(@Nullable Entry<Q, V>[] slots, Entry<Q, V> entry) {
        int mask = slots.length - 1;
        int slot = hash(entry.identity, entry.qualifier) & mask;
        while (slots[slot] != null) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = entry;
    }

    private static int hash(Object identity, Object qualifier) {
        int hash = (System.identityHashCode(identity) ^ qualifier.hashCode()) * 0x9E3779B9;
        return hash ^ hash >>> 16;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <Q, V> @Nullable Entry<Q, V>[] slots(int length) {
        return new Entry[length];
    }

    private record Entry<Q, V>(Object identity, Q qualifier, V value) {}
}
