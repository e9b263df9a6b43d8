package io.concordat.serdes;

import io.concordat.api.format.RecordBuffer;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Spare buffers of one serializer, so that encoding allocates the result only. There are so many at most, however many threads
 * come and go: one that finds its place free has a buffer of its own there, and gets at it without an atomic operation. All others
 * share.
 */
final class Buffers {
    private static final int INITIAL_CAPACITY = 512;
    private static final int PLACES = Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 4 - 1);

    private final AtomicReferenceArray<Spare> own = new AtomicReferenceArray<>(PLACES);
    private final AtomicReferenceArray<Spare> shared = new AtomicReferenceArray<>(PLACES);

    Spare take() {
        Thread thread = Thread.currentThread();
        int place = placeOf(thread);
        Spare found = own.getAcquire(place);
        if (found != null && found.refersTo(thread) && !found.isTaken) {
            found.isTaken = true;
            return found;
        }
        return found == null || found.refersTo(null) ? settle(thread, place, found) : takeShared(place);
    }

    /** Takes over a place that nobody has had, or nobody who is still there. */
    private Spare settle(Thread thread, int place, @Nullable Spare former) {
        Spare mine = new Spare(thread);
        return own.compareAndSet(place, former, mine) ? mine : takeShared(place);
    }

    private Spare takeShared(int place) {
        Spare spare = shared.getAndSet(place, null);
        return spare != null ? spare : new Spare(null);
    }

    /** By the thread that took it. */
    void giveBack(Spare spare) {
        spare.buffer.reset();
        if (spare.isOwn) {
            spare.isTaken = false;
        } else {
            shared.setRelease(placeOf(Thread.currentThread()), spare);
        }
    }

    private static int placeOf(Thread thread) {
        return (int) thread.getId() & (PLACES - 1);
    }

    /** A buffer: a thread's own, which no other touches and which does not keep the thread, or one for all. */
    static final class Spare extends WeakReference<Thread> {
        private final RecordBuffer buffer = new RecordBuffer(INITIAL_CAPACITY);
        private final boolean isOwn;

        /** A value may have another one written while it is written itself. */
        private boolean isTaken = true;

        private Spare(@Nullable Thread owner) {
            super(owner);
            isOwn = owner != null;
        }

        RecordBuffer buffer() {
            return buffer;
        }
    }
}
