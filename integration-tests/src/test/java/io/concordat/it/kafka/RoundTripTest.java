package io.concordat.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Compatibility;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.client.SchemaRegistryClient;
import io.concordat.dev.DevEnvironment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundTripTest {
    private static final Schema KEY =
            SchemaBuilder.record("Key").fields().requiredInt("number").endRecord();
    private static final Schema READING = SchemaBuilder.record("Reading")
            .fields()
            .requiredString("place")
            .requiredInt("temp")
            .endRecord();

    private final DevEnvironment environment = DevEnvironment.ephemeral();
    private final SchemaRegistryClient registry = environment.client();
    private final Clients clients = new Clients(environment);

    @AfterAll
    void close() {
        registry.close();
        environment.close();
    }

    @Test
    void genericRecords_asKeysAndValues_comeBack() {
        List<ProducerRecord<GenericRecord, GenericRecord>> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sent.add(new ProducerRecord<>("generic", key(i), reading("place " + i, i)));
        }
        clients.send(sent);

        List<ConsumerRecord<GenericRecord, GenericRecord>> received = clients.receive("generic", 100, Map.of());

        assertThat(received).extracting(ConsumerRecord::key).isEqualTo(keys(sent));
        assertThat(received).extracting(ConsumerRecord::value).isEqualTo(values(sent));
        assertThat(registry.versions(Subject.key("generic"))).containsExactly(1);
        assertThat(registry.versions(Subject.value("generic"))).containsExactly(1);
    }

    @Test
    void specificRecords_readAsSpecific_comeBackInTheirClass() {
        Payment payment = new Payment("DE-1", 1999);
        clients.send(List.of(new ProducerRecord<>("specific", "DE-1", payment)));

        ConsumerRecord<Object, Payment> received = clients.<Object, Payment>receive(
                        "specific", 1, Map.of("specific.avro.reader", "true"))
                .get(0);

        assertThat(received.value()).isEqualTo(payment);
        assertThat(received.value().cents()).isEqualTo(1999);
        assertThat(received.key()).hasToString("DE-1");
    }

    @Test
    void specificRecords_readAsGeneric_comeBackAsGeneric() {
        clients.send(List.of(new ProducerRecord<>("specific-as-generic", "DE-1", new Payment("DE-1", 1999))));

        ConsumerRecord<Object, GenericRecord> received = clients.<Object, GenericRecord>receive(
                        "specific-as-generic", 1, Map.of())
                .get(0);

        assertThat(received.value().get("cents")).isEqualTo(1999L);
    }

    /** A class that only JSON has a schema for. */
    record Weather(String place, double temp) {}

    @Test
    void avroAndJson_inOneTopic_areReadByTheTypeOfTheirSchemas() {
        clients.send(List.of(new ProducerRecord<>("readings", key(1), reading("here", 20))));
        registry.setCompatibility(Subject.value("readings"), Compatibility.NONE);
        clients.send(List.of(new ProducerRecord<>("readings", key(2), new Weather("there", 21.5))));

        List<ConsumerRecord<GenericRecord, Object>> received = clients.receive("readings", 2, Map.of());

        assertThat(received)
                .extracting(ConsumerRecord::value)
                .containsExactlyInAnyOrder(
                        reading("here", 20), Map.of("place", "there", "temp", new BigDecimal("21.5")));
        assertThat(registry.latest(Subject.value("readings"))
                        .orElseThrow()
                        .content()
                        .type())
                .isEqualTo(SchemaType.JSON);
    }

    @Test
    void javaRecords_readIntoTheClassOfTheSetting_comeBackInTheirClass() {
        Weather weather = new Weather("there", 21.5);
        clients.send(List.of(new ProducerRecord<>("weather-records", key(1), weather)));

        List<ConsumerRecord<GenericRecord, Weather>> received = clients.receive(
                "weather-records",
                1,
                Map.of("json.value.type", Weather.class.getName(), "json.fail.invalid.schema", "true"));

        assertThat(received).extracting(ConsumerRecord::value).containsExactly(weather);
    }

    @Test
    void tombstone_comesBackAsNull() {
        clients.send(List.of(
                new ProducerRecord<>("tombstones", key(1), reading("here", 20)),
                new ProducerRecord<GenericRecord, GenericRecord>("tombstones", key(1), null)));

        List<ConsumerRecord<GenericRecord, GenericRecord>> received = clients.receive("tombstones", 2, Map.of());

        assertThat(received).extracting(ConsumerRecord::value).containsExactly(reading("here", 20), null);
    }

    @Test
    void incompatibleRecord_isRefusedBeforeItIsSent() {
        clients.send(List.of(new ProducerRecord<>("refused", key(1), reading("here", 20))));
        Schema other =
                SchemaBuilder.record("Reading").fields().requiredString("temp").endRecord();
        GenericRecord wrong =
                new GenericRecordBuilder(other).set("temp", "cold").build();

        assertThatThrownBy(() -> clients.send(List.of(new ProducerRecord<>("refused", key(2), wrong))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("refused");

        assertThat(registry.versions(Subject.value("refused"))).containsExactly(1);
    }

    private static GenericRecord key(int number) {
        return new GenericRecordBuilder(KEY).set("number", number).build();
    }

    private static GenericRecord reading(String place, int temp) {
        return new GenericRecordBuilder(READING)
                .set("place", place)
                .set("temp", temp)
                .build();
    }

    private static <K, V> List<K> keys(List<ProducerRecord<K, V>> records) {
        return records.stream().map(ProducerRecord::key).toList();
    }

    private static <K, V> List<V> values(List<ProducerRecord<K, V>> records) {
        return records.stream().map(ProducerRecord::value).toList();
    }
}
