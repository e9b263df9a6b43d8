package io.concordat.it.failures;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.kafka.RegistryDeserializer;
import io.concordat.kafka.RegistrySerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A producer or consumer as a process of its own, which keeps schemas in a folder. */
final class ClientProcess {
    private static final String TOPIC = "orders";
    private static final Schema ORDER = SchemaBuilder.record("Order")
            .fields()
            .requiredInt("number")
            .requiredString("customer")
            .endRecord();

    private ClientProcess() {}

    /**
     * Runs one to its end.
     *
     * @param task {@code produce} or {@code consume}
     * @return what it said: its answer, and what it warned of
     */
    static Said run(String task, int count, String bootstrapServers, String registryUrl, Path store, Path errors)
            throws IOException, InterruptedException {
        Path root = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx192m",
                        "-Djava.util.logging.config.file=" + root.resolve(".mvn/test-logging.properties"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClientProcess.class.getName(),
                        task,
                        String.valueOf(count),
                        bootstrapServers,
                        registryUrl,
                        store.toString()))
                .redirectError(errors.toFile())
                .start();
        try {
            String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IOException("it said '" + answer + "' and did not end");
            }
            return new Said(answer.strip(), Files.readAllLines(errors));
        } finally {
            process.destroyForcibly();
        }
    }

    /** What a process wrote to its two outputs. */
    record Said(String answer, List<String> log) {
        /** The warnings of this library, not those of Kafka. */
        List<String> warnings() {
            return log.stream()
                    .filter(line -> line.contains(" io.concordat.") && line.contains("WARN"))
                    .toList();
        }
    }

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", arguments[2]);
        settings.put("schema.registry.url", arguments[3]);
        settings.put("schema.registry.store.dir", arguments[4]);
        if (arguments[0].equals("produce")) {
            produce(count, settings);
        } else {
            consume(count, settings);
        }
    }

    private static void produce(int count, Map<String, Object> settings) throws Exception {
        settings.put("key.serializer", StringSerializer.class);
        settings.put("value.serializer", RegistrySerializer.class);
        List<Future<?>> sent = new ArrayList<>();
        try (KafkaProducer<String, GenericRecord> producer = new KafkaProducer<>(settings)) {
            for (int i = 0; i < count; i++) {
                GenericRecord order = new GenericRecordBuilder(ORDER)
                        .set("number", i)
                        .set("customer", "Kim")
                        .build();
                sent.add(producer.send(new ProducerRecord<>(TOPIC, order)));
            }
        }
        for (Future<?> record : sent) {
            record.get();
        }
        System.out.println("produced " + sent.size());
    }

    private static void consume(int count, Map<String, Object> settings) {
        settings.put("key.deserializer", StringDeserializer.class);
        settings.put("value.deserializer", RegistryDeserializer.class);
        settings.put("group.id", UUID.randomUUID().toString());
        settings.put("auto.offset.reset", "earliest");
        int received = 0;
        try (KafkaConsumer<String, GenericRecord> consumer = new KafkaConsumer<>(settings)) {
            consumer.subscribe(List.of(TOPIC));
            while (received < count) {
                for (ConsumerRecord<String, GenericRecord> record : consumer.poll(Duration.ofMillis(500))) {
                    if (record.value().getSchema().getFullName().equals("Order")) {
                        received++;
                    }
                }
            }
        }
        System.out.println("consumed " + received);
    }
}
