package io.concordat.benchmarks.avro.records;

/** The numeric record. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Numeric(double[] samples, int[] counts) {}
