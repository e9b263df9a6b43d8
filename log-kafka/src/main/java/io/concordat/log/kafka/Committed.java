package io.concordat.log.kafka;

/**
 * Where records stand now.
 *
 * @param first the offset of the first
 * @param last the offset of the last
 * @param next the offset that the next record gets if nobody else writes
 */
record Committed(long first, long last, long next) {}
