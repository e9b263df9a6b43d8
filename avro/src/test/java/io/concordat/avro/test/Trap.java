package io.concordat.avro.test;

/** A class that nobody generated; loading it is already too much. */
public final class Trap {
    static {
        Tripped.TRIPPED.set(true);
    }
}
