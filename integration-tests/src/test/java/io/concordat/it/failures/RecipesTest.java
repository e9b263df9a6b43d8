package io.concordat.it.failures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.dev.DevBroker;
import io.concordat.kafka.BadRecordException;
import io.concordat.kafka.Decoded;
import io.concordat.kafka.RegistryConfigurationException;
import io.concordat.kafka.RegistryDeserializer;
import io.concordat.kafka.RegistrySerde;
import io.concordat.kafka.SerdeFailure;
import io.concordat.kafka.streams.BadRecordHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonContainerStoppingErrorHandler;
import org.springframework.kafka.listener.CommonDelegatingErrorHandler;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.serializer.DeserializationException;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.util.backoff.FixedBackOff;

/**
 * The recipes of docs/failures.md, against a real broker: a registry that goes away costs no record, and a bad one stops
 * nobody. Each {@code java} block of the document must stand in this file, but for the line breaks.
 */
@Timeout(180)
class RecipesTest {
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final byte[] JSON = "{\"customer\": \"Kim\"}".getBytes(UTF_8);

    private static DevBroker broker;

    private TroubledRegistry registry;

    @BeforeAll
    static void startBroker() {
        broker = DevBroker.ephemeral();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void startRegistry() throws IOException {
        registry = new TroubledRegistry();
    }

    @AfterEach
    void stopRegistry() {
        registry.close();
    }

    @Test
    void document_everySnippet_standsInThisTest() throws IOException {
        Path root = requireNonNull(Path.of("").toAbsolutePath().getParent());
        String document = Files.readString(root.resolve("docs/failures.md"));
        String here = compact(Files.readString(
                root.resolve("integration-tests/src/test/java/io/concordat/it/failures/RecipesTest.java")));

        List<String> snippets =
                SNIPPET.matcher(document).results().map(block -> block.group(1)).toList();

        assertThat(snippets).hasSize(5).allSatisfy(snippet -> assertThat(here).contains(compact(snippet)));
    }

    private static String compact(String text) {
        return text.replaceAll("\\s+", "");
    }

    /** What a consumer makes of each record. */
    private interface Application {
        void handle(@Nullable String value);

        void putAside(byte[] value, Headers headers, @Nullable String reason);
    }

    static <K, V> ConsumerRecords<K, V> poll(
            KafkaConsumer<K, V> consumer, Duration timeout, Consumer<RecordDeserializationException> putAside)
            throws InterruptedException {
        try {
            return consumer.poll(timeout);
        } catch (RecordDeserializationException e) {
            switch (SerdeFailure.in(e).orElseThrow(() -> e).kind()) {
                case TRANSIENT -> Thread.sleep(1_000); // the position has not moved: the same record comes again
                case BAD_RECORD -> {
                    putAside.accept(e); // with e.keyBuffer(), e.valueBuffer() and e.headers()
                    consumer.seek(e.topicPartition(), e.offset() + 1);
                }
                case CONFIGURATION -> throw e;
            }
            return ConsumerRecords.empty();
        }
    }

    @Test
    void plainConsumer_registryAwayAndABadRecord_losesNothing() throws Exception {
        createTopics("plain");
        send("plain", 20, Map.of(7, JSON));
        registry.has(Trouble.REFUSED, "/");
        Map<String, Object> settings = consumer("plain-readers");
        settings.put("schema.registry.deadline.ms", 1_000);
        List<String> values = new ArrayList<>();
        List<byte[]> aside = new ArrayList<>();
        TopicPartition partition = new TopicPartition("plain", 0);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
            consumer.subscribe(List.of("plain"));
            int failures = 0;
            while (failures < 3) {
                try {
                    assertThat(consumer.poll(Duration.ofMillis(200))).isEmpty();
                } catch (RecordDeserializationException e) {
                    assertThat(SerdeFailure.isTransient(e)).isTrue();
                    failures++;
                }
            }
            assertThat(consumer.position(partition)).isZero();

            registry.comesBack();
            while (values.size() < 19) {
                poll(consumer, Duration.ofMillis(200), e -> aside.add(bytes(e.valueBuffer())))
                        .forEach(record -> values.add(record.value()));
            }
            consumer.commitSync();
            assertThat(consumer.position(partition)).isEqualTo(20);
        }

        assertThat(values).isEqualTo(valuesWithout(20, Set.of(7)));
        assertThat(aside).containsExactly(JSON);
        assertThat(committed("plain-readers", partition)).isEqualTo(20);
    }

