package io.concordat.avro.test;

/** A record that is also loaded by itself. */
public record Point(int x, int y) {}
