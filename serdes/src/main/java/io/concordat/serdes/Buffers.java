package io.concordat.serdes;

import io.concordat.api.format.RecordBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Spare buffers of one serializer, so that encoding allocates the result only. Not per thread: threads come and go. */
final class Buffers {
    private static final int INITIAL_CAPACITY = 512;

    private final AtomicReferenceArray<RecordBuffer> spares = new AtomicReferenceArray<>(
            Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 4 - 1));

    RecordBuffer take() {
        RecordBuffer spare = spares.getAndSet(slot(), null);
        return spare != null ? spare : new RecordBuffer(INITIAL_CAPACITY);
    }

    void giveBack(RecordBuffer buffer) {
        buffer.reset();
        spares.setRelease(slot(), buffer);
    }

    private int slot() {
        return (int) Thread.currentThread().getId() & (spares.length() - 1);
    }
}
