package io.concordat.engine.log;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record to be appended. The arrays are shared, not copied: nobody changes them.
 *
 * @param key UTF-8 JSON
 * @param value likewise, or null: the key's earlier records no longer count
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Bytes that nobody compares and nobody changes; copies would double the log in memory.
public record NewRecord(byte[] key, byte @Nullable [] value) {
    // Not the compact form: of that, javac leaves out the annotations of the parameters, which callers' checks need.
    public NewRecord(byte[] key, byte @Nullable [] value) {
        this.key = Objects.requireNonNull(key, "key");
        this.value = value;
    }
}
