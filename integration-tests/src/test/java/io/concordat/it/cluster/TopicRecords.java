package io.concordat.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.json.Json;
import io.concordat.api.json.JsonShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stands in a {@code _schemas} topic, and the form that existing registries give it. */
final class TopicRecords {
    private static final String OWN_SUBJECT = ":.__concordat:";

    /** The members of keys, in the one order that they have. */
    private static final Map<String, List<String>> KEYS = Map.of(
            "NOOP", List.of("keytype", "magic"),
            "SCHEMA", List.of("keytype", "subject", "version", "magic"),
            "CONFIG", List.of("keytype", "subject", "magic"),
            "MODE", List.of("keytype", "subject", "magic"),
            "DELETE_SUBJECT", List.of("keytype", "subject", "magic"),
            "CLEAR_SUBJECT", List.of("keytype", "subject", "magic"),
            "CONTEXT", List.of("keytype", "tenant", "context", "magic"));

    private static final Map<String, List<String>> VALUES = Map.of(
            "SCHEMA",
            List.of("subject", "version", "id", "schemaType", "references", "metadata", "ruleSet", "schema", "deleted"),
            "CONFIG",
            List.of(
                    "subject",
                    "alias",
                    "normalize",
                    "validateFields",
                    "validateNewSchemas",
                    "validateRules",
                    "compatibilityLevel",
                    "compatibilityPolicy",
                    "compatibilityGroup",
                    "defaultMetadata",
                    "overrideMetadata",
                    "defaultRuleSet",
                    "overrideRuleSet"),
            "MODE",
            List.of("subject", "mode"),
            "DELETE_SUBJECT",
            List.of("subject", "version"),
            "CLEAR_SUBJECT",
            List.of("subject"),
            "CONTEXT",
            List.of("tenant", "context"));

    private TopicRecords() {}

    /** Everything that a reader sees who cares for transactions, or one who does not. */
    static List<ConsumerRecord<byte[], byte[]>> read(String bootstrapServers, String topic, String isolation) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation);
        TopicPartition partition = new TopicPartition(topic, 0);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }

    /** The kind of a record. */
    static String kind(ConsumerRecord<byte[], byte[]> record) {
        return String.valueOf(object(record.key()).get("keytype"));
    }

    static Map<?, ?> object(byte[] json) {
        return JsonShape.object(new String(json, UTF_8), Json.read(json));
    }

    /** Whether it is the record that this registry alone writes. */
    static boolean isOwn(ConsumerRecord<byte[], byte[]> record) {
        return OWN_SUBJECT.equals(object(record.key()).get("subject"));
    }

    /** What is not as existing registries have it, apart from the one record of our own. */
    static List<String> oddities(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .filter(record -> !isOwn(record))
                .flatMap(record -> oddity(record).map(odd -> odd + " in " + text(record)).stream())
                .toList();
    }

    private static Optional<String> oddity(ConsumerRecord<byte[], byte[]> record) {
        String kind = kind(record);
        List<String> keys = KEYS.get(kind);
        if (keys == null) {
            return Optional.of("an unknown kind");
        }
        if (record.headers().iterator().hasNext()) {
            return Optional.of("a header");
        }
        Map<?, ?> key = object(record.key());
        List<String> wanted = key.containsKey("subject") ? keys : without(keys, "subject");
        if (!List.copyOf(key.keySet()).equals(wanted)
                || !String.valueOf(key.get("magic")).equals(kind.equals("SCHEMA") ? "1" : "0")) {
            return Optional.of("a key of another shape");
        }
        if (!isCompact(record.key())) {
            return Optional.of("a key with blanks");
        }
        return record.value() == null ? Optional.empty() : oddityOfValue(kind, key, record.value());
    }

    private static Optional<String> oddityOfValue(String kind, Map<?, ?> key, byte[] bytes) {
        Map<?, ?> value = object(bytes);
        List<String> order = VALUES.getOrDefault(kind, List.of());
        List<?> sorted = order.stream().filter(value::containsKey).toList();
        if (!List.copyOf(value.keySet()).equals(sorted)) {
            return Optional.of("a member or an order that nobody knows");
        }
        if (!Objects.equals(key.get("subject"), value.get("subject"))) {
            return Optional.of("a value of another subject");
        }
        return isCompact(bytes) ? Optional.empty() : Optional.of("a value with blanks");
    }

    private static boolean isCompact(byte[] json) {
        return java.util.Arrays.equals(Json.write(Objects.requireNonNull(Json.read(json))), json);
    }

    private static List<String> without(List<String> names, String one) {
        return names.stream().filter(name -> !name.equals(one)).toList();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8) + " "
                + (record.value() == null ? "" : new String(record.value(), UTF_8));
    }
}
