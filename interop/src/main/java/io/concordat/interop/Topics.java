package io.concordat.interop;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records in topics, written and read by Kafka's own clients with our serializers. */
final class Topics implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String registryUrl;
    private final String bootstrapServers;
    private final Messages messages;

    Topics(String registryUrl, String bootstrapServers) {
        this.registryUrl = registryUrl;
        this.bootstrapServers = bootstrapServers;
        messages = new Messages(registryUrl);
    }

    ObjectNode produce(Request request) throws Exception {
        Map<String, Object> settings = request.settings(registryUrl);
        Object value = messages.prepare(request, settings);
        settings.put("bootstrap.servers", bootstrapServers);
        String part = request.isKey() ? "key" : "value";
        String other = request.isKey() ? "value" : "key";
        settings.put(part + ".serializer", "io.concordat.kafka.RegistrySerializer");
        settings.put(other + ".serializer", ByteArraySerializer.class.getName());
        try (KafkaProducer<Object, Object> producer = new KafkaProducer<>(settings)) {
            RecordMetadata written = producer.send(
                            request.isKey()
                                    ? new ProducerRecord<>(request.topic(), value, null)
                                    : new ProducerRecord<>(request.topic(), value))
                    .get();
            return Values.JSON
                    .createObjectNode()
                    .put("partition", written.partition())
                    .put("offset", written.offset());
        }
    }

    /** The first records of a topic, which has one partition. */
    ObjectNode consume(Request request) throws IOException {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
        settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
        settings.put("auto.offset.reset", "earliest");
        ArrayNode records = Values.JSON.createArrayNode();
        Instant end = Instant.now().plus(PATIENCE);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            consumer.assign(List.of(new TopicPartition(request.topic(), 0)));
            while (records.size() < request.count()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    records.add(decode(request, record));
                }
                if (Instant.now().isAfter(end)) {
                    throw new IllegalStateException("only " + records.size() + " of " + request.count()
                            + " records came out of topic '" + request.topic() + "' within " + PATIENCE);
                }
            }
        }
        return Values.JSON.createObjectNode().set("records", records);
    }

    private ObjectNode decode(Request request, ConsumerRecord<byte[], byte[]> record) throws IOException {
        byte[] bytes = request.isKey() ? record.key() : record.value();
        return bytes == null
                ? Values.JSON.createObjectNode().putNull("value")
                : Messages.decode(
                        request.topic(), request.isKey(), record.headers(), bytes, request.settings(registryUrl));
    }

    @Override
    public void close() {
        messages.close();
    }
}
