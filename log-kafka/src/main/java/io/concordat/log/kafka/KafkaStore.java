package io.concordat.log.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.engine.log.ConflictException;
import io.concordat.engine.log.FencedException;
import io.concordat.engine.log.LogException;
import io.concordat.engine.log.LogRecord;
import io.concordat.engine.log.NewRecord;
import io.concordat.engine.log.RecordStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * The records of a log in a topic that others may write, too.
 *
 * <p>The offset of what is written is checked before it is committed: if it is not the one behind the last record that has
 * been given to the tails, somebody else has written, and nothing is committed.
 */
final class KafkaStore implements RecordStore {
    private static final Logger LOG = System.getLogger(KafkaEventLog.class.getName());

    /** How far back what does not count is looked for when a node becomes the writer. */
    private static final long DISCARDED_LOOKED_FOR = 10_000;

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** How long a first reading waits for transactions that are under way. */
    private static final Duration UNDECIDED = Duration.ofSeconds(5);

    private static final Duration KEEP_ALIVE = Duration.ofHours(1);

    /** What a record takes in the topic besides its key and its value, at most. */
    private static final int RECORD_OVERHEAD = 256;

    /** What both kinds of servers write to find out where the log ends. */
    private static final byte[] NOOP_KEY = "{\"keytype\":\"NOOP\",\"magic\":0}".getBytes(UTF_8);

    private final KafkaLogSettings settings;
    private final SchemasTopic topic;
    private final Clock clock;
    private final String clusterId;
    private final int maxMessageBytes;
    private volatile boolean transactional;

    /** Why there is no fencing, as it was said last. */
    private @Nullable String warnedOf;

    @SuppressWarnings("NullAway.Init") // The log gives it before anything else.
    private Feed feed;

    private @Nullable TopicReader reader;

    /** Everything below has been given to the tails. */
    private volatile long position;

    /** What {@link #position} was when the tails had been given it all. */
    private volatile long given;

    private final ConcurrentNavigableMap<Long, CompletableFuture<@Nullable Void>> awaited =
            new ConcurrentSkipListMap<>();

    /** Whether the first reading is under way: what comes belongs to it. */
    private boolean readingFirst;

    private @Nullable TopicWriter writer;

    /** Where the writer's next record must come to stand. */
    private long expected;

    /** When the last successful commit began. */
    private volatile long committedAt = System.nanoTime();

    /** An offset that is looked out for, and whether it has come by. */
    private long watched = -1;

    private boolean watchedSeen;

    KafkaStore(KafkaLogSettings settings, SchemasTopic topic, Clock clock) {
        this.settings = settings;
        this.topic = topic;
        this.clock = clock;
        clusterId = topic.clusterId();
        maxMessageBytes = topic.maxMessageBytes();
        transactional = decideFencing();
    }

    private boolean decideFencing() {
        if (settings.fencing() == Fencing.NONE) {
            return false;
        }
        String obstacle = topic.transactionObstacle();
        if (obstacle == null) {
            return true;
        }
        if (settings.fencing() == Fencing.TRANSACTIONAL) {
            throw new LogException("The " + settings + " cannot be written in transactions: " + obstacle, null);
        }
        warnOfNoFencing(obstacle);
        return false;
    }

    private void warnOfNoFencing(String obstacle) {
        if (obstacle.equals(warnedOf)) {
            return;
        }
        warnedOf = obstacle;
        LOG.log(
                Level.WARNING,
                () -> "Writing to the " + settings + " without fencing, a deposed leader may still write: " + obstacle);
    }

    @Override
    public void attach(Feed newFeed) {
        feed = newFeed;
    }

    @Override
    public String clusterId() {
        return clusterId;
    }

    @Override
    public List<LogRecord> openWriter() {
        if (writer != null && stillWrites()) {
            return List.of();
        }
        dropWriter();
        // Rights and brokers may have come since.
        transactional = transactional || decideFencing();
        TopicWriter opened = newWriter();
        writer = opened;
        Committed floor;
        try {
            floor = toTheEnd(opened);
        } catch (LogException e) {
            dropWriter();
            throw e;
        }
        return transactional ? discardedBelow(floor.first()) : List.of();
    }

