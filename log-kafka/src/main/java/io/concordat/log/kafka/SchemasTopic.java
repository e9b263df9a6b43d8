package io.concordat.log.kafka;

import static io.concordat.log.kafka.KafkaFailures.await;

import io.concordat.engine.log.LogException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The topic of a log: that it is there and fit for it, and where it ends. Safe for many threads. */
final class SchemasTopic implements AutoCloseable {
    private static final Logger LOG = System.getLogger(KafkaEventLog.class.getName());
    private static final int REQUEST_MILLIS = 10_000;
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** What a broker takes at most, if it does not say. */
    private static final int USUAL_MESSAGE_BYTES = 1_048_588;

    private final KafkaLogSettings settings;
    private final Admin admin;
    private final TopicPartition partition;
    private final long deadline;

    private SchemasTopic(KafkaLogSettings settings) {
        this.settings = settings;
        partition = new TopicPartition(settings.topic(), 0);
        deadline = System.nanoTime() + settings.initTimeout().toNanos();
        Map<String, Object> properties = KafkaFailures.with(
                settings.clients(),
                Map.of(
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        REQUEST_MILLIS / 2,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        REQUEST_MILLIS,
                        CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG,
                        50L));
        admin = admin(properties);
    }

    private Admin admin(Map<String, Object> properties) {
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new LogException(
                    "The " + settings + " cannot be asked for with these settings: " + cause.getMessage(), e);
        }
    }

    /**
     * Finds the topic, or makes it.
     *
     * @throws LogException if it cannot be reached in time, or is not fit for a log
     */
    static SchemasTopic open(KafkaLogSettings settings) {
        SchemasTopic topic = new SchemasTopic(settings);
        try {
            topic.createOrCheck();
            return topic;
        } catch (RuntimeException | Error e) {
            topic.close();
            throw e;
        }
    }

    private void createOrCheck() {
        // The first word to the cluster: wait for it as long as there is time.
        int brokers = ask(admin.describeCluster().nodes(), "The brokers of the " + settings + " cannot be found")
                .size();
        TopicDescription found = describe();
        if (found == null) {
            create(brokers);
            return;
        }
        if (settings.skipValidation()) {
            return;
        }
        check(found, brokers);
    }

    private <T> T ask(org.apache.kafka.common.KafkaFuture<T> future, String what) {
        return await(
                future,
                Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()),
                what);
    }

    private @Nullable TopicDescription describe() {
        try {
            return ask(
                            admin.describeTopics(List.of(settings.topic())).allTopicNames(),
                            "The " + settings + " cannot be looked at")
                    .get(settings.topic());
        } catch (LogException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw e;
        }
    }

    private void create(int brokers) {
        int copies = Math.min(brokers, settings.replicationFactor());
        if (copies < settings.replicationFactor()) {
            LOG.log(
                    Level.WARNING,
                    () -> "The " + settings + " gets fewer copies than the " + settings.replicationFactor()
                            + " it should have: brokers found: " + brokers);
        }
        Map<String, String> config = new HashMap<>(settings.topicConfig());
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        NewTopic wanted = new NewTopic(settings.topic(), 1, (short) copies).configs(config);
        try {
            ask(admin.createTopics(List.of(wanted)).all(), "The " + settings + " cannot be made");
        } catch (LogException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
            LOG.log(Level.DEBUG, "Another node has made the topic at the same time");
        }
    }

    private void check(TopicDescription found, int brokers) {
        if (found.partitions().size() != 1) {
            throw new LogException(
                    "The " + settings + " must have 1 partition, but has "
                            + found.partitions().size(),
                    null);
        }
        int copies = found.partitions().get(0).replicas().size();
        if (copies < Math.min(brokers, settings.replicationFactor())) {
            LOG.log(
                    Level.WARNING,
                    () -> "The " + settings + " has " + copies + " copies, less than the "
                            + settings.replicationFactor() + " wanted");
        }
        String policy = config(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new LogException(
                    "The " + settings + " would lose schemas: its cleanup.policy is '" + policy
                            + "'; set it to 'compact'",
                    null);
        }
    }

    /** A setting of the topic; something else if this user must not look. */
    private String config(String name, String otherwise) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, settings.topic());
        try {
            Config config = config(resource);
            ConfigEntry entry = config.get(name);
            return entry == null || entry.value() == null ? otherwise : entry.value();
        } catch (LogException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            LOG.log(
                    Level.WARNING,
                    () -> "The setting " + name + " of the " + settings
                            + " is not checked: the right DESCRIBE_CONFIGS on the topic is missing");
            return otherwise;
        }
    }

    private Config config(ConfigResource resource) {
        while (true) {
            try {
                return Objects.requireNonNull(ask(
                                admin.describeConfigs(List.of(resource)).all(),
                                "The settings of the " + settings + " cannot be read")
                        .get(resource));
            } catch (LogException e) {
                // Not every broker has heard yet of a topic that has just been made.
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    TopicPartition partition() {
        return partition;
    }

    /** The name of the Kafka cluster. */
    String clusterId() {
        return ask(admin.describeCluster().clusterId(), "The cluster does not tell its id");
    }

    /** The most bytes that a record may take in the topic. */
    int maxMessageBytes() {
        String bytes = config(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(USUAL_MESSAGE_BYTES));
        return Integer.parseInt(bytes);
    }

    /** The offset below which everything has been decided: what is there counts, or never will. */
    long stableEnd() {
        return offset(OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    /**
     * The offset behind the last record, whether it has been decided or not. A commit is acknowledged before its mark stands in
     * the topic: only below this end is everything that anybody has been told.
     */
    long end() {
        return offset(OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** The offset below which there is nothing any more. */
    long beginning() {
        return offset(OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    private long offset(OffsetSpec spec, IsolationLevel isolation) {
        ListOffsetsResultInfo info = await(
                admin.listOffsets(Map.of(partition, spec), new ListOffsetsOptions(isolation))
                        .partitionResult(partition),
                REQUEST_MILLIS + 1_000L,
                "The end of the " + settings + " cannot be found");
        return info.offset();
    }

    /**
     * Why transactions cannot be used here, as far as can be told without one; null if nothing speaks against them.
     *
     * <p>It takes a first look at the coordinator of the group's transactional id. That disturbs no writer.
     */
    @Nullable
    String transactionObstacle() {
        String id = settings.transactionalId();
        try {
            admin.describeTransactions(List.of(id)).description(id).get(REQUEST_MILLIS, TimeUnit.MILLISECONDS);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (TimeoutException | org.apache.kafka.common.errors.TimeoutException e) {
            return noCoordinator();
        } catch (ExecutionException e) {
            return obstacle(KafkaFailures.unwrapped(e));
        }
    }

    private @Nullable String obstacle(Throwable failure) {
        if (failure instanceof TransactionalIdNotFoundException) {
            // Nobody has written under this id yet.
            return null;
        }
        if (failure instanceof org.apache.kafka.common.errors.TimeoutException) {
            return noCoordinator();
        }
        return obstacle(settings, failure);
    }

    /** What an operator has to do so that the group can write in transactions. */
    static String obstacle(KafkaLogSettings settings, Throwable failure) {
        if (failure instanceof AuthorizationException) {
            return "the rights WRITE and DESCRIBE on the transactional id '" + settings.transactionalId()
                    + "' are missing (ACL)";
        }
        return KafkaFailures.reason(failure);
    }

    private static String noCoordinator() {
        return "no transaction coordinator answers; does the cluster have as many brokers as its"
                + " transaction.state.log.replication.factor says?";
    }

    /** Fences whoever writes in transactions, and ends what he has begun. */
    void fence() {
        await(
                admin.fenceProducers(List.of(settings.transactionalId())).all(),
                REQUEST_MILLIS + 1_000L,
                "The writer of the " + settings + " cannot be fenced");
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
