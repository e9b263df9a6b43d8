package io.concordat.benchmarks.avro;

/** What else a codec's JVM is busy with. */
public enum Company {
    ALONE,
    /** Four schemas have taken turns for so long that the compiler has seen them all. */
    TURNS
}