    @Test
    void plainConsumer_configurationAtFault_stops() throws Exception {
        createTopics("refused");
        send("refused", 1, Map.of());
        registry.has(Trouble.FORBIDDEN, "/");
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(consumer("refused-readers"))) {
            consumer.subscribe(List.of("refused"));
            Throwable told = null;
            while (told == null) {
                try {
                    poll(consumer, Duration.ofMillis(200), e -> {
                        throw new AssertionError(e);
                    });
                } catch (RecordDeserializationException e) {
                    told = e;
                }
            }
            assertThat(told).hasCauseExactlyInstanceOf(RegistryConfigurationException.class);
            assertThat(consumer.position(new TopicPartition("refused", 0))).isZero();
        }
    }

    private static void handle(ConsumerRecords<String, Decoded<String>> records, Application application) {
        for (ConsumerRecord<String, Decoded<String>> record : records) {
            if (record.value() instanceof Decoded.Failed<String> failed) {
                application.putAside(
                        failed.bytes(), failed.headers(), failed.failure().getMessage());
            } else if (record.value() != null) { // null is a tombstone
                application.handle(record.value().orElseThrow());
            }
        }
    }

    @Test
    void wrappingConsumer_tenBadRecordsInAThousand_goesOnToTheEnd() throws Exception {
        createTopics("wrapped");
        Map<Integer, byte[]> poison = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            poison.put(37 + 100 * i, poison(i));
        }
        send("wrapped", 1_000, poison);
        Map<String, Object> settings = consumer("wrapping-readers");
        settings.put("bad.record.policy", "wrap");

        Recorded application = new Recorded();
        TopicPartition partition = new TopicPartition("wrapped", 0);
        try (KafkaConsumer<String, Decoded<String>> consumer = new KafkaConsumer<>(settings)) {
            consumer.subscribe(List.of("wrapped"));
            while (application.values.size() + application.aside.size() < 1_000) {
                handle(consumer.poll(Duration.ofMillis(200)), application);
                consumer.commitSync();
            }
        }

        assertThat(application.values).hasSize(990).isEqualTo(valuesWithout(1_000, poison.keySet()));
        List<byte[]> expected = new TreeSet<>(poison.keySet())
                .stream().map(i -> requireNonNull(poison.get(i))).toList();
        assertThat(application.aside)
                .hasSize(10)
                .usingElementComparator(Arrays::compare)
                .isEqualTo(expected);
        assertThat(application.traces).hasSize(10).doesNotHaveDuplicates().allMatch(trace -> trace.endsWith("37"));
        assertThat(committed("wrapping-readers", partition)).isEqualTo(1_000);
    }

    private static byte[] poison(int kind) {
        return switch (kind) {
            case 0 -> JSON;
            case 1 -> new byte[] {};
            case 2 -> new byte[] {0, 0};
            case 3 -> "text".getBytes(UTF_8);
            case 4 ->
                ByteBuffer.allocate(9)
                        .put((byte) 0)
                        .putInt(TroubledRegistry.UNKNOWN_ID)
                        .array();
            case 5 -> new byte[] {0, 0, 0, 0, 7, 126, 65};
            case 6 -> new byte[] {-1, -2, -3};
            case 7 -> new byte[] {'O', 'b', 'j', 1, 0};
            case 8 -> new byte[] {0, 0, 0, 0, 7};
            default -> new byte[] {(byte) 0xc3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        };
    }

    private static final class Recorded implements Application {
        private final List<String> values = new ArrayList<>();
        private final List<byte[]> aside = new ArrayList<>();
        private final List<String> traces = new ArrayList<>();

        @Override
        public void handle(@Nullable String value) {
            values.add(requireNonNull(value));
        }

        @Override
        public void putAside(byte[] value, Headers headers, @Nullable String reason) {
            aside.add(value);
            traces.add(new String(headers.lastHeader("trace").value(), UTF_8));
        }
    }

    @Test
    void waitingConsumer_registryAway_givesItsRecordsOnceItIsBack() throws Exception {
        createTopics("waiting");
        send("waiting", 20, Map.of());
        registry.has(Trouble.UNAVAILABLE, "/");
        Map<String, Object> settings = consumer("waiting-readers");
        settings.put("schema.registry.outage.wait.ms", 120_000);
        settings.put("schema.registry.deadline.ms", 1_000);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<List<String>> values = thread.submit(() -> {
                List<String> received = new ArrayList<>();
                try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
                    consumer.subscribe(List.of("waiting"));
                    while (received.size() < 20) {
                        consumer.poll(Duration.ofMillis(200)).forEach(record -> received.add(record.value()));
                    }
                }
                return received;
            });
            await(() -> registry.requestsFor("/") >= 8);
            assertThat(values).isNotDone();

            registry.isWell();

            assertThat(values).succeedsWithin(Duration.ofMinutes(2)).isEqualTo(valuesWithout(20, Set.of()));
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void waitingDeserializer_interruptedOrClosed_stopsWaiting() throws Exception {
        registry.has(Trouble.UNAVAILABLE, "/");
        Map<String, Object> settings = Map.of(
                "schema.registry.url", registry.url(),
                "schema.registry.outage.wait.ms", 200_000,
                "schema.registry.deadline.ms", 1_000);
        for (boolean closes : new boolean[] {true, false}) {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            RegistryDeserializer<String> deserializer = new RegistryDeserializer<>();
            deserializer.configure(settings, false);
            long before = registry.requestsFor("/");
            Future<Boolean> interrupted = thread.submit(() -> {
                try {
                    deserializer.deserialize("t", message("foo"));
                    throw new AssertionError("there is no registry");
                } catch (RuntimeException e) {
                    assertThat(e).matches(SerdeFailure::isTransient, "is transient");
                    return Thread.currentThread().isInterrupted();
                }
            });
            await(() -> registry.requestsFor("/") >= before + 2);
            if (closes) {
                deserializer.close();
            } else {
                thread.shutdownNow();
            }
            assertThat(interrupted).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(!closes);
            thread.shutdownNow();
            deserializer.close();
        }
    }

    private static Properties streamsSettings() {
        Properties settings = new Properties();
        settings.put("default.value.serde", RegistrySerde.class);
        settings.put("deserialization.exception.handler", BadRecordHandler.class);
        settings.put("errors.dead.letter.queue.topic.name", "orders-dead");
        settings.put("schema.registry.outage.wait.ms", 240_000);
        return settings;
    }

    @Test
    void streams_registryAwayAndABadRecord_losesNothing(@TempDir Path folder) throws Exception {
        createTopics("orders", "copies", "orders-dead");
        send("orders", 20, Map.of(7, JSON));
        registry.has(Trouble.UNAVAILABLE, "/");
        Properties settings = streamsSettings();
        settings.put("application.id", "copying");
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("schema.registry.url", registry.url());
        settings.put("schema.registry.deadline.ms", 1_000);
        settings.put("default.key.serde", "org.apache.kafka.common.serialization.Serdes$StringSerde");
        settings.put("auto.offset.reset", "earliest");
        settings.put("commit.interval.ms", 100);
        settings.put("state.dir", folder.toString());
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("orders").to("copies");
        try (KafkaStreams streams = new KafkaStreams(builder.build(), settings)) {
            streams.start();
            await(() -> registry.requestsFor("/") >= 8);
            assertThat(streams.state().isRunningOrRebalancing()).isTrue();

            registry.isWell();

            assertThat(received("copies", 19)).extracting(RecipesTest::text).isEqualTo(valuesWithout(20, Set.of(7)));
            ConsumerRecord<byte[], byte[]> dead = received("orders-dead", 1).get(0);
            assertThat(dead.value()).isEqualTo(JSON);
            assertThat(header(dead, "trace")).isEqualTo("trace 7");
            assertThat(header(dead, "__streams.errors.offset")).isEqualTo("7");
            assertThat(header(dead, "__streams.errors.exception")).isEqualTo(BadRecordException.class.getName());
            assertThat(header(dead, "__streams.errors.message")).contains("it looks like JSON text");
            assertThat(streams.state().isRunningOrRebalancing()).isTrue();
        }
    }

    static CommonErrorHandler errorHandler(KafkaOperations<?, ?> deadLetters) {
        DefaultErrorHandler records =
                new DefaultErrorHandler(new DeadLetterPublishingRecoverer(deadLetters), new FixedBackOff(0, 0));
        records.removeClassification(DeserializationException.class); // or it would give up at once
        records.setBackOffFunction((record, exception) ->
                SerdeFailure.isTransient(exception) ? new FixedBackOff(1_000, FixedBackOff.UNLIMITED_ATTEMPTS) : null);
        CommonDelegatingErrorHandler all = new CommonDelegatingErrorHandler(records);
        all.setCauseChainTraversing(true);
        all.addDelegate(RegistryConfigurationException.class, new CommonContainerStoppingErrorHandler());
        return all;
    }

    private Map<String, Object> springSettings() {
        Map<String, Object> settings = consumer("spring-readers");
        settings.put("value.deserializer", ErrorHandlingDeserializer.class);
        settings.put("spring.deserializer.value.delegate.class", RegistryDeserializer.class);
        return settings;
    }

    @Test
    void springContainer_registryAwayABadRecordAndAWrongPassword_losesNothing() throws Exception {
        createTopics("spring", "spring-dlt");
        send("spring", 20, Map.of(7, JSON));
        registry.has(Trouble.UNAVAILABLE, "/");
        Map<String, Object> settings = springSettings();
        settings.put("schema.registry.deadline.ms", 1_000);
        DefaultKafkaProducerFactory<String, byte[]> producers = new DefaultKafkaProducerFactory<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
        List<String> values = new CopyOnWriteArrayList<>();
        ContainerProperties properties = new ContainerProperties("spring");
        properties.setMessageListener((MessageListener<String, String>) record -> values.add(record.value()));
        KafkaMessageListenerContainer<String, String> container =
                new KafkaMessageListenerContainer<>(new DefaultKafkaConsumerFactory<>(settings), properties);
        container.setCommonErrorHandler(errorHandler(new KafkaTemplate<>(producers)));
        container.start();
        try {
            await(() -> registry.requestsFor("/") >= 8);
            assertThat(values).isEmpty();

            registry.isWell();

            await(() -> values.size() == 19);
            assertThat(values).isEqualTo(valuesWithout(20, Set.of(7)));
            ConsumerRecord<byte[], byte[]> dead = received("spring-dlt", 1).get(0);
            assertThat(dead.value()).isEqualTo(JSON);
            assertThat(header(dead, "trace")).isEqualTo("trace 7");
            assertThat(container.isRunning()).isTrue();

            registry.has(Trouble.UNAUTHORIZED, "/");
            sendBytes(
                    "spring",
                    List.of(ByteBuffer.allocate(6).put((byte) 0).putInt(8).array()));
            await(() -> !container.isRunning());
            assertThat(received("spring-dlt", 1)).hasSize(1);
        } finally {
            container.stop();
            producers.destroy();
        }
    }

    private Map<String, Object> consumer(String group) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("schema.registry.url", registry.url());
        settings.put("group.id", group);
        settings.put("auto.offset.reset", "earliest");
        settings.put("key.deserializer", StringDeserializer.class);
        settings.put("value.deserializer", RegistryDeserializer.class);
        return settings;
    }

    private static void createTopics(String... names) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            List<NewTopic> topics = new ArrayList<>();
            for (String name : names) {
                topics.add(new NewTopic(name, 1, (short) 1));
            }
            admin.createTopics(topics).all().get();
        }
    }

    private static long committed(String group, TopicPartition partition) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return requireNonNull(offsets.get(partition)).offset();
        }
    }

    /** So many numbered records, but for some that are other bytes. */
    private static void send(String topic, int count, Map<Integer, byte[]> poison) {
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bad = poison.get(i);
            values.add(bad != null ? bad : message("order " + i));
        }
        sendBytes(topic, values);
    }

    private static void sendBytes(String topic, List<byte[]> values) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < values.size(); i++) {
                ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, "key", values.get(i));
                record.headers().add("trace", ("trace " + i).getBytes(UTF_8));
                Future<?> unused = producer.send(record);
            }
            producer.flush();
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> received(String topic, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (records.size() < count) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private static byte[] message(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return ByteBuffer.allocate(6 + bytes.length)
                .put((byte) 0)
                .putInt(TroubledRegistry.ID)
                .put((byte) (2 * bytes.length))
                .put(bytes)
                .array();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), 6, record.value().length - 6, UTF_8);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static List<String> valuesWithout(int count, Set<Integer> bad) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (!bad.contains(i)) {
                values.add("order " + i);
            }
        }
        return values;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(50);
        }
    }
}
