package io.concordat.avro.interpreter;

import io.concordat.avro.plan.TypeNames;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** What is said of a value that does not fit. The value itself stays out of it, but for numbers that are too large. */
final class Found {
    private Found() {}

    static Misfit instead(Schema schema, @Nullable Object value) {
        return new Misfit("expected " + TypeNames.of(schema) + ", found " + name(value) + unconverted(schema, value));
    }

    /** Where a logical type is converted, whatever converts it says what is wrong. */
    private static String unconverted(Schema schema, @Nullable Object value) {
        return schema.getLogicalType() == null || value == null
                ? ""
                : "; without avro.use.logical.type.converters=true it is taken as "
                        + schema.getType().getName() + " only";
    }

    static Misfit outOfRange(Schema schema, Number value) {
        return new Misfit("expected " + TypeNames.of(schema) + ", found " + name(value) + " " + value);
    }

    static String name(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof IndexedRecord record) {
            return "record " + record.getSchema().getFullName();
        }
        return value.getClass().getPackageName().startsWith("java.")
                ? value.getClass().getSimpleName()
                : value.getClass().getName();
    }
}
