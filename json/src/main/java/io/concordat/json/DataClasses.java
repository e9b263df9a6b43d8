package io.concordat.json;

import java.net.URI;
import java.net.URL;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The classes whose objects JSON is made of: those of applications, and of Java's own those that hold data. What else Java has,
 * such as a thread or a stream, Jackson would take apart as well, and nobody means that.
 */
final class DataClasses {
    private static final Set<String> OF_OTHER_LANGUAGES =
            Set.of("org.apache.avro.generic.GenericContainer", "com.google.protobuf.MessageLite", "java.nio.Buffer");

    private static final List<Class<?>> OF_JAVA = List.of(
            CharSequence.class,
            Number.class,
            Boolean.class,
            Character.class,
            Enum.class,
            Map.class,
            Map.Entry.class,
            Collection.class,
            Optional.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            TemporalAccessor.class,
            TemporalAmount.class,
            ZoneId.class,
            TimeZone.class,
            Date.class,
            Calendar.class,
            UUID.class,
            URI.class,
            URL.class,
            Locale.class,
            Currency.class,
            AtomicBoolean.class);

    private DataClasses() {}

    static boolean contains(Class<?> type) {
        if (type.isArray()) {
            return !type.equals(byte[].class)
                    && (type.getComponentType().isPrimitive()
                            || type.getComponentType().equals(Object.class)
                            || contains(type.getComponentType()));
        }
        if (isOfJava(type)) {
            return OF_JAVA.stream().anyMatch(known -> known.isAssignableFrom(type));
        }
        return !type.isHidden() && !isOfAnotherLanguage(type); // A lambda is a hidden class.
    }

    private static boolean isOfJava(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
    }

    /** Values that carry a schema of another language would lose it here. */
    private static boolean isOfAnotherLanguage(Class<?> type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (OF_OTHER_LANGUAGES.contains(each.getName())
                    || Arrays.stream(each.getInterfaces()).anyMatch(DataClasses::isOfAnotherLanguage)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The class whose schema is that of the objects of a class. Which collection a value happens to be is an accident, so all
     * of them are as those that JSON is read into, unless an application gave its own a name and said what is in it. A constant
     * of an enum may have a class of its own.
     */
    static Class<?> described(Class<?> type) {
        if (Enum.class.isAssignableFrom(type)) {
            Class<?> above = type.getSuperclass();
            return above != null && above.isEnum() ? above : type;
        }
        if (!isOfJava(type) && !type.isAnonymousClass() && type.getTypeParameters().length == 0) {
            return type;
        }
        if (Map.class.isAssignableFrom(type)) {
            return LinkedHashMap.class;
        }
        return Collection.class.isAssignableFrom(type) ? ArrayList.class : type;
    }
}
