package io.concordat.it.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Compatibility;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.client.SchemaRegistryClient;
import io.concordat.dev.DevEnvironment;
import io.concordat.kafka.RegistryConfigurationException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
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

    /** A class that carries no schema. */
    record Weather(String place, double temp) {}

    @Test
    void avroAndJson_inOneTopic_areReadByTheTypeOfTheirSchemas() {
        clients.send(List.of(new ProducerRecord<>("readings", key(1), reading("here", 20))));
        registry.setCompatibility(Subject.value("readings"), Compatibility.NONE);
        clients.send(
                List.of(new ProducerRecord<>("readings", key(2), new Weather("there", 21.5))),
                Map.of("value.schema.type", "JSON"));

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
    void schemaIdsInHeaders_mixedWithThoseBeforeRecords_areRead() {
        clients.send(List.of(new ProducerRecord<>("headers", key(1), reading("before", 1))));
        clients.send(
                List.of(new ProducerRecord<>("headers", key(2), reading("header", 2))),
                Map.of("value.schema.id.serializer", "HeaderSchemaIdSerializer"));

        List<ConsumerRecord<GenericRecord, GenericRecord>> received = clients.receive("headers", 2, Map.of());

        assertThat(received)
                .extracting(ConsumerRecord::value)
                .containsExactlyInAnyOrder(reading("before", 1), reading("header", 2));
        assertThat(received)
                .filteredOn(record -> record.headers().lastHeader("__value_schema_id") != null)
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.headers().lastHeader("__value_schema_id").value())
                            .hasSize(17)
                            .startsWith(1);
                    assertThat(record.headers().lastHeader("__key_schema_id")).isNull();
                });
    }

    @Test
    void associatedTopic_ofThisClusterAndNoOther_usesItsSubject() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", environment.bootstrapServers()))) {
            String cluster = admin.describeCluster().clusterId().get();
            associate(cluster, "associated", ":.ours:readings");
            associate("another-" + cluster, "associated", ":.theirs:readings");
        }

        clients.send(List.of(new ProducerRecord<>("associated", key(1), reading("here", 20))));
        List<ConsumerRecord<GenericRecord, GenericRecord>> received = clients.receive("associated", 1, Map.of());

        assertThat(received).extracting(ConsumerRecord::value).containsExactly(reading("here", 20));
        assertThat(registry.versions(Subject.of(":.ours:readings"))).containsExactly(1);
        assertThat(registry.findVersion(Subject.value("associated"), SchemaContent.avro(READING.toString())))
                .isEmpty();
    }

    /** Registers the readings' schema under a subject and associates a topic's values with it. */
    private void associate(String cluster, String topic, String subject) throws IOException, InterruptedException {
        registry.register(Subject.of(subject), SchemaContent.avro(READING.toString()));
        String body = "{\"resourceName\":\"" + topic + "\",\"resourceNamespace\":\"" + cluster
                + "\",\"resourceId\":\"" + cluster + topic + "\",\"resourceType\":\"topic\",\"associations\":"
                + "[{\"subject\":\"" + subject + "\",\"associationType\":\"value\",\"lifecycle\":\"WEAK\"}]}";
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(environment.registryUrl() + "/associations"))
                                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void javaRecords_readIntoTheClassOfTheSetting_comeBackInTheirClass() {
        Weather weather = new Weather("there", 21.5);
        clients.send(
                List.of(new ProducerRecord<>("weather-records", key(1), weather)), Map.of("value.schema.type", "JSON"));

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
                .isInstanceOf(RegistryConfigurationException.class)
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
