package io.concordat.avro.classes;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.reflect.AvroIgnore;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a JavaBean: its pairs of public getters and setters, and its public fields. Those with a field of the
 * same name come in the order of the fields, superclasses first; then the others by name.
 */
final class BeanProperties {
    private final Place place;

    BeanProperties(Place place) {
        this.place = place;
    }

    /** Whether a class has any. */
    static boolean any(Class<?> type) {
        for (Method method : type.getMethods()) {
            if (Anatomy.isGetter(method) && setter(type, method) != null) {
                return true;
            }
        }
        for (Field field : type.getFields()) {
            if (isPublicValue(field)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPublicValue(Field field) {
        return FieldProperties.isValue(field)
                && Modifier.isPublic(field.getModifiers())
                && !Modifier.isFinal(field.getModifiers());
    }

    List<JavaProperty> of(JavaType type) {
        Map<String, Method> getters = new TreeMap<>();
        for (Method method : type.raw().getMethods()) {
            if (Anatomy.isGetter(method) && setter(type.raw(), method) != null) {
                getters.merge(propertyName(method), method, BeanProperties::moreSpecific);
            }
        }
        Map<String, JavaProperty> properties = new LinkedHashMap<>();
        for (JavaType owner : Hierarchy.of(type)) {
            for (Field field : owner.raw().getDeclaredFields()) {
                Method getter = getters.remove(field.getName());
                JavaProperty property = getter == null ? ofField(field, owner) : ofMethods(type, getter, field);
                if (property != null) {
                    properties.put(property.name(), property);
                }
            }
        }
        getters.forEach((name, getter) -> {
            JavaProperty property = ofMethods(type, getter, null);
            if (property != null) {
                properties.put(name, property);
            }
        });
        return List.copyOf(properties.values());
    }

    private static Method moreSpecific(Method one, Method other) {
        return one.getReturnType().isAssignableFrom(other.getReturnType()) ? other : one;
    }

    private @Nullable JavaProperty ofField(Field field, JavaType owner) {
        return isPublicValue(field) ? FieldProperties.property(field, owner, place.field(field.getName())) : null;
    }

    private @Nullable JavaProperty ofMethods(JavaType type, Method getter, @Nullable Field field) {
        Method setter = setter(type.raw(), getter);
        if (setter == null || (field != null && Modifier.isTransient(field.getModifiers()))) {
            return null;
        }
        List<AnnotatedElement> elements = new ArrayList<>(List.of(getter, setter, setter.getParameters()[0]));
        if (field != null) {
            elements.add(0, field);
        }
        if (Anatomy.annotated(elements, AvroIgnore.class)) {
            return null;
        }
        String name = propertyName(getter);
        JavaType owner = ownerOf(getter, type);
        JavaType declared = JavaType.of(
                field != null && field.getType() == getter.getReturnType()
                        ? field.getAnnotatedType()
                        : getter.getAnnotatedReturnType(),
                field == null
                        ? owner.variables()
                        : ownerOf(field.getDeclaringClass(), type).variables());
        JavaType withNull =
                JavaType.isNullable(getter.getAnnotatedReturnType().getAnnotations()) ? declared.nullable() : declared;
        MethodHandle set = Access.to(setter, place.field(name));
        return new JavaProperty(
                name,
                JavaProperty.nullableIfSaid(withNull, elements),
                elements,
                Access.to(getter, place.field(name)),
                set.asType(set.type().changeReturnType(void.class)));
    }

    private static JavaType ownerOf(Method method, JavaType type) {
        return ownerOf(method.getDeclaringClass(), type);
    }

    private static JavaType ownerOf(Class<?> declaring, JavaType type) {
        for (JavaType owner : Hierarchy.of(type)) {
            if (owner.raw() == declaring) {
                return owner;
            }
        }
        return type;
    }

    private static @Nullable Method setter(Class<?> type, Method getter) {
        String name = "set" + getter.getName().substring(getter.getName().startsWith("is") ? 2 : 3);
        try {
            Method setter = type.getMethod(name, getter.getReturnType());
            return Modifier.isStatic(setter.getModifiers()) ? null : setter;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /** As JavaBeans have it: {@code getName} is {@code name}, {@code getURL} is {@code URL}. */
    private static String propertyName(Method getter) {
        String rest = getter.getName().substring(getter.getName().startsWith("is") ? 2 : 3);
        boolean shouted =
                rest.length() > 1 && Character.isUpperCase(rest.charAt(0)) && Character.isUpperCase(rest.charAt(1));
        return shouted ? rest : Character.toLowerCase(rest.charAt(0)) + rest.substring(1);
    }
}
