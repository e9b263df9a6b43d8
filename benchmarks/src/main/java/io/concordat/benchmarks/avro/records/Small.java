package io.concordat.benchmarks.avro.records;

/** The small record. */
public record Small(long id, String name, boolean active, double score, long visits, String country) {}
