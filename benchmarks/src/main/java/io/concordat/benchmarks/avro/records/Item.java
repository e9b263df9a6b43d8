package io.concordat.benchmarks.avro.records;

/** What was bought. */
public record Item(String sku, String title, int quantity, long priceInCents) {}
