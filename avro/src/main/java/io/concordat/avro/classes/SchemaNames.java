package io.concordat.avro.classes;

import io.concordat.avro.annotation.FullName;

/** The full names of schemas of classes: the class's package and those it is nested in, then its own name. */
final class SchemaNames {
    private SchemaNames() {}

    /** A class with type arguments has them in its name: {@code Page<Order>} is {@code Page_Order}. */
    static String of(JavaType type) {
        StringBuilder name = new StringBuilder(of(type.raw()));
        for (JavaType argument : type.arguments()) {
            name.append('_').append(simple(argument));
        }
        return name.toString();
    }

    static String of(Class<?> type) {
        FullName given = type.getAnnotation(FullName.class);
        if (given != null) {
            return given.value();
        }
        Class<?> around = type.getEnclosingClass();
        String space = around == null ? type.getPackageName() : nesting(around);
        return space.isEmpty() ? type.getSimpleName() : space + "." + type.getSimpleName();
    }

    private static String nesting(Class<?> around) {
        // A class that is nested in others has all of their names, whatever their own schemas are called.
        return around.getName().replace('$', '.');
    }

    private static String simple(JavaType type) {
        StringBuilder name = new StringBuilder(type.raw().getSimpleName().replace("[]", "Array"));
        for (JavaType argument : type.raw().isArray() ? java.util.List.<JavaType>of() : type.arguments()) {
            name.append('_').append(simple(argument));
        }
        return name.toString();
    }
}
