package io.concordat.avro.test;

import java.util.concurrent.atomic.AtomicBoolean;

/** Which traps were initialised. */
public final class Tripped {
    public static final AtomicBoolean TRIPPED = new AtomicBoolean();
    public static final AtomicBoolean RECORD = new AtomicBoolean();

    private Tripped() {}
}
