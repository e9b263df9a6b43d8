package io.concordat.avro.test;

/** A class that nobody generated, and that looks harmless. */
public record TrapRecord() {
    static {
        Tripped.RECORD.set(true);
    }
}
