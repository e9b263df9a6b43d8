package io.concordat.avro.classes;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import org.apache.avro.reflect.AvroName;
import org.jspecify.annotations.Nullable;

/**
 * A property of a class.
 *
 * @param name in Java
 * @param type what it is declared as
 * @param elements what may be annotated: the field, the component, the accessors
 * @param getter takes the object
 * @param setter takes the object and the value; null where the constructor takes all values
 */
record JavaProperty(
        String name,
        JavaType type,
        List<AnnotatedElement> elements,
        MethodHandle getter,
        @Nullable MethodHandle setter) {
    /** The name of the field in the schema. */
    String fieldName() {
        AvroName given = annotation(AvroName.class);
        return given == null ? name : given.value();
    }

    <A extends Annotation> @Nullable A annotation(Class<A> type) {
        for (AnnotatedElement element : elements) {
            A found = element.getAnnotation(type);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The type, nullable if that is said of the property in any place. */
    static JavaType nullableIfSaid(JavaType type, List<AnnotatedElement> elements) {
        for (AnnotatedElement element : elements) {
            if (JavaType.isNullable(element.getAnnotations())) {
                return type.nullable();
            }
        }
        return type;
    }
}
