package io.concordat.avro.classes;

import java.lang.invoke.MethodType;

/** The classes of values that are numbers or truth values. */
final class Boxes {
    private Boxes() {}

    /** The class that values of a type have as objects. */
    static Class<?> of(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }
}
