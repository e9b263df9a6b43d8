package io.concordat.avro.plan;

import org.apache.avro.Schema;

/** How a record is made and taken apart. */
public sealed interface RecordShape permits RecordShape.Generic, RecordShape.Specific, Shape.ObjectShape {
    /** A {@link org.apache.avro.generic.GenericData.Record}. */
    record Generic(Schema schema) implements RecordShape {}

    /**
     * An object of a class that was generated from the schema, or from one with the same fields.
     *
     * @param schema the one that is read or written
     */
    record Specific(Class<?> type, Schema schema) implements RecordShape {}
}
