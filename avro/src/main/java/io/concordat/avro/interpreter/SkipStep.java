package io.concordat.avro.interpreter;

/** Passes over one value. */
@FunctionalInterface
interface SkipStep {
    /**
     * Passes on.
     *
     * @throws Misfit if what is there is no such value
     */
    void skip(RecordInput in);
}
