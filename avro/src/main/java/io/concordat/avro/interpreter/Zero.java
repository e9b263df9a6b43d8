package io.concordat.avro.interpreter;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** What a variable of a type holds before anything is assigned to it. */
final class Zero {
    private Zero() {}

    static @Nullable Object of(Class<?> type) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }
}
