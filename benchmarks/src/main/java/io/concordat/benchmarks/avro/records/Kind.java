package io.concordat.benchmarks.avro.records;

/** What happened. */
public enum Kind {
    CREATED,
    CHANGED,
    SHIPPED,
    CANCELLED
}
