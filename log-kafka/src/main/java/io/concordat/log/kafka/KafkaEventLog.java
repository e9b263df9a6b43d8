package io.concordat.log.kafka;

import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.LogException;
import io.concordat.engine.log.SerialEventLog;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The log of a cluster of registries, in a compacted topic of one partition: that of existing registries, record for record.
 *
 * <p>Each append is a transaction. Opening a writer fences the group's writer before, whichever node it was on, and settles
 * what it had begun. Before a commit the offsets are compared with those where the records must stand: if anybody else has
 * written, a registry of another make for example, the append fails with a
 * {@link io.concordat.engine.log.ConflictException} and changes nothing. Where transactions are not to be had, see
 * {@link Fencing}.
 *
 * <p>The marks that servers write to find the end of the log (records of the kind {@code NOOP}) are not given to tails.
 */
public final class KafkaEventLog implements EventLog {
    private final SerialEventLog log;
    private final KafkaStore store;

    private KafkaEventLog(SerialEventLog log, KafkaStore store) {
        this.log = log;
        this.store = store;
    }

    /** Opens the log by the system's clock: see {@link #open(KafkaLogSettings, Clock)}. */
    public static KafkaEventLog open(KafkaLogSettings settings) {
        return open(settings, Clock.systemUTC());
    }

    /**
     * Opens the log in a topic, which is made if there is none.
     *
     * @param clock gives the records their timestamps
     * @throws LogException if the brokers do not answer in time, or the topic is not fit for a log
     */
    public static KafkaEventLog open(KafkaLogSettings settings, Clock clock) {
        Objects.requireNonNull(clock, "clock");
        SchemasTopic topic = SchemasTopic.open(settings);
        try {
            KafkaStore store = new KafkaStore(settings, topic, clock);
            return new KafkaEventLog(new SerialEventLog(settings.toString(), store), store);
        } catch (RuntimeException | Error e) {
            topic.close();
            throw e;
        }
    }

    /** The id of the Kafka cluster. */
    @Override
    public String clusterId() {
        return log.clusterId();
    }

    @Override
    public Tail tail(long from, Sink sink) {
        return log.tail(from, sink);
    }

    @Override
    public Writer openWriter() {
        return log.openWriter();
    }

    /** Whether a deposed writer is kept out. */
    public boolean isFenced() {
        return store.isTransactional();
    }

    /** The offset below which everything has been given to the tails. */
    public long position() {
        return store.position();
    }

    /**
     * When this log's writer began its last successful commit, by the system's nanoseconds. Everything that had been written
     * until then has been given to the tails.
     */
    public long committedAt() {
        return store.committedAt();
    }

    /** How many offsets the tails are behind, as far as is known. */
    public long lag() {
        return store.lag();
    }

    /** What keeps the log from being read at the moment; it is tried on. */
    public Optional<String> trouble() {
        return Optional.ofNullable(store.trouble());
    }

    /**
     * The offset behind the last record, by the brokers' word, whether that has been decided or not. Waits for it.
     *
     * <p>Everything that has been acknowledged by anybody stands below it: a commit is acknowledged before the topic shows it.
     *
     * @throws LogException if they do not answer in time
     */
    public long end() {
        return store.end();
    }

    /**
     * Completes once the tails have been given everything below an offset, on a thread that must not be held up.
     *
     * @param offset may lie beyond the end
     */
    public CompletionStage<@Nullable Void> reached(long offset) {
        return store.reached(offset);
    }

    /**
     * Ends what the last writer of this make may have left unfinished, so that nobody has to wait for it. Waits for it.
     *
     * <p>For when a registry of another make leads, which does not do so itself. It fences that writer.
     *
     * @throws LogException if that is impossible at the moment
     */
    public void endTransactions() {
        store.endTransactions();
    }

    @Override
    public void close() {
        log.close();
    }
}