    /** Whether nobody has taken the writing over since. */
    private boolean stillWrites() {
        TopicWriter current = writer;
        if (current == null) {
            return false;
        }
        try {
            toTheEnd(current);
            return true;
        } catch (LogException e) {
            LOG.log(Level.DEBUG, "The writer has to be opened anew", e);
            return false;
        }
    }

    private TopicWriter newWriter() {
        if (!transactional) {
            return TopicProducer.plain(settings, topic.partition(), maxMessageBytes);
        }
        try {
            return TopicProducer.transactional(settings, topic.partition(), maxMessageBytes);
        } catch (KafkaException e) {
            String obstacle = SchemasTopic.obstacle(settings, e);
            if (settings.fencing() == Fencing.AUTO && e instanceof AuthorizationException) {
                warnOfNoFencing(obstacle);
                transactional = false;
                return TopicProducer.plain(settings, topic.partition(), maxMessageBytes);
            }
            throw new LogException("The " + settings + " cannot be written: " + obstacle, e);
        }
    }

    /** Writes a mark behind everything there is, and reads up to it. */
    private Committed toTheEnd(TopicWriter current) {
        long begun = System.nanoTime();
        Committed mark = current.add(List.of(new NewRecord(NOOP_KEY, null)), TopicWriter.ANY, clock.instant());
        expected = mark.next();
        catchUp(mark.last() + 1);
        committedAt = begun;
        return mark;
    }

    /** What was written and does not count. */
    private List<LogRecord> discardedBelow(long end) {
        long from = Math.max(topic.beginning(), end - DISCARDED_LOOKED_FOR);
        if (from >= end) {
            return List.of();
        }
        Set<Long> counting = new HashSet<>();
        stretch(from, end, true, record -> counting.add(record.offset()));
        List<LogRecord> discarded = new ArrayList<>();
        stretch(from, end, false, record -> {
            if (!counting.contains(record.offset())) {
                discarded.add(record);
            }
        });
        return List.copyOf(discarded);
    }

    private void stretch(long from, long end, boolean committedOnly, Consumer<LogRecord> each) {
        try (TopicReader passing =
                new TopicReader(settings.clients(), topic.partition(), from, committedOnly, () -> {})) {
            for (long at = from; at < end; ) {
                TopicReader.Chunk chunk = passing.take(PATIENCE.toNanos());
                chunk.records().stream().filter(record -> record.offset() < end).forEach(each);
                at = chunk.next();
            }
        }
    }

    @Override
    public List<LogRecord> append(List<NewRecord> records) {
        TopicWriter current = writer;
        if (current == null) {
            throw new LogException("The " + settings + " has no writer any more: open one", null);
        }
        refuseTooLarge(records);
        catchUp(expected);
        Instant timestamp = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long begun = System.nanoTime();
        try {
            Committed committed = current.add(records, expected, timestamp);
            expected = committed.next();
            if (transactional) {
                confirm(committed);
            } else {
                position = reader == null ? position : Math.max(position, committed.next());
            }
            committedAt = begun;
            // The log gives them to the tails before it does anything else.
            feed.execute(this::advance);
            return standing(records, committed, timestamp);
        } catch (ConflictException e) {
            resynchronise(current);
            throw e;
        } catch (UndecidedException e) {
            dropWriter();
            return settled(records, e, timestamp);
        } catch (LogException e) {
            dropWriter();
            throw e;
        }
    }

    private void refuseTooLarge(List<NewRecord> records) {
        for (NewRecord record : records) {
            byte[] value = record.value();
            long bytes = (long) record.key().length + (value == null ? 0 : value.length) + RECORD_OVERHEAD;
            if (bytes > maxMessageBytes) {
                throw new LogException(
                        "A record of " + bytes + " bytes is too large for the " + settings
                                + ": its max.message.bytes is " + maxMessageBytes,
                        null);
            }
        }
    }

