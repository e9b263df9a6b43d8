package io.concordat.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DevBrokerTest {
    @Test
    void start_ephemeral_servesTopicsProducersAndGroups() throws Exception {
        Path folder;
        try (DevBroker broker = DevBroker.ephemeral()) {
            folder = broker.folder();
            createTopic(broker, "greetings");
            produce(broker, "greetings", "one", "two");

            assertThat(consume(broker, "greetings", 2)).containsExactly("one", "two");
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void start_sameFolderAgain_hasWhatWasWritten(@TempDir Path folder) throws Exception {
        DevBrokerSettings settings = DevBrokerSettings.EPHEMERAL.withFolder(folder.resolve("kafka"));
        try (DevBroker broker = DevBroker.start(settings)) {
            produce(broker, "kept", "one");
        }
        try (DevBroker broker = DevBroker.start(settings)) {
            produce(broker, "kept", "two");

            assertThat(consume(broker, "kept", 2)).containsExactly("one", "two");
        }
    }

    @Test
    void start_transactions_commit() {
        try (DevBroker broker = DevBroker.ephemeral();
                KafkaProducer<String, String> producer = producer(broker, Map.of("transactional.id", "tx"))) {
            producer.initTransactions();
            producer.beginTransaction();
            Future<RecordMetadata> sent = producer.send(new ProducerRecord<>("atomic", "all"));
            producer.commitTransaction();

            assertThat(sent).succeedsWithin(Duration.ofSeconds(10));
            assertThat(consume(broker, "atomic", 1)).containsExactly("all");
        }
    }

    @Test
    void start_takenPort_saysWhichOne() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DevBrokerSettings settings = DevBrokerSettings.EPHEMERAL.withPort(taken.getLocalPort());

            assertThatThrownBy(() -> DevBroker.start(settings))
                    .isInstanceOf(DevStartException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort());
        }
    }

    @Test
    void start_folderInUse_isRefused(@TempDir Path folder) {
        DevBrokerSettings settings = DevBrokerSettings.EPHEMERAL.withFolder(folder);
        try (DevBroker first = DevBroker.start(settings)) {
            assertThatThrownBy(() -> DevBroker.start(settings))
                    .isInstanceOf(DevStartException.class)
                    .hasMessageContaining(first.folder().toString());

            assertThatBrokerWorks(first);
        }
    }

    @Test
    void start_folderIsAFile_isRefused(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DevBroker.start(DevBrokerSettings.EPHEMERAL.withFolder(file)))
                .isInstanceOf(DevStartException.class)
                .hasMessageContaining(file.toString());
    }

    private static void assertThatBrokerWorks(DevBroker broker) {
        produce(broker, "still-here", "yes");
        assertThat(consume(broker, "still-here", 1)).containsExactly("yes");
    }

    private static void createTopic(DevBroker broker, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static KafkaProducer<String, String> producer(DevBroker broker, Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    private static void produce(DevBroker broker, String topic, String... values) {
        try (KafkaProducer<String, String> producer = producer(broker, Map.of())) {
            for (String value : values) {
                assertThat(producer.send(new ProducerRecord<>(topic, value))).succeedsWithin(Duration.ofSeconds(30));
            }
        }
    }

    private static List<String> consume(DevBroker broker, String topic, int count) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "readers",
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (values.size() < count) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
