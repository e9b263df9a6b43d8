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
     * <p>Returns once everything that was in the log at the time of the call has been delivered. Batches come in order,
     * one at a time, each either whole or not at all; later ones on a thread of the log.
     *
     * @param from the first offset of interest; it need not exist
     * @return stops the reading when closed; the sink is not called afterwards
     * @throws LogException if the log cannot be read
     */
    Tail tail(long from, Sink sink);

    /**
     * Makes the caller the one writer: every earlier writer of this log is fenced from now on.
     *
     * @throws LogException if the log cannot be written
     */
    Writer openWriter();

    /** Ends all reading and writing. What was appended before is kept. */
    @Override
    void close();

    /** Takes batches of records. */
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
        /** Stops it. A batch that is being delivered is delivered to its end. */
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
         * {@link FencedException}, or with another {@link LogException}, whose
         * {@link LogException#isOutcomeUnknown() outcome} may be unknown.
         *
         * @param records at least one
         */
        CompletionStage<Long> append(List<NewRecord> records);

        /** Gives the role up. Appends under way are completed. */
        @Override
        void close();
    }
}
