package io.concordat.protobuf;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types that the language itself has. */
final class Scalars {
    private static final Set<FieldDescriptorProto.Type> NAMED = Set.of(
            FieldDescriptorProto.Type.TYPE_MESSAGE,
            FieldDescriptorProto.Type.TYPE_GROUP,
            FieldDescriptorProto.Type.TYPE_ENUM);

    private static final Map<String, FieldDescriptorProto.Type> BY_NAME = Arrays.stream(
                    FieldDescriptorProto.Type.values())
            .filter(type -> !NAMED.contains(type))
            .collect(Collectors.toUnmodifiableMap(
                    type -> type.name().substring("TYPE_".length()).toLowerCase(Locale.ROOT), Function.identity()));

    private static final Set<FieldDescriptorProto.Type> NO_KEYS = Set.of(
            FieldDescriptorProto.Type.TYPE_DOUBLE,
            FieldDescriptorProto.Type.TYPE_FLOAT,
            FieldDescriptorProto.Type.TYPE_BYTES);

    private Scalars() {}

    /** The type of that name, or null if it is no scalar's. */
    static FieldDescriptorProto.@Nullable Type find(String name) {
        return BY_NAME.get(name);
    }

    static boolean isScalar(String name) {
        return BY_NAME.containsKey(name);
    }

    static boolean canBeMapKey(String name) {
        FieldDescriptorProto.Type type = BY_NAME.get(name);
        return type != null && !NO_KEYS.contains(type);
    }
}
