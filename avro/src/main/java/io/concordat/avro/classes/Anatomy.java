package io.concordat.avro.classes;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.reflect.AvroIgnore;
import org.jspecify.annotations.Nullable;

/**
 * How objects of a class are made and taken apart.
 *
 * @param maker takes the values of all properties, or nothing where they have setters
 * @param isMadeAtOnce whether the maker takes all values
 */
record Anatomy(MethodHandle maker, boolean isMadeAtOnce, List<JavaProperty> properties) {
    /** What counts as a property of a class that is no record. */
    enum Properties {
        /** Pairs of getter and setter, and public fields. */
        OF_BEANS,
        /** All fields, as in Avro's reflection. */
        FIELDS
    }

    static Anatomy of(JavaType type, Properties properties, Place place) {
        return type.raw().isRecord() && properties == Properties.OF_BEANS
                ? ofRecord(type, place)
                : ofBean(type, properties, place);
    }

    private static Anatomy ofRecord(JavaType type, Place place) {
        Map<TypeVariable<?>, JavaType> variables = type.variables();
        RecordComponent[] components = type.raw().getRecordComponents();
        Constructor<?> constructor = canonical(type.raw(), components);
        List<JavaProperty> properties = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            Place ofComponent = place.field(component.getName());
            List<AnnotatedElement> elements = elements(type.raw(), component, constructor, i);
            if (annotated(elements, AvroIgnore.class)) {
                throw ofComponent.refused(
                        "a component of a record cannot be ignored: without it no record can be made");
            }
            JavaType ofValue = JavaType.of(component.getAnnotatedType(), variables);
            properties.add(new JavaProperty(
                    component.getName(),
                    JavaProperty.nullableIfSaid(ofValue, elements),
                    elements,
                    Access.to(component.getAccessor(), ofComponent),
                    null));
        }
        return new Anatomy(Access.to(constructor, place), true, properties);
    }

    private static Constructor<?> canonical(Class<?> type, RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Record " + type.getName() + " has no canonical constructor", e);
        }
    }

    private static List<AnnotatedElement> elements(
            Class<?> type, RecordComponent component, Constructor<?> constructor, int index) {
        List<AnnotatedElement> elements = new ArrayList<>(List.of(component, component.getAccessor()));
        try {
            elements.add(type.getDeclaredField(component.getName()));
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("Record " + type.getName() + " lacks a field", e);
        }
        elements.add(constructor.getParameters()[index]);
        return elements;
    }

    static boolean annotated(
            List<? extends AnnotatedElement> elements, Class<? extends java.lang.annotation.Annotation> type) {
        return elements.stream().anyMatch(element -> element.isAnnotationPresent(type));
    }

    private static Anatomy ofBean(JavaType type, Properties kind, Place place) {
        Constructor<?> constructor = noArguments(type.raw());
        if (constructor == null) {
            throw place.refused(type.raw().getName() + " is no record and has no constructor without parameters");
        }
        List<JavaProperty> properties =
                kind == Properties.FIELDS ? FieldProperties.of(type, place) : new BeanProperties(place).of(type);
        if (properties.isEmpty()) {
            throw place.refused(type.raw().getName()
                    + " has no properties: neither pairs of getters and setters nor public fields");
        }
        return new Anatomy(Access.to(constructor, place), false, properties);
    }

    private static @Nullable Constructor<?> noArguments(Class<?> type) {
        boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers()) || inner) {
            return null;
        }
        try {
            return type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /** Whether a class looks like one that objects are made of by filling in their properties. */
    static boolean looksLikeBean(Class<?> type) {
        Constructor<?> constructor = noArguments(type);
        return constructor != null && !Modifier.isPrivate(constructor.getModifiers()) && BeanProperties.any(type);
    }

    static boolean isGetter(Method method) {
        boolean named = method.getName().matches("get[^a-z].*")
                || (method.getName().matches("is[^a-z].*") && method.getReturnType() == boolean.class);
        return named
                && method.getParameterCount() == 0
                && method.getReturnType() != void.class
                && !Modifier.isStatic(method.getModifiers())
                && !method.isSynthetic();
    }
}
