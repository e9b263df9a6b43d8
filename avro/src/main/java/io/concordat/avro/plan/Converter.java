package io.concordat.avro.plan;

import org.jspecify.annotations.Nullable;

/**
 * Turns what Avro has into what the application wants, and back. Safe for many threads. It may throw any unchecked exception
 * at a value it does not take: who runs the plan adds where that was.
 */
public interface Converter {
    /** The application's value. Null comes in where the schema says null. */
    @Nullable
    Object fromAvro(@Nullable Object raw);

    /** Avro's value. */
    @Nullable
    Object toAvro(@Nullable Object value);

    /** The class of the application's values, as far as it is known. */
    default Class<?> type() {
        return Object.class;
    }

    /** What values are taken, for messages, such as {@code decimal(10,2)}. */
    String expected();
}
