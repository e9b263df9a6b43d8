package io.concordat.api;

import java.util.Objects;

/**
 * A namespace of subjects with ids of its own.
 *
 * <p>Names begin with a dot; {@link #DEFAULT} is written without any prefix in a {@linkplain Subject#qualified() subject}.
 *
 * @param name the name with its leading dot, such as {@code .} or {@code .staging}; never contains a colon
 */
public record Context(String name) implements Comparable<Context> {
    /** The context of subjects that name none. */
    public static final Context DEFAULT = new Context(".");

    /** Where settings for all contexts are kept; never holds a subject. */
    public static final Context GLOBAL = new Context(".__GLOBAL");

    public Context {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty() || name.charAt(0) != '.' || name.indexOf(':') >= 0) {
            throw new IllegalArgumentException("Context name '" + name + "' must begin with a dot and hold no colon");
        }
    }

    /**
     * The context of that name, with the leading dot added where it is missing.
     *
     * @throws IllegalArgumentException if the name holds a colon
     */
    public static Context of(String name) {
        return new Context(name.startsWith(".") ? name : "." + name);
    }

    /** Whether this is the context of subjects that name none. */
    public boolean isDefault() {
        return equals(DEFAULT);
    }

    /** What stands before a subject's name: {@code :.ctx:}, or nothing for the default context. */
    public String prefix() {
        return isDefault() ? "" : ":" + name + ":";
    }

    @Override
    public int compareTo(Context other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
