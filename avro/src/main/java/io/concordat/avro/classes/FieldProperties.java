package io.concordat.avro.classes;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.reflect.AvroIgnore;

/** The fields of a class and of those it extends, as Avro's reflection sees them. */
final class FieldProperties {
    private FieldProperties() {}

    static List<JavaProperty> of(JavaType type, Place place) {
        List<JavaProperty> properties = new ArrayList<>();
        for (JavaType owner : Hierarchy.of(type)) {
            for (Field field : owner.raw().getDeclaredFields()) {
                if (isValue(field)) {
                    properties.add(property(field, owner, place.field(field.getName())));
                }
            }
        }
        return properties;
    }

    static boolean isValue(Field field) {
        return !Modifier.isStatic(field.getModifiers())
                && !Modifier.isTransient(field.getModifiers())
                && !field.isSynthetic()
                && !field.isAnnotationPresent(AvroIgnore.class);
    }

    static JavaProperty property(Field field, JavaType owner, Place place) {
        List<AnnotatedElement> elements = List.of(field);
        JavaType type = JavaType.of(field.getAnnotatedType(), owner.variables());
        return new JavaProperty(
                field.getName(),
                JavaProperty.nullableIfSaid(type, elements),
                elements,
                Access.toGet(field, place),
                Access.toSet(field, place));
    }
}
