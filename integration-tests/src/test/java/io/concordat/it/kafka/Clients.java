package io.concordat.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.dev.DevEnvironment;
import io.concordat.kafka.RegistryDeserializer;
import io.concordat.kafka.RegistrySerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Plain Kafka clients of an environment, with the registry's serializers for keys and values. */
final class Clients {
    private final Map<String, Object> common;

    Clients(DevEnvironment environment) {
        common = Map.of(
                "bootstrap.servers", environment.bootstrapServers(), "schema.registry.url", environment.registryUrl());
    }

    /** Sends records and waits until the broker has each. */
    <K, V> void send(List<ProducerRecord<K, V>> records) {
        send(records, Map.of());
    }

    /** The same under other settings than the usual ones. */
    <K, V> void send(List<ProducerRecord<K, V>> records, Map<String, Object> settings) {
        Map<String, Object> config = new HashMap<>(common);
        config.put("key.serializer", RegistrySerializer.class.getName());
        config.put("value.serializer", RegistrySerializer.class.getName());
        config.putAll(settings);
        try (KafkaProducer<K, V> producer = new KafkaProducer<>(config)) {
            for (ProducerRecord<K, V> record : records) {
                assertThat(producer.send(record)).succeedsWithin(Duration.ofSeconds(30));
            }
        }
    }

    /** Waits for so many records of a topic. */
    <K, V> List<ConsumerRecord<K, V>> receive(String topic, int count, Map<String, Object> settings) {
        Map<String, Object> config = new HashMap<>(common);
        config.put("group.id", "test-" + UUID.randomUUID());
        config.put("auto.offset.reset", "earliest");
        config.put("key.deserializer", RegistryDeserializer.class.getName());
        config.put("value.deserializer", RegistryDeserializer.class.getName());
        config.putAll(settings);
        List<ConsumerRecord<K, V>> records = new ArrayList<>();
        try (KafkaConsumer<K, V> consumer = new KafkaConsumer<>(config)) {
            consumer.subscribe(List.of(topic));
            while (records.size() < count) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }
}
