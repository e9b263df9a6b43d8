package io.concordat.avro.interpreter;

import org.jspecify.annotations.Nullable;

/** Writes one value. */
@FunctionalInterface
interface WriteStep {
    /**
     * Writes on.
     *
     * @throws Misfit if the value does not fit the schema
     */
    void write(@Nullable Object value, RecordOutput out);
}
