package io.concordat.kafka;

import java.util.Map;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The value of a key that takes a class: an object, a class or its name. */
final class NamedClass {
    private NamedClass() {}

    /**
     * The object that is meant, configured if it can be.
     *
     * @return null if the value names no class of that role
     * @throws ConfigException if it does, and the class cannot be used
     */
    static <T> @Nullable T instance(Class<T> role, String key, Object value, Map<String, ?> configs) {
        T found = find(role, key, value);
        if (found instanceof Configurable configurable) {
            configurable.configure(configs);
        }
        return found;
    }

    /** The last part of a class's name: existing configurations name the classes of others. */
    static String simpleName(Object value) {
        String name = value instanceof Class<?> type
                ? type.getName()
                : value.toString().trim();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    /** The value as a message shows it. */
    static String shown(Object value) {
        return value instanceof Class<?> type ? type.getName() : value.toString();
    }

    private static <T> @Nullable T find(Class<T> role, String key, Object value) {
        if (role.isInstance(value)) {
            return role.cast(value);
        }
        Class<?> type =
                value instanceof Class<?> given ? given : load(value.toString().trim());
        return type != null && role.isAssignableFrom(type) ? made(key, type.asSubclass(role)) : null;
    }

    private static @Nullable Class<?> load(String name) {
        Class<?> ofApplication = load(name, Thread.currentThread().getContextClassLoader());
        return ofApplication != null ? ofApplication : load(name, NamedClass.class.getClassLoader());
    }

    private static @Nullable Class<?> load(String name, @Nullable ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static <T> T made(String key, Class<? extends T> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            ConfigException problem = new ConfigException(
                    key + ": " + type.getName() + " cannot be made with a public constructor without arguments: " + e);
            problem.initCause(e);
            throw problem;
        }
    }
}
