package io.concordat.json;

import org.jspecify.annotations.Nullable;

/** Two objects as one key: these very objects, whatever they are equal to. */
record Twosome(Object one, Object other) {
    @Override
    @SuppressWarnings("ReferenceEquality") // Which is the point.
    public boolean equals(@Nullable Object object) {
        return object instanceof Twosome that && one == that.one && other == that.other;
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(one) + System.identityHashCode(other);
    }
}