    /**
     * Waits until the topic shows what has been committed. A broker that is shutting down may acknowledge a commit and never
     * write its mark; the next writer then ends the transaction by aborting it. Besides, a transaction that begins before the
     * mark of the last one stands is held up by the broker.
     */
    private void confirm(Committed committed) {
        if (reader == null) {
            return;
        }
        boolean shown;
        try {
            shown = isShown(committed);
        } catch (LogException e) {
            throw new LogException(
                    "The " + settings + " does not show the last append, which it has acknowledged: " + e.getMessage(),
                    e,
                    true);
        }
        if (!shown) {
            throw new LogException("The " + settings + " has taken back the last append", null);
        }
    }

    /** Reads past an append: whether the topic has it for good. */
    private boolean isShown(Committed sought) {
        watched = sought.last();
        watchedSeen = false;
        try {
            catchUp(sought.last() + 1);
            return watchedSeen;
        } finally {
            watched = -1;
        }
    }

    private static List<LogRecord> standing(List<NewRecord> records, Committed committed, Instant timestamp) {
        List<LogRecord> standing = new ArrayList<>(records.size());
        for (NewRecord record : records) {
            standing.add(new LogRecord(
                    committed.first() + standing.size(), record.timestampAt(timestamp), record.key(), record.value()));
        }
        return List.copyOf(standing);
    }

    private void resynchronise(TopicWriter current) {
        try {
            toTheEnd(current);
        } catch (LogException e) {
            LOG.log(Level.DEBUG, "The writer has to be opened anew", e);
            dropWriter();
        }
    }

    /** Looks into the topic for what a commit without an answer has come to. */
    private List<LogRecord> settled(List<NewRecord> records, UndecidedException undecided, Instant timestamp) {
        Committed sought = undecided.ifCommitted();
        if (reader == null) {
            throw undecided;
        }
        try {
            if (isShown(sought)) {
                return standing(records, sought, timestamp);
            }
        } catch (LogException e) {
            undecided.addSuppressed(e);
            throw undecided;
        }
        if (undecided.isFenced()) {
            throw new FencedException("Another node writes the " + settings + " now");
        }
        throw new LogException("The " + settings + " did not take the last append", undecided);
    }

    private void dropWriter() {
        TopicWriter dropped = writer;
        writer = null;
        if (dropped != null) {
            dropped.close();
        }
    }

