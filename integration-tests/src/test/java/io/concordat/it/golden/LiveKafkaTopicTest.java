package io.concordat.it.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.dev.DevBroker;
import io.concordat.engine.log.EventLog;
import io.concordat.log.kafka.KafkaEventLog;
import io.concordat.log.kafka.KafkaLogSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;

/** The same topic, in Kafka. */
class LiveKafkaTopicTest extends LiveTopicContract {
    private static final DevBroker BROKER = DevBroker.ephemeral();

    @AfterAll
    static void stopBroker() {
        BROKER.close();
    }

    @Override
    EventLog open(List<Recorded> records) {
        Map<String, Object> client = new HashMap<>(Map.of("bootstrap.servers", BROKER.bootstrapServers()));
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(
                            new NewTopic("_schemas", 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
            write(client, records);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return KafkaEventLog.open(
                KafkaLogSettings.builder(BROKER.bootstrapServers()).build());
    }

    /** As the registry wrote it: one after the other, outside of transactions. */
    private static void write(Map<String, Object> client, List<Recorded> records) throws Exception {
        Future<RecordMetadata> last = null;
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Recorded record : records) {
                last = producer.send(new ProducerRecord<>(
                        "_schemas", 0, record.timestamp().toEpochMilli(), record.key(), record.value()));
            }
        }
        assertThat(last)
                .isNotNull()
                .satisfies(sent -> assertThat(sent.get().offset()).isEqualTo(records.size() - 1));
    }
}
