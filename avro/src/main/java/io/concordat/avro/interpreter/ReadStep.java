package io.concordat.avro.interpreter;

import org.jspecify.annotations.Nullable;

/** Reads one value. */
@FunctionalInterface
interface ReadStep {
    /**
     * Reads on.
     *
     * @throws Misfit if what is there is no such value
     */
    @Nullable
    Object read(RecordInput in);
}
