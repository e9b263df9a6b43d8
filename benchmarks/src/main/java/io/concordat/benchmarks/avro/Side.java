package io.concordat.benchmarks.avro;

import org.apache.avro.Schema;

/** Whose work is measured. */
public enum Side {
    CONCORDAT,
    AVRO,
    /** Straight-line code for one schema: the practical limit. */
    HAND;

    Contender of(Shape shape, Form form) {
        return this == HAND ? shape.byHand(form) : reading(shape, form, shape.schema(form));
    }

    /** Reads what was written with an older version of the schema. */
    Contender evolving(Shape shape, Form form) {
        return reading(shape, form, shape.older(form));
    }

    private Contender reading(Shape shape, Form form, Schema written) {
        return switch (this) {
            case CONCORDAT -> new ConcordatContender(written, shape.schema(form), form, shape.recordClass());
            case AVRO -> new AvroContender(written, shape.schema(form), form);
            case HAND -> throw new IllegalArgumentException("Nobody wrote that by hand");
        };
    }
}
