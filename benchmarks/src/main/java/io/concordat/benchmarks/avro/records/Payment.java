package io.concordat.benchmarks.avro.records;

/** How an order was paid. */
public sealed interface Payment permits Card, Transfer {}
