package io.concordat.avro.plan;

/** The types of Avro that are primitives in Java. */
public enum Scalar {
    BOOLEAN,
    INT,
    LONG,
    FLOAT,
    DOUBLE
}
