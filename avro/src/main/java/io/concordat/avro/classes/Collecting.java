package io.concordat.avro.classes;

import io.concordat.avro.plan.Converter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The collections of Java that arrays and maps are read into. */
final class Collecting {
    /** The first that fits the declared type is taken. */
    private static final Map<Class<?>, Function<Collection<?>, Collection<?>>> COLLECTIONS = new LinkedHashMap<>();

    private static final Map<Class<?>, Function<Map<?, ?>, Map<?, ?>>> MAPS = new LinkedHashMap<>();

    static {
        COLLECTIONS.put(ArrayList.class, ArrayList::new);
        COLLECTIONS.put(LinkedHashSet.class, LinkedHashSet::new);
        COLLECTIONS.put(HashSet.class, HashSet::new);
        COLLECTIONS.put(TreeSet.class, TreeSet::new);
        COLLECTIONS.put(ArrayDeque.class, ArrayDeque::new);
        COLLECTIONS.put(LinkedList.class, Collecting::linked);
        MAPS.put(HashMap.class, HashMap::new);
        MAPS.put(LinkedHashMap.class, LinkedHashMap::new);
        MAPS.put(TreeMap.class, TreeMap::new);
    }

    private Collecting() {}

    @SuppressWarnings("JdkObsolete") // It is what the type asks for.
    private static Collection<?> linked(Collection<?> elements) {
        return new LinkedList<>(elements);
    }

    static boolean isCollection(Class<?> type) {
        return type == Iterable.class || Collection.class.isAssignableFrom(type);
    }

    /**
     * Makes collections of a type.
     *
     * @return null if there is no telling how
     */
    static @Nullable Converter toCollection(Class<?> type) {
        for (Map.Entry<Class<?>, Function<Collection<?>, Collection<?>>> known : COLLECTIONS.entrySet()) {
            if (type.isAssignableFrom(known.getKey())) {
                return new Copying<>(Collection.class, known.getValue(), "array");
            }
        }
        return null;
    }

    /**
     * Makes maps of a type.
     *
     * @return null if there is no telling how
     */
    static @Nullable Converter toMap(Class<?> type) {
        for (Map.Entry<Class<?>, Function<Map<?, ?>, Map<?, ?>>> known : MAPS.entrySet()) {
            if (type.isAssignableFrom(known.getKey())) {
                return new Copying<>(Map.class, known.getValue(), "map");
            }
        }
        return null;
    }

    /** Whether what the codec reads an array into will do. */
    static boolean takesAnyList(Class<?> type) {
        return type.isAssignableFrom(List.class);
    }

    static boolean takesAnyMap(Class<?> type) {
        return type.isAssignableFrom(Map.class);
    }

    /** Copies into another kind of collection; written as it is. */
    private record Copying<C>(Class<? super C> general, Function<C, ? extends C> copy, String expected)
            implements Converter {
        @Override
        @SuppressWarnings("unchecked") // The codec makes collections of just these kinds.
        public @Nullable Object fromAvro(@Nullable Object raw) {
            return raw == null ? null : copy.apply((C) general.cast(raw));
        }

        @Override
        public @Nullable Object toAvro(@Nullable Object value) {
            return value;
        }
    }
}
