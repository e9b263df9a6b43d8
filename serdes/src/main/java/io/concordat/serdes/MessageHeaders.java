package io.concordat.serdes;

import org.jspecify.annotations.Nullable;

/** The headers of one record, as far as a serializer needs them. For one thread. */
public interface MessageHeaders {
    /** The value of the last header of that name; null if there is none, or it has no value. */
    byte @Nullable [] last(String name);

    /** Puts one header in the place of all that have its name. */
    void put(String name, byte[] value);

    /** Takes all headers of that name away. */
    void remove(String name);
}
