package io.concordat.engine.log;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * An append-only log of keyed records.
 *
 * <p>A log may forget records whose key has a later one (compaction), and a tombstone that is the last of its key; it
 * keeps order and offsets. Safe for many threads.
 */
public interface EventLog extends AutoCloseable {
    /** A random name that was given to this log when it was made. */
    String clusterId();

    /**
     * Reads the log from an offset on, and goes on as it grows.
     *
     * <p>Returns once everything that was in the log at the time of the call has been delivered. The sink is called on a
     * thread of the log, then already as well as later, so the caller holds no lock that the sink needs. Batches come in order, one at a time, and each record once. A batch holds what one append or
     * several successive ones wrote, each append whole, except for records that the log has forgotten and for those
     * below {@code from}. An append of which the log has forgotten records may come in parts.
     *
     * <p>A sink that throws ends this reading, and nothing else: if this call has not returned, it throws the same;
     * later, the failure is logged as an error.
     *
     * @param from the first offset of interest; it need not exist, and may lie beyond the end
     * @return stops the reading when closed; the sink is not called afterwards
     * @throws LogException if the log cannot be read, or is closed
     */
    Tail tail(long from, Sink sink);

    /**
     * Makes the caller the one writer: every earlier writer of this log is fenced from now on.
     *
     * <p>When this returns, each append of an earlier writer either has been given to the tails of this log or will fail
     * with {@link FencedException}.
     *
     * @throws LogException if the log cannot be written, or is closed
     */
    Writer openWriter();

    /**
     * Ends all reading and writing. Appends under way are completed; later ones fail with {@link LogException}.
     *
     * <p>Waits for the end, except on a thread of the log. Closing twice is closing once.
     */
    @Override
    void close();

    /**
     * Takes batches of records. While it works, the log may stand still: it must not wait for an append.
     *
     * <p>It may call the log, also to read it, to open a writer or to close it.
     */
    @FunctionalInterface
    interface Sink {
        /**
         * Called for each batch, one at a time.
         *
         * @param batch never empty, in order of offsets
         */
        void accept(List<LogRecord> batch);
    }

    /** A reading in progress. */
    interface Tail extends AutoCloseable {
        /** Stops it. Waits for a batch that is being delivered, unless the sink itself is the caller. */
        @Override
        void close();
    }

    /** The one appender of a log. Once another writer has been opened, every append fails with {@link FencedException}. */
    interface Writer extends AutoCloseable {
        /**
         * Appends all records, or none of them.
         *
         * <p>Does not wait. Appends take effect in the order of the calls. The stage completes on a thread of the log: with
         * the offset of the last record once it is durable and every open tail has been given it; or with
         * {@link FencedException}; with {@link ConflictException} if the log has writers of another make; or with another
         * {@link LogException}, whose
         * {@link LogException#isOutcomeUnknown() outcome} may be unknown. If the log or this writer is closed, the stage
         * has failed before it is returned.
         *
         * @param records at least one
         * @throws IllegalArgumentException if there is no record
         */
        CompletionStage<Long> append(List<NewRecord> records);

        /**
         * Records of earlier writers that never took effect, as far as the log still has them. A reader of another make
         * that does not care may have seen them, so what they hand out (an id) is not to be handed out again.
         */
        default List<LogRecord> discarded() {
            return List.of();
        }

        /** Gives the role up. Appends under way are completed, later ones fail with {@link LogException}. Does not wait. */
        @Override
        void close();
    }
}
