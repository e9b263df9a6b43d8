package io.concordat.avro.classes;

import io.concordat.avro.annotation.Decimal;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A type as it is declared somewhere, with its type variables resolved.
 *
 * @param raw its class
 * @param arguments its type arguments; of an array, its component type
 * @param isNullable whether it is annotated with a {@code Nullable} of any package
 * @param decimal how many digits it has, if that is said
 */
record JavaType(
        Class<?> raw,
        List<JavaType> arguments,
        boolean isNullable,
        @Nullable Decimal decimal) {
    JavaType {
        arguments = List.copyOf(arguments);
    }

    /** A class by itself: its type variables are what they are bounded by. */
    static JavaType of(Class<?> type) {
        if (type.isArray()) {
            return new JavaType(type, List.of(of(type.getComponentType())), false, null);
        }
        List<JavaType> arguments = new ArrayList<>();
        for (TypeVariable<?> variable : type.getTypeParameters()) {
            arguments.add(boundOf(variable, Map.of()));
        }
        return new JavaType(type, arguments, false, null);
    }

    /** @param variables what the type variables around it stand for */
    static JavaType of(AnnotatedType declared, Map<TypeVariable<?>, JavaType> variables) {
        boolean nullable = isNullable(declared.getAnnotations());
        Decimal decimal = declared.getAnnotation(Decimal.class);
        if (declared instanceof AnnotatedParameterizedType parameterized) {
            List<JavaType> arguments = new ArrayList<>();
            for (AnnotatedType argument : parameterized.getAnnotatedActualTypeArguments()) {
                arguments.add(of(argument, variables));
            }
            Class<?> raw = (Class<?>) ((ParameterizedType) parameterized.getType()).getRawType();
            return new JavaType(raw, arguments, nullable, decimal);
        }
        if (declared instanceof AnnotatedArrayType array) {
            JavaType component = of(array.getAnnotatedGenericComponentType(), variables);
            return new JavaType(component.raw.arrayType(), List.of(component), nullable, decimal);
        }
        JavaType type = simple(declared, variables);
        return new JavaType(
                type.raw, type.arguments, nullable || type.isNullable, decimal == null ? type.decimal : decimal);
    }

    private static JavaType simple(AnnotatedType declared, Map<TypeVariable<?>, JavaType> variables) {
        if (declared instanceof AnnotatedTypeVariable variable) {
            TypeVariable<?> type = (TypeVariable<?>) variable.getType();
            JavaType known = variables.get(type);
            return known != null ? known : boundOf(type, variables);
        }
        if (declared instanceof AnnotatedWildcardType wildcard) {
            return of(wildcard.getAnnotatedUpperBounds()[0], variables);
        }
        return of((Class<?>) declared.getType());
    }

    /** A bound that mentions the variable itself, as that of {@code T extends Comparable<T>}, is taken as it is. */
    private static JavaType boundOf(TypeVariable<?> variable, Map<TypeVariable<?>, JavaType> variables) {
        Map<TypeVariable<?>, JavaType> within = new HashMap<>(variables);
        within.put(variable, new JavaType(Object.class, List.of(), false, null));
        return of(variable.getAnnotatedBounds()[0], within);
    }

    static boolean isNullable(Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            if (annotation.annotationType().getSimpleName().equals("Nullable")) {
                return true;
            }
        }
        return false;
    }

    /** What the type variables of its class stand for. */
    Map<TypeVariable<?>, JavaType> variables() {
        Map<TypeVariable<?>, JavaType> variables = new HashMap<>();
        TypeVariable<?>[] parameters = raw.getTypeParameters();
        for (int i = 0; i < parameters.length && i < arguments.size(); i++) {
            variables.put(parameters[i], arguments.get(i));
        }
        return variables;
    }

    JavaType argument(int index) {
        return index < arguments.size() ? arguments.get(index) : new JavaType(Object.class, List.of(), false, null);
    }

    JavaType nullable() {
        return new JavaType(raw, arguments, true, decimal);
    }

    /** The same without null. */
    JavaType required() {
        return isNullable ? new JavaType(raw, arguments, false, decimal) : this;
    }
}
