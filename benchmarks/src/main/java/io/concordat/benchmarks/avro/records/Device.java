package io.concordat.benchmarks.avro.records;

/** What an event came from. */
public record Device(String model, String os, int width, int height) {}