    /** Gives the tails what is below an offset, as far as they do not have it. */
    private void catchUp(long target) {
        TopicReader from = reader;
        if (from == null || readingFirst) {
            return;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (position < target) {
            deliver(from.take(deadline - System.nanoTime()));
        }
    }

    private void deliver(TopicReader.Chunk chunk) {
        List<LogRecord> fresh = wanted(chunk, position);
        position = Math.max(position, chunk.next());
        if (!fresh.isEmpty()) {
            feed.deliver(fresh);
        }
    }

    private void advance() {
        given = position;
        Map.Entry<Long, CompletableFuture<@Nullable Void>> first = awaited.firstEntry();
        while (first != null && first.getKey() <= given) {
            awaited.remove(first.getKey());
            first.getValue().complete(null);
            first = awaited.firstEntry();
        }
    }

    /** Completes on the log's thread once the tails have been given everything below an offset. */
    CompletionStage<@Nullable Void> reached(long offset) {
        if (offset <= given) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<@Nullable Void> reached =
                awaited.computeIfAbsent(offset, unused -> new CompletableFuture<@Nullable Void>());
        if (offset <= given) {
            reached.complete(null);
        }
        return reached.minimalCompletionStage();
    }

    private List<LogRecord> wanted(TopicReader.Chunk chunk, long from) {
        List<LogRecord> wanted = new ArrayList<>(chunk.records().size());
        for (LogRecord record : chunk.records()) {
            watchedSeen |= record.offset() == watched;
            if (record.offset() >= from && !isNoop(record)) {
                wanted.add(record);
            }
        }
        return wanted;
    }

    private static boolean isNoop(LogRecord record) {
        return record.value() == null && Arrays.equals(record.key(), NOOP_KEY);
    }

    /** Called on the log's thread whenever the reader has been heard of. */
    private void heard() {
        TopicReader heard = reader;
        if (heard == null) {
            return;
        }
        for (TopicReader.Chunk chunk = heard.poll(); chunk != null; chunk = heard.poll()) {
            deliver(chunk);
        }
        advance();
        TopicWriter current = writer;
        if (current != null && System.nanoTime() - committedAt > KEEP_ALIVE.toNanos()) {
            resynchronise(current);
        }
    }

    @Override
    public void read(long from, Consumer<List<LogRecord>> batches) {
        long target = Math.max(topic.stableEnd(), reader == null ? expected : position);
        long start = Math.max(from, topic.beginning());
        if (reader == null) {
            readFirst(Math.min(start, target), from, target, batches);
        } else if (start < target) {
            readBeside(start, target, batches);
        }
    }

    /** The first reading of all is done by the reader that then goes on. */
    private void readFirst(long start, long from, long target, Consumer<List<LogRecord>> batches) {
        TopicReader opened =
                new TopicReader(settings.clients(), topic.partition(), start, true, () -> feed.execute(this::heard));
        reader = opened;
        position = start;
        readingFirst = true;
        try {
            while (position < target) {
                first(opened.take(settings.initTimeout().toNanos()), from, batches);
            }
            readUndecided(opened, from, batches);
        } finally {
            readingFirst = false;
        }
    }

    /**
     * Waits a little for what has been acknowledged and lacks its mark. It does not wait for long: the writer of a
     * transaction may be dead, and nobody has been told of what it wrote.
     */
    private void readUndecided(TopicReader opened, long from, Consumer<List<LogRecord>> batches) {
        long end = topic.end();
        long deadline = System.nanoTime() + UNDECIDED.toNanos();
        while (position < end) {
            TopicReader.Chunk chunk = opened.poll(Math.max(0, deadline - System.nanoTime()));
            if (chunk == null) {
                LOG.log(Level.DEBUG, () -> "The end of the " + settings + " is undecided: it is read without");
                return;
            }
            first(chunk, from, batches);
        }
    }

    private void first(TopicReader.Chunk chunk, long from, Consumer<List<LogRecord>> batches) {
        position = chunk.next();
        hand(wanted(chunk, from), batches);
    }

    private void readBeside(long start, long target, Consumer<List<LogRecord>> batches) {
        try (TopicReader passing = new TopicReader(settings.clients(), topic.partition(), start, true, () -> {})) {
            for (long at = start; at < target; ) {
                TopicReader.Chunk chunk = passing.take(settings.initTimeout().toNanos());
                at = chunk.next();
                hand(wanted(chunk, start), batches);
            }
        }
    }

    private static void hand(List<LogRecord> records, Consumer<List<LogRecord>> batches) {
        if (!records.isEmpty()) {
            batches.accept(records);
        }
    }

    boolean isTransactional() {
        return transactional;
    }

    /** Everything below has been given to the tails. */
    long position() {
        return position;
    }

    long committedAt() {
        return committedAt;
    }

    /** How many offsets the tails are behind, as far as is known. */
    long lag() {
        TopicReader asked = reader;
        return asked == null ? 0 : Math.max(0, asked.end() - position);
    }

    /** What keeps the log from being read; null if all is well. */
    @Nullable
    String trouble() {
        TopicReader asked = reader;
        return asked == null ? null : asked.trouble();
    }

    /** Ends what the group's last writer of this make may have begun. */
    void endTransactions() {
        if (transactional) {
            topic.fence();
        }
    }

    /** Where the topic ends now, by the brokers' word: behind everything that has been acknowledged. */
    long end() {
        return topic.end();
    }

    @Override
    public void close() {
        dropWriter();
        TopicReader reading = reader;
        if (reading != null) {
            reading.close();
        }
        topic.close();
    }
}
