package io.concordat.engine.log;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record to be appended. The arrays are shared, not copied: nobody changes them.
 *
 * @param key UTF-8 JSON
 * @param value likewise, or null: the key's earlier records no longer count
 * @param timestamp when it was written first, to the millisecond; null for now
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Bytes that nobody compares and nobody changes; copies would double the log in memory.
public record NewRecord(
        byte[] key, byte @Nullable [] value, @Nullable Instant timestamp) {
    // Not the compact form: of that, javac leaves out the annotations of the parameters, which callers' checks need.
    public NewRecord(byte[] key, byte @Nullable [] value, @Nullable Instant timestamp) {
        this.timestamp = timestamp;
        this.key = Objects.requireNonNull(key, "key");
        this.value = value;
    }

    /** A record that is written now. */
    public NewRecord(byte[] key, byte @Nullable [] value) {
        this(key, value, null);
    }

    /** When it was written, if it is now that time. */
    public Instant timestampAt(Instant now) {
        return timestamp == null ? now : timestamp;
    }
}
