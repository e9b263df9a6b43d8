package io.concordat.avro.classes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A class with those it extends. */
final class Hierarchy {
    private Hierarchy() {}

    /** The farthest first, without {@link Object}. */
    static List<JavaType> of(JavaType type) {
        List<JavaType> hierarchy = new ArrayList<>();
        for (JavaType next = type; next != null; next = superclass(next)) {
            hierarchy.add(0, next);
        }
        return hierarchy;
    }

    private static @Nullable JavaType superclass(JavaType type) {
        Class<?> above = type.raw().getSuperclass();
        return above == null || above == Object.class || above == Record.class
                ? null
                : JavaType.of(type.raw().getAnnotatedSuperclass(), type.variables());
    }
}
