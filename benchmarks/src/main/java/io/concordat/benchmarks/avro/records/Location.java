package io.concordat.benchmarks.avro.records;

/** Where an event happened. */
public record Location(double latitude, double longitude, String country, String city) {}
