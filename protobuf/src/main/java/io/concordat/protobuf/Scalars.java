package io.concordat.protobuf;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types that the language itself has. */
final class Scalars {
    private static final Set<Type> NAMED = Set.of(Type.TYPE_MESSAGE, Type.TYPE_GROUP, Type.TYPE_ENUM);

    private static final Map<String, Type> BY_NAME = Arrays.stream(Type.values())
            .filter(type -> !NAMED.contains(type))
            .collect(Collectors.toUnmodifiableMap(
                    type -> type.name().substring("TYPE_".length()).toLowerCase(Locale.ROOT), Function.identity()));

    private static final Set<Type> NO_KEYS = Set.of(Type.TYPE_DOUBLE, Type.TYPE_FLOAT, Type.TYPE_BYTES);

    private Scalars() {}

    /** The type of that name, or null if it is no scalar's. */
    static @Nullable Type find(String name) {
        return BY_NAME.get(name);
    }

    static boolean isScalar(String name) {
        return BY_NAME.containsKey(name);
    }

    static boolean canBeMapKey(String name) {
        Type type = BY_NAME.get(name);
        return type != null && !NO_KEYS.contains(type);
    }
}
