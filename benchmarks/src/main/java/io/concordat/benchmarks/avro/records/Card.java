package io.concordat.benchmarks.avro.records;

/** Paid by card. */
public record Card(String brand, String lastFour, int expiryMonth) implements Payment {}
