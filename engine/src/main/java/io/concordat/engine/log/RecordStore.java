package io.concordat.engine.log;

import java.util.List;
import java.util.function.Consumer;

/**
 * Where a {@link SerialEventLog} keeps its records.
 *
 * <p>Used by one thread at a time. A reading under way is not disturbed by another reading; nothing is added during one.
 *
 * <p>Some stores have other writers than this log. Such a one hands over what they add through its {@link Feed}, in order
 * with what it adds itself: it is up to date with them when {@link #append} adds, and when {@link #openWriter} returns.
 */
public interface RecordStore extends AutoCloseable {
    /** How a store hands over what others have added. */
    interface Feed {
        /** Has something done on the log's thread; on a closed log, nothing. */
        void execute(Runnable work);

        /**
         * Gives records to the tails. On the log's thread only.
         *
         * @param batch never empty, above everything that was handed over or added before
         */
        void deliver(List<LogRecord> batch);
    }

    /** Called once, before anything else. */
    default void attach(Feed feed) {}

    /**
     * Makes sure that nobody else adds records from now on, where others could.
     *
     * @return records that others wrote and that do not count, although a careless reader may have seen them
     * @throws LogException if that is impossible at the moment
     */
    default List<LogRecord> openWriter() {
        return List.of();
    }

    /** A random name that was given to these records when the first was written or before. */
    String clusterId();

    /**
     * Adds all records, or none of them, above every offset that was ever given out.
     *
     * @param records at least one
     * @return the same, as they now stand durably in the store
     * @throws FencedException if somebody else is the writer now
     * @throws ConflictException if somebody else has added records meanwhile; the tails have them then
     * @throws LogException if they were not added, or if that is unknown
     */
    List<LogRecord> append(List<NewRecord> records);

    /**
     * Reads everything from an offset on.
     *
     * @param from the first offset of interest; it need not exist
     * @param batches is given the records in order, never none, never a part of those of one append that are at or above
     *     {@code from}; what it throws ends the reading and is thrown on
     * @throws LogException if the records cannot be read
     */
    void read(long from, Consumer<List<LogRecord>> batches);

    /** Lets go of everything; called once, at the end. */
    @Override
    void close();
}
