package io.concordat.benchmarks.avro.records;

/** The numeric record. */
public record Numeric(double[] samples, int[] counts) {}
