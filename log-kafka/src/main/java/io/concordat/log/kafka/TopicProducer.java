package io.concordat.log.kafka;

import io.concordat.engine.log.ConflictException;
import io.concordat.engine.log.FencedException;
import io.concordat.engine.log.LogException;
import io.concordat.engine.log.NewRecord;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A writer that is a Kafka producer: {@link #transactional} or {@link #plain}. */
final class TopicProducer implements TopicWriter {
    private static final Logger LOG = System.getLogger(KafkaEventLog.class.getName());

    /** A producer that has lost the coordinator for longer than a transaction may last has nothing left to commit. */
    private static final int COMMITS_TRIED = 2;

    private static final int TRANSACTION_MILLIS = 10_000;
    private static final int DELIVERY_MILLIS = 9_000;
    private static final int REQUEST_MILLIS = 4_000;
    private static final long LARGEST_BATCH = 256 << 10;
    private static final long LEAST_BUFFER = 32 << 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicPartition partition;
    private final boolean transactional;

    private TopicProducer(KafkaProducer<byte[], byte[]> producer, TopicPartition partition, boolean transactional) {
        this.producer = producer;
        this.partition = partition;
        this.transactional = transactional;
    }

    /**
     * A writer that has ended whatever the group's earlier writers had begun, and keeps them from beginning anything.
     *
     * @throws KafkaException if that was not possible
     */
    static TopicProducer transactional(KafkaLogSettings settings, TopicPartition partition, int maxMessageBytes) {
        Map<String, Object> own = properties(maxMessageBytes);
        own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalId());
        own.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        KafkaProducer<byte[], byte[]> producer = producer(settings, own);
        try {
            producer.initTransactions();
            return new TopicProducer(producer, partition, true);
        } catch (RuntimeException | Error e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** A writer that nobody can keep from writing. */
    static TopicProducer plain(KafkaLogSettings settings, TopicPartition partition, int maxMessageBytes) {
        return new TopicProducer(producer(settings, properties(maxMessageBytes)), partition, false);
    }

    private static KafkaProducer<byte[], byte[]> producer(KafkaLogSettings settings, Map<String, Object> own) {
        return new KafkaProducer<>(
                KafkaFailures.with(settings.clients(), own), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> properties(int maxMessageBytes) {
        Map<String, Object> own = new HashMap<>();
        own.put(ProducerConfig.ACKS_CONFIG, "all");
        own.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        own.put(ProducerConfig.LINGER_MS_CONFIG, 0L);
        own.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 20L);
        own.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 200L);
        own.put(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 20L);
        own.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        own.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) DELIVERY_MILLIS);
        own.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        own.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        own.put(ProducerConfig.BATCH_SIZE_CONFIG, (int) Math.min(LARGEST_BATCH, maxMessageBytes / 2));
        // What is too large is refused by the log, before anything is sent.
        own.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.MAX_VALUE);
        own.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(LEAST_BUFFER, 4L * maxMessageBytes));
        return own;
    }

    boolean isTransactional() {
        return transactional;
    }

    @Override
    public Committed add(List<NewRecord> records, long expected, Instant timestamp) {
        if (!transactional) {
            return addPlainly(records, expected, timestamp);
        }
        Committed sent;
        try {
            producer.beginTransaction();
            sent = send(records, timestamp);
        } catch (RuntimeException e) {
            throw notAdded(e);
        }
        if (!stands(sent, records.size(), expected)) {
            abort();
            throw new ConflictException("Somebody else has written to the topic '" + partition.topic()
                    + "': a record came to stand at offset " + sent.first() + " instead of " + expected);
        }
        commit(sent);
        return sent;
    }

    /** Whether the records stand one behind the other, and where they were wanted. */
    private static boolean stands(Committed sent, int count, long expected) {
        return sent.last() - sent.first() == count - 1 && (expected == ANY || sent.first() == expected);
    }

    private Committed send(List<NewRecord> records, Instant timestamp) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
        for (NewRecord added : records) {
            sent.add(producer.send(new ProducerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    added.timestampAt(timestamp).toEpochMilli(),
                    added.key(),
                    added.value())));
        }
        long first = offset(sent.get(0));
        long last = first;
        for (Future<RecordMetadata> one : sent.subList(1, sent.size())) {
            last = offset(one);
        }
        return new Committed(first, last, transactional ? last + 2 : last + 1);
    }

    private static long offset(Future<RecordMetadata> sent) {
        try {
            return sent.get().offset();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private void abort() {
        try {
            producer.abortTransaction();
        } catch (RuntimeException e) {
            throw notAdded(e);
        }
    }

    private void commit(Committed sent) {
        for (int attempt = 1; ; attempt++) {
            try {
                producer.commitTransaction();
                return;
            } catch (RuntimeException e) {
                if (!(e instanceof TimeoutException) || attempt == COMMITS_TRIED) {
                    boolean fenced = KafkaFailures.isFenced(e);
                    throw new UndecidedException(
                            "The topic '" + partition.topic() + "' may or may not hold the last append: "
                                    + KafkaFailures.reason(e),
                            e,
                            sent,
                            fenced);
                }
            }
        }
    }

    /** A transaction that was not asked to be committed is none. */
    private LogException notAdded(RuntimeException failure) {
        if (KafkaFailures.isFenced(failure)) {
            return new FencedException("Another node writes the topic '" + partition.topic() + "' now");
        }
        return new LogException(
                "The topic '" + partition.topic() + "' cannot be written: " + KafkaFailures.reason(failure), failure);
    }

    private Committed addPlainly(List<NewRecord> records, long expected, Instant timestamp) {
        Committed sent;
        try {
            sent = send(records, timestamp);
        } catch (RuntimeException e) {
            throw new LogException(
                    "The topic '" + partition.topic() + "' may or may not hold the last append: "
                            + KafkaFailures.reason(e),
                    e,
                    true);
        }
        if (!stands(sent, records.size(), expected)) {
            throw new LogException(
                    "Somebody else has written to the topic '" + partition.topic() + "' before offset " + sent.last()
                            + ": only reading it tells what holds",
                    null,
                    true);
        }
        return sent;
    }

    @Override
    public void close() {
        try {
            producer.close(Duration.ZERO);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The producer did not close in good order", e);
        }
    }
}
