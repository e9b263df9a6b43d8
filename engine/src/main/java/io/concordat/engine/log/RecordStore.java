package io.concordat.engine.log;

import java.util.List;
import java.util.function.Consumer;

/**
 * Where a {@link SerialEventLog} keeps its records.
 *
 * <p>Used by one thread at a time. A reading under way is not disturbed by another reading; nothing is added during one.
 */
public interface RecordStore extends AutoCloseable {
    /** A random name that was given to these records when the first was written or before. */
    String clusterId();

    /**
     * Adds all records, or none of them, above every offset that was ever given out.
     *
     * @param records at least one
     * @return the same, as they now stand durably in the store
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
