package io.concordat.log.kafka;

import io.concordat.engine.log.LogException;
import io.concordat.engine.log.LogRecord;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topic on a thread of its own, as fast as it comes, and lays it out in chunks for whoever takes them.
 *
 * <p>It never gives up: what keeps it from reading is said once, and tried again.
 */
final class TopicReader implements AutoCloseable {
    private static final Logger LOG = System.getLogger(KafkaEventLog.class.getName());
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MILLIS = 500;

    /** How long there may be no connection to any broker before that is worth a word. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final int RECORDS_AT_ONCE = 1024;
    private static final long BYTES_AT_ONCE = 1 << 20;
    private static final int CHUNKS_AHEAD = 32;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final boolean committedOnly;
    private final Runnable heard;
    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable String trouble;

    private volatile long end;

    /** How many connections there are; null if Kafka's client does not tell. */
    private final @Nullable Metric connections;

    /** When there was one last; touched by the reader's thread only. */
    private long lastConnected = System.nanoTime();

    /** Everything below has been laid out; touched by the reader's thread only. */
    private long position;

    /** Read but not laid out yet; touched by the reader's thread only. */
    private List<LogRecord> gathered = new ArrayList<>();

    private long bytes;

    /**
     * A stretch of the topic.
     *
     * @param records what is there, in order, perhaps nothing
     * @param next the offset behind the stretch
     */
    record Chunk(List<LogRecord> records, long next) {}

    /**
     * Starts to read.
     *
     * @param from where; it lies within the topic or at its end
     * @param committedOnly whether what does not count is left out
     * @param heard called whenever there is a chunk, and every now and then
     */
    TopicReader(
            Map<String, String> clients, TopicPartition partition, long from, boolean committedOnly, Runnable heard) {
        this.partition = partition;
        this.committedOnly = committedOnly;
        this.heard = heard;
        position = from;
        end = from;
        consumer = new KafkaConsumer<>(
                KafkaFailures.with(clients, properties()), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        connections = consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().group().equals("consumer-metrics")
                        && metric.metricName().name().equals("connection-count"))
                .findFirst()
                .orElse(null);
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        thread = new Thread(this::run, "concordat-reader " + partition.topic());
        thread.setDaemon(true);
        thread.start();
    }

    private Map<String, Object> properties() {
        Map<String, Object> own = new HashMap<>();
        own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, committedOnly ? "read_committed" : "read_uncommitted");
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        own.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 8 << 20);
        own.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, 20L);
        own.put(ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 500L);
        own.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, 20L);
        own.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        own.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        own.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000L);
        return own;
    }

    private void run() {
        try {
            while (!closed) {
                try {
                    read();
                    heard.run();
                } catch (WakeupException | InterruptedException e) {
                    LOG.log(Level.DEBUG, "The reading of the topic has been ended");
                } catch (OffsetOutOfRangeException e) {
                    report(outOfRange());
                } catch (RuntimeException e) {
                    report(KafkaFailures.reason(e));
                }
            }
        } finally {
            closeConsumer();
        }
    }

    private void closeConsumer() {
        try {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The reader of the topic did not close in good order", e);
        }
    }

    private void read() throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(POLL).records(partition)) {
            gather(polled);
        }
        // The position has passed the marks that end transactions; the lag counts up to what is undecided.
        long reached = consumer.position(partition);
        OptionalLong lag = consumer.currentLag(partition);
        lag.ifPresent(left -> end = reached + left);
        if (isConnected()) {
            recovered();
        } else {
            say("no broker has been connected for " + SILENCE.toSeconds() + " s or more");
        }
        if (lag.isPresent() && lag.getAsLong() <= 0) {
            layOut(gathered.size(), reached);
        } else if (gathered.size() >= RECORDS_AT_ONCE || bytes >= BYTES_AT_ONCE) {
            layOutWholeAppends();
        }
    }

    /** Kafka's consumer tries on without a word when all brokers are gone. */
    private boolean isConnected() {
        if (connections == null || ((Number) connections.metricValue()).doubleValue() > 0) {
            lastConnected = System.nanoTime();
        }
        return System.nanoTime() - lastConnected < SILENCE.toNanos();
    }

    private void gather(ConsumerRecord<byte[], byte[]> polled) {
        byte[] key = polled.key() == null ? new byte[0] : polled.key();
        byte[] value = polled.value();
        gathered.add(new LogRecord(polled.offset(), Instant.ofEpochMilli(polled.timestamp()), key, value));
        bytes += key.length + (value == null ? 0 : value.length);
    }

    /** Behind each append stands a mark, which is an offset without a record. */
    private void layOutWholeAppends() throws InterruptedException {
        for (int i = gathered.size() - 1; i > 0; i--) {
            if (gathered.get(i).offset() != gathered.get(i - 1).offset() + 1) {
                layOut(i, gathered.get(i - 1).offset() + 1);
                return;
            }
        }
    }

    private void layOut(int count, long next) throws InterruptedException {
        if (count == 0 && next == position) {
            return;
        }
        List<LogRecord> records = Collections.unmodifiableList(new ArrayList<>(gathered.subList(0, count)));
        gathered = new ArrayList<>(gathered.subList(count, gathered.size()));
        bytes = 0;
        chunks.put(new Chunk(records, next));
        position = next;
    }

    /** The next chunk if there is one. */
    @Nullable
    Chunk poll() {
        return chunks.poll();
    }

    /**
     * The next chunk.
     *
     * @throws LogException if there is none in time
     */
    Chunk take(long nanos) {
        Chunk chunk = poll(nanos);
        if (chunk == null) {
            String why = trouble;
            throw new LogException(
                    "The topic '" + partition.topic() + "' cannot be read" + (why == null ? " in time" : ": " + why),
                    null);
        }
        return chunk;
    }

    /** The next chunk, or null if there is none in time. */
    @Nullable
    Chunk poll(long nanos) {
        try {
            return chunks.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogException("Interrupted while reading the topic '" + partition.topic() + "'", e);
        }
    }

    /** How far the topic reaches, as far as this reader knows. */
    long end() {
        return end;
    }

    /** What keeps it from reading; null if all is well. */
    @Nullable
    String trouble() {
        return trouble;
    }

    private String outOfRange() {
        long wanted = consumer.position(partition);
        long beginning = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (wanted < beginning) {
            consumer.seek(partition, beginning);
            return "the topic has lost what was before offset " + beginning;
        }
        return "the topic ends before offset " + wanted + ", which has been read: it has lost records or was made anew;"
                + " restart this node";
    }

    private void say(String why) {
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.log(Level.WARNING, () -> "The topic '" + partition.topic() + "' cannot be read, trying on: " + why);
        }
    }

    private void report(String why) {
        say(why);
        heard.run();
        // Closing interrupts it.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
    }

    private void recovered() {
        if (trouble != null) {
            trouble = null;
            LOG.log(Level.INFO, () -> "The topic '" + partition.topic() + "' is read again");
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
