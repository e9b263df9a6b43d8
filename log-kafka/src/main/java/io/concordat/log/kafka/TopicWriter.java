package io.concordat.log.kafka;

import io.concordat.engine.log.LogException;
import io.concordat.engine.log.NewRecord;
import java.time.Instant;
import java.util.List;

/** Adds records to the topic. For one thread; of no use any more once it has thrown anything but a conflict. */
interface TopicWriter extends AutoCloseable {
    /** Stands for an offset that may be any. */
    long ANY = -1;

    /**
     * Adds all records or none of them.
     *
     * @param expected where the first one must come to stand, or {@link #ANY}
     * @param timestamp of those that do not have their own
     * @throws io.concordat.engine.log.ConflictException if others have written meanwhile
     * @throws io.concordat.engine.log.FencedException if another is the writer now
     * @throws UndecidedException if they may have been added all the same
     * @throws LogException if they have not been added
     */
    Committed add(List<NewRecord> records, long expected, Instant timestamp);

    /** Does not wait for long, and never throws. */
    @Override
    void close();
}
