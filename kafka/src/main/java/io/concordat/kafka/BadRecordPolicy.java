package io.concordat.kafka;

/** What a deserializer does with a record that will never be read. */
enum BadRecordPolicy {
    /** Throws. */
    FAIL,
    /** Returns null, as for a tombstone. */
    NULL,
    /** Returns each value as a {@link Decoded}, this one as a failed one. */
    WRAP
}
