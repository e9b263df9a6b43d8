package io.concordat.log.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Where a {@link KafkaEventLog} is, and how it is written.
 *
 * @param topic the topic
 * @param group the name of the registry's election: nodes of one group share one log
 * @param replicationFactor how many copies a new topic is to have, if there are that many brokers
 * @param topicConfig further settings of a new topic, by Kafka's own names
 * @param skipValidation whether an existing topic is taken as it is
 * @param fencing how a deposed writer is kept out
 * @param initTimeout how long opening may take
 * @param clients settings of all Kafka clients, by Kafka's own names; at least {@code bootstrap.servers}
 */
public record KafkaLogSettings(
        String topic,
        String group,
        int replicationFactor,
        Map<String, String> topicConfig,
        boolean skipValidation,
        Fencing fencing,
        Duration initTimeout,
        Map<String, String> clients) {
    /**
     * Checks all settings.
     *
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public KafkaLogSettings {
        topicConfig = Map.copyOf(topicConfig);
        clients = Map.copyOf(clients);
        List<String> problems = new ArrayList<>();
        if (topic.isBlank()) {
            problems.add("the topic has no name");
        }
        if (group.isBlank()) {
            problems.add("the group has no name");
        }
        if (replicationFactor < 1) {
            problems.add("the replication factor " + replicationFactor + " is not positive");
        }
        if (initTimeout.isNegative() || initTimeout.isZero()) {
            problems.add("the time to open, " + initTimeout + ", is not positive");
        }
        if (clients.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "")
                .isBlank()) {
            problems.add("no bootstrap servers");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Invalid settings of the Kafka log: " + String.join("; ", problems));
        }
    }

    /** Whether Kafka's own clients know a key. */
    public static boolean isClientKey(String key) {
        return AdminClientConfig.configNames().contains(key)
                || ProducerConfig.configNames().contains(key)
                || ConsumerConfig.configNames().contains(key);
    }

    /** Settings that start from the usual ones. */
    public static Builder builder(String bootstrapServers) {
        return new Builder().client(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    }

    /** The name under which the leaders of a group write, one after the other. */
    String transactionalId() {
        return group + "-" + topic + "-leader";
    }

    /** Where brokers are asked first. */
    String bootstrapServers() {
        return clients.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /** Without the settings of the clients, among which are passwords. */
    @Override
    public String toString() {
        return "topic '" + topic + "' on " + bootstrapServers();
    }

    /** Settings in the making. */
    public static final class Builder {
        private String topic = "_schemas";
        private String group = "schema-registry";
        private int replicationFactor = 3;
        private final Map<String, String> topicConfig = new HashMap<>();
        private boolean skipValidation;
        private Fencing fencing = Fencing.AUTO;
        private Duration initTimeout = Duration.ofSeconds(60);
        private final Map<String, String> clients = new HashMap<>();

        private Builder() {}

        public Builder topic(String newTopic) {
            topic = Objects.requireNonNull(newTopic, "newTopic");
            return this;
        }

        public Builder group(String newGroup) {
            group = Objects.requireNonNull(newGroup, "newGroup");
            return this;
        }

        public Builder replicationFactor(int copies) {
            replicationFactor = copies;
            return this;
        }

        /** One more setting of a new topic. */
        public Builder topicConfig(String name, String value) {
            topicConfig.put(name, value);
            return this;
        }

        public Builder skipValidation(boolean skip) {
            skipValidation = skip;
            return this;
        }

        public Builder fencing(Fencing newFencing) {
            fencing = Objects.requireNonNull(newFencing, "newFencing");
            return this;
        }

        public Builder initTimeout(Duration timeout) {
            initTimeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /** One more setting of all Kafka clients. */
        public Builder client(String name, String value) {
            clients.put(name, value);
            return this;
        }

        /**
         * The settings, checked.
         *
         * @throws IllegalArgumentException naming everything that is wrong
         */
        public KafkaLogSettings build() {
            return new KafkaLogSettings(
                    topic, group, replicationFactor, topicConfig, skipValidation, fencing, initTimeout, clients);
        }
    }
}
