package io.concordat.avro.plan;

/**
 * What an element of a collection costs at least.
 *
 * @param bytes how many bytes it takes
 * @param places how many places are filled by one that takes no bytes; 0 if it takes some
 */
public record ItemCost(int bytes, int places) {}
