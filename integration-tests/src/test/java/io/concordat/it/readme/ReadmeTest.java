package io.concordat.it.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.type.Money;
import io.concordat.api.Compatibility;
import io.concordat.api.CompatibilityReport;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.avro.AvroSchema;
import io.concordat.client.SchemaRegistryClient;
import io.concordat.dev.DevEnvironment;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.json.JsonCodec;
import io.concordat.json.JsonEnvelope;
import io.concordat.json.JsonFormat;
import io.concordat.json.JsonSchema;
import io.concordat.protobuf.ProtobufSchema;
import io.concordat.serdes.MessageSerializer;
import io.concordat.serdes.RecordPart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The README's snippets, compiled and run against a real broker and registry.
 *
 * <p>Each {@code java} block of the README must stand in this file, but for the addresses and the line breaks. A snippet that is
 * changed in one place only fails {@link #readme_everySnippet_standsInThisTest}.
 */
class ReadmeTest {
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static DevEnvironment environment;

    @BeforeAll
    static void start() {
        environment = DevEnvironment.ephemeral();
    }

    @AfterAll
    static void stop() {
        environment.close();
    }

    @Test
    void readme_everySnippet_standsInThisTest() throws IOException {
        Path root = requireNonNull(Path.of("").toAbsolutePath().getParent());
        String readme = Files.readString(root.resolve("README.md"));
        String here = compact(Files.readString(
                root.resolve("integration-tests/src/test/java/io/concordat/it/readme/ReadmeTest.java")));

        List<String> snippets = SNIPPET.matcher(readme)
                .results()
                .map(block -> block.group(1)
                        .replace("\"http://127.0.0.1:8081\"", "environment.registryUrl()")
                        .replace("\"127.0.0.1:9092\"", "environment.bootstrapServers()"))
                .toList();

        assertThat(snippets).hasSize(10).allSatisfy(snippet -> assertThat(here).contains(compact(snippet)));
    }

    @Test
    void snippets_ofTheClientAndMessages_doWhatTheySay() {
        SchemaRegistryClient client = SchemaRegistryClient.connect(environment.registryUrl());
        AvroSchema user = AvroSchema.parse("""
                {"type": "record", "name": "User", "namespace": "com.acme",
                 "fields": [{"name": "name", "type": "string"}, {"name": "age", "type": "int"}]}""");

        RegisteredSchema registered = client.register(Subject.value("users"), user);
        SchemaContent byId = client.schema(registered.id()).content();
        RegisteredSchema latest = client.latest(Subject.value("users")).orElseThrow();
        OptionalInt version = client.findVersion(Subject.value("users"), user);

        assertThat(byId).isEqualTo(user.content());
        assertThat(latest.version()).isEqualTo(version.getAsInt()).isEqualTo(1);
        assertChangesAreJudged(client);
        assertMessagesAreRead(client, user, registered);
        assertJsonIsRead(client);
        client.close();
    }

    record Order(String id, Instant placed, List<String> lines, Optional<String> note) {}

    @Test
    void snippets_ofJavaRecords_arriveAsTheyWereSent() throws Exception {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", environment.bootstrapServers());
        settings.put("schema.registry.url", environment.registryUrl());
        settings.put("group.id", "orders");
        settings.put("auto.offset.reset", "earliest");
        settings.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
        settings.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        settings.put("value.serializer", "io.concordat.kafka.RegistrySerializer");
        settings.put("value.deserializer", "io.concordat.kafka.RegistryDeserializer");
        settings.put("specific.avro.value.type", Order.class);
        Order order = new Order("o1", Instant.EPOCH, List.of("a", "b"), Optional.of("fragile"));

        try (KafkaProducer<String, Order> producer = new KafkaProducer<>(settings)) {
            producer.send(new ProducerRecord<>("orders", order)).get();
        }

        List<Order> orders = new ArrayList<>();
        try (KafkaConsumer<String, Order> consumer = new KafkaConsumer<>(settings)) {
            consumer.subscribe(List.of("orders"));
            consumer.poll(Duration.ofSeconds(30)).forEach(record -> orders.add(record.value()));
        }
        assertThat(orders).containsExactly(order);
    }

    private static void assertChangesAreJudged(SchemaRegistryClient client) {
        AvroSchema withMail = AvroSchema.parse("""
                {"type": "record", "name": "User", "namespace": "com.acme",
                 "fields": [{"name": "name", "type": "string"}, {"name": "age", "type": "int"},
                            {"name": "mail", "type": "string"}]}""");

        CompatibilityReport report = client.check(Subject.value("users"), withMail);
        report.messages().forEach(System.out::println); // ... 'mail' ... has no default value ...

        client.setCompatibility(Subject.value("users"), Compatibility.FORWARD);
        Compatibility level = client.compatibility(Subject.value("users"));

        assertThat(report.compatible()).isFalse();
        assertThat(report.messages())
                .anyMatch(message -> message.contains("'mail'") && message.contains("has no default"));
        assertThat(level).isEqualTo(Compatibility.FORWARD);
        assertThat(client.isCompatible(Subject.value("users"), withMail)).isTrue();
    }

    private static void assertMessagesAreRead(
            SchemaRegistryClient client, AvroSchema user, RegisteredSchema registered) {
        MessageSerializer messages = MessageSerializer.of(client.registry());
        GenericRecord kim = new GenericRecordBuilder(user.schema())
                .set("name", "Kim")
                .set("age", 33)
                .build();

        byte[] message = messages.encode("users", RecordPart.VALUE, kim); // registers the schema once
        byte[] sameBytes = messages.encode(SchemaId.of(registered.id()), kim);
        byte[] asLatest = messages.encodeAsLatest("users", RecordPart.VALUE, kim);

        GenericRecord back = (GenericRecord) messages.decode(message);

        assertThat(message).isEqualTo(sameBytes).isEqualTo(asLatest).startsWith(0, 0, 0, 0, registered.id());
        assertThat(requireNonNull(back).get("age")).isEqualTo(33);
        assertThat(back.get("name")).hasToString("Kim");
        assertKafkaCarriesIt(kim);
        assertProtobufIsRead(client, messages);
    }

    private static void assertProtobufIsRead(SchemaRegistryClient client, MessageSerializer messages) {
        Money price = Money.newBuilder().setCurrencyCode("EUR").setUnits(20).build();

        byte[] priced =
                messages.encode("prices", RecordPart.VALUE, price); // registers the file, after all that it imports
        Message read = (Message) messages.decode(priced); // a DynamicMessage, unless a setting says otherwise

        ProtobufSchema schema = ProtobufSchema.parse("""
                syntax = "proto3";
                message Price { string currency = 1; int64 units = 2; }""");
        client.register(Subject.value("offers"), schema);

        assertThat(requireNonNull(read).toByteString()).isEqualTo(price.toByteString());
        assertThat(client.latest(Subject.value("offers"))
                        .orElseThrow()
                        .content()
                        .text())
                .startsWith("syntax = \"proto3\";\n\nmessage Price {");
    }

    /** An application's class. */
    record Pet(String name, int legs) {}

    private static void assertJsonIsRead(SchemaRegistryClient client) {
        JsonSchema person = JsonSchema.parse("""
                {"title": "Person", "type": "object", "additionalProperties": false,
                 "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}}""");
        MessageSerializer json = MessageSerializer.builder(client.registry())
                .language(new JsonFormat(), new JsonCodec())
                .build();

        byte[] given =
                json.encode("people", RecordPart.VALUE, new JsonEnvelope(person, Map.of("name", "Kim", "age", 33)));
        byte[] derived = json.encode("pets", RecordPart.VALUE, new Pet("Rex", 4)); // a class or record of yours

        Map<?, ?> someone = (Map<?, ?>) json.decode(given);

        assertThat(requireNonNull(someone)).isEqualTo(Map.of("name", "Kim", "age", 33));
        assertThat(json.decode(derived)).isEqualTo(Map.of("name", "Rex", "legs", 4));
        assertThat(MessageSerializer.of(client.registry()).decode(derived)).isEqualTo(Map.of("name", "Rex", "legs", 4));
    }

    private static void assertKafkaCarriesIt(GenericRecord kim) {
        try {
            produce(kim);
            assertThat(printedBy(ReadmeTest::consume)).isEqualToIgnoringNewLines("kim is 33");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void produce(GenericRecord kim) throws Exception {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", environment.bootstrapServers());
        settings.put("schema.registry.url", environment.registryUrl());
        settings.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
        settings.put("value.serializer", "io.concordat.kafka.RegistrySerializer");
        try (KafkaProducer<String, GenericRecord> producer = new KafkaProducer<>(settings)) {
            producer.send(new ProducerRecord<>("users", "kim", kim)).get();
        }
    }

    private static void consume() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", environment.bootstrapServers());
        settings.put("schema.registry.url", environment.registryUrl());
        settings.put("group.id", "readers");
        settings.put("auto.offset.reset", "earliest");
        settings.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        settings.put("value.deserializer", "io.concordat.kafka.RegistryDeserializer");
        try (KafkaConsumer<String, GenericRecord> consumer = new KafkaConsumer<>(settings)) {
            consumer.subscribe(List.of("users"));
            for (ConsumerRecord<String, GenericRecord> record : consumer.poll(Duration.ofSeconds(10))) {
                System.out.println(record.key() + " is " + record.value().get("age"));
            }
        }
    }

    private static String printedBy(Runnable snippet) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            snippet.run();
        } finally {
            System.setOut(before);
        }
        return printed.toString(UTF_8);
    }

    @Test
    void snippet_ofARegistryInTheSameJvm_doesWhatItSays() {
        RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());
        SchemaRegistryClient client = SchemaRegistryClient.of(registry);

        int id = client.register(Subject.of("users"), SchemaContent.avro("\"string\""))
                .id();

        assertThat(client.schema(id).content().text()).isEqualTo("\"string\"");
        registry.close();
    }

    /** How lines are broken does not matter. */
    private static String compact(String text) {
        return text.replaceAll("\\s+", "");
    }
}
