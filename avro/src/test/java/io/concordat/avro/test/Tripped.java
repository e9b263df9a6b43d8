package io.concordat.avro.test;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether {@link Trap} was initialised. */
public final class Tripped {
    public static final AtomicBoolean TRIPPED = new AtomicBoolean();

    private Tripped() {}
}
