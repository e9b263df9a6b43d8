package io.concordat.cli;

import io.concordat.dev.DevEnvironment;
import io.concordat.kafka.RegistryDeserializer;
import io.concordat.kafka.RegistrySerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** An application's side of the demo: plain Kafka clients, configured as one would configure them. */
final class Topics {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final DevEnvironment environment;

    Topics(DevEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Sends records with the registry's serializer and waits until the broker has them.
     *
     * @return how many bytes their values took
     */
    long send(String topic, List<GenericRecord> records) {
        Map<String, Object> config = common();
        config.put("key.serializer", StringSerializer.class.getName());
        config.put("value.serializer", RegistrySerializer.class.getName());
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, GenericRecord> producer = new KafkaProducer<>(config)) {
            for (GenericRecord record : records) {
                sent.add(producer.send(new ProducerRecord<>(topic, record)));
            }
            producer.flush();
            return bytes(sent);
        }
    }

    private static long bytes(List<Future<RecordMetadata>> sent) {
        long bytes = 0;
        try {
            for (Future<RecordMetadata> record : sent) {
                bytes += record.get().serializedValueSize();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not take a record: " + Failures.message(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending", e);
        }
        return bytes;
    }

    /** Reads a topic from its beginning with the registry's deserializer, up to so many records. */
    List<GenericRecord> receive(String topic, int count) {
        return receive(topic, count, RegistryDeserializer.class);
    }

    /** Reads a topic from its beginning, up to so many records, as the bytes that Kafka holds. */
    List<byte[]> receiveBytes(String topic, int count) {
        return receive(topic, count, ByteArrayDeserializer.class);
    }

    private <T> List<T> receive(String topic, int count, Class<?> deserializer) {
        Map<String, Object> config = common();
        config.put("group.id", "demo-" + UUID.randomUUID());
        config.put("auto.offset.reset", "earliest");
        config.put("key.deserializer", StringDeserializer.class.getName());
        config.put("value.deserializer", deserializer.getName());
        List<T> values = new ArrayList<>(count);
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaConsumer<String, T> consumer = new KafkaConsumer<>(config)) {
            consumer.subscribe(List.of(topic));
            while (values.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    private Map<String, Object> common() {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", environment.bootstrapServers());
        config.put("schema.registry.url", environment.registryUrl());
        return config;
    }
}
