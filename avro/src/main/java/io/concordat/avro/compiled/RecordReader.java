package io.concordat.avro.compiled;

import org.jspecify.annotations.Nullable;

/** What a compiled class for reading does. */
interface RecordReader {
    /**
     * Reads a value and leaves the position behind it in the cursor.
     *
     * @throws Throwable of any kind if the value is not as it should be
     */
    @Nullable
    Object read(byte[] bytes, int position, Cursor cursor) throws Throwable;
}
