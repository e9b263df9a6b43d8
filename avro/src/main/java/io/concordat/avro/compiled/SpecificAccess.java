package io.concordat.avro.compiled;

import io.concordat.avro.plan.GeneratedClasses;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.apache.avro.specific.AvroGenerated;
import org.apache.avro.specific.SpecificData.SchemaConstructable;
import org.jspecify.annotations.Nullable;

/**
 * The fields and the constructor of a generated class, as method handles that name no class of the application's. Where
 * something is not as Avro's generator makes it, or may not be reached, there is none.
 */
final class SpecificAccess {
    private final Class<?> type;
    private final @Nullable Lookup lookup;

    SpecificAccess(Class<?> type) {
        this.type = type;
        this.lookup = type.isAnnotationPresent(AvroGenerated.class) ? lookupIn(type) : null;
    }

    private static @Nullable Lookup lookupIn(Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            return null; // In a module that does not open its package.
        }
    }

    @Nullable
    MethodHandle constructor() {
        if (lookup == null || SchemaConstructable.class.isAssignableFrom(type)) {
            return null;
        }
        try {
            return lookup.findConstructor(type, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(Object.class));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** What gives a field's value: its primitive, or an object. */
    @Nullable
    MethodHandle getter(String field) {
        Field declared = find(field);
        if (lookup == null || declared == null) {
            return null;
        }
        try {
            Class<?> result = Kind.of(declared.getType()).type;
            return lookup.unreflectGetter(declared).asType(MethodType.methodType(result, Object.class));
        } catch (IllegalAccessException e) {
            return null;
        }
    }

    /**
     * What sets a field.
     *
     * @param value the class of the values it will be given
     */
    @Nullable
    MethodHandle setter(String field, Class<?> value) {
        Field declared = find(field);
        if (lookup == null || declared == null || !takes(declared.getType(), value)) {
            return null;
        }
        try {
            Class<?> parameter = Kind.of(declared.getType()).type;
            return lookup.unreflectSetter(declared).asType(MethodType.methodType(void.class, Object.class, parameter));
        } catch (IllegalAccessException e) {
            return null;
        }
    }

    private static boolean takes(Class<?> field, Class<?> value) {
        if (field.isPrimitive()) {
            return field == value;
        }
        return field.isAssignableFrom(value.isPrimitive() ? Kind.of(value).boxType : value);
    }

    private @Nullable Field find(String name) {
        try {
            Field field = type.getDeclaredField(GeneratedClasses.nameInJava(name));
            return (field.getModifiers() & (Modifier.STATIC | Modifier.FINAL)) == 0 ? field : null;
        } catch (NoSuchFieldException e) {
            return null;
        }
    }
}
