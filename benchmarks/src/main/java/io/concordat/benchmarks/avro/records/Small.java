package io.concordat.benchmarks.avro.records;

import org.apache.avro.reflect.AvroDefault;

/** The small record. */
public record Small(
        long id,
        String name,
        boolean active,
        double score,
        long visits,
        @AvroDefault("\"\"") String country) {}
