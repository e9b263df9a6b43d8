package io.concordat.avro.classes;

import java.util.ArrayList;
import java.util.List;

/** The classes that a sealed type permits. */
final class Permitted {
    private Permitted() {}

    /** All that there can be objects of, in the order in which they are permitted. */
    static List<JavaType> of(JavaType sealedType, Place place) {
        List<JavaType> permitted = new ArrayList<>();
        collect(sealedType.raw(), permitted, place);
        return permitted;
    }

    private static void collect(Class<?> type, List<JavaType> permitted, Place place) {
        for (Class<?> subclass : type.getPermittedSubclasses()) {
            if (subclass.isSealed() && !subclass.isEnum()) {
                collect(subclass, permitted, place);
            } else if (subclass.getTypeParameters().length > 0) {
                throw place.refused(subclass.getName()
                        + " has type parameters, so that it cannot be one of the classes of " + type.getName());
            } else if (permitted.stream().noneMatch(known -> known.raw() == subclass)) {
                permitted.add(JavaType.of(subclass));
            }
        }
    }
}
