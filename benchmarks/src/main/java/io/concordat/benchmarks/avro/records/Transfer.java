package io.concordat.benchmarks.avro.records;

/** Paid by transfer. */
public record Transfer(String iban, String bank) implements Payment {}
