package io.concordat.benchmarks.avro.records;

/** Where it was sold. */
public enum Channel {
    WEB,
    APP,
    SHOP
}
