package io.concordat.avro.compiled;

import io.concordat.api.format.RecordBuffer;
import org.jspecify.annotations.Nullable;

/** What a compiled class for writing does. */
interface RecordWriter {
    /**
     * Writes a value from a position on.
     *
     * @param depth counts how deep values nest; null if they cannot nest too deep
     * @return the position behind it
     * @throws Throwable of any kind if the value is not as it should be
     */
    int write(@Nullable Object value, RecordBuffer out, int position, @Nullable Depth depth) throws Throwable;
}
