package io.concordat.engine.log;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record as it stands in a log. The arrays are shared, not copied: nobody changes them.
 *
 * @param offset its place; later records have higher ones, with gaps
 * @param timestamp when it was written, to the millisecond
 * @param key UTF-8 JSON, as a rule
 * @param value likewise, or null: the key's earlier records no longer count
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Bytes that nobody compares and nobody changes; copies would double the log in memory.
public record LogRecord(long offset, Instant timestamp, byte[] key, byte @Nullable [] value) {
    // Not the compact form: of that, javac leaves out the annotations of the parameters, which callers' checks need.
    public LogRecord(long offset, Instant timestamp, byte[] key, byte @Nullable [] value) {
        this.offset = offset;
        this.timestamp = Objects.requireNonNull(timestamp, "timestamp");
        this.key = Objects.requireNonNull(key, "key");
        this.value = value;
    }
}
