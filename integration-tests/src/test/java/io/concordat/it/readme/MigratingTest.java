package io.concordat.it.readme;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.RegisterOptions;
import io.concordat.api.Rule;
import io.concordat.api.RuleKind;
import io.concordat.api.RuleMode;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.api.format.ParsedSchema;
import io.concordat.client.SchemaRegistryClient;
import io.concordat.dev.DevEnvironment;
import io.concordat.kafka.RegistrySerde;
import io.concordat.serdes.RecordPart;
import io.concordat.serdes.RuleContext;
import io.concordat.serdes.RuleExecutor;
import io.concordat.serdes.SubjectNaming;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.Utf8;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The snippets of docs/migrating.md, compiled and run against a real broker and registry. Each {@code java} block must stand in
 * this file, but for the addresses and the line breaks; the {@code properties} are read from the document itself.
 */
class MigratingTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PROPERTIES = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL);
    private static final Schema USER = SchemaBuilder.record("User")
            .namespace("com.acme")
            .fields()
            .requiredString("name")
            .endRecord();

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
    void document_everyJavaSnippet_standsInThisTest() throws IOException {
        String here = compact(Files.readString(
                root().resolve("integration-tests/src/test/java/io/concordat/it/readme/MigratingTest.java")));

        List<String> snippets = JAVA.matcher(document())
                .results()
                .map(block -> block.group(1).replace("\"http://127.0.0.1:8081\"", "environment.registryUrl()"))
                .toList();

        assertThat(snippets).hasSize(4).allSatisfy(snippet -> assertThat(here).contains(compact(snippet)));
    }

    @Test
    void properties_ofProducersAndConsumers_carryARecord() throws Exception {
        send(properties("Producers"), "migrated", user("kim"));

        assertThat(receive(properties("Consumers"), "migrated")).isEqualTo(user("kim"));
    }

    @Test
    void properties_ofSpring_carryARecordAsSpringHandsThemOver() throws Exception {
        Properties spring = properties("Spring");
        Map<String, Object> producer = ofSpring(spring, "producer");
        Map<String, Object> consumer = ofSpring(spring, "consumer");
        producer.put("key.serializer", "org.apache.kafka.common.serialization.StringSerializer");
        consumer.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        consumer.put("group.id", "spring");
        consumer.put("auto.offset.reset", "earliest");

        send(producer, "sprung", user("lee"));

        assertThat(receive(consumer, "sprung")).isEqualTo(user("lee"));
    }

    @Test
    void settings_inCode_areThoseThatWereThere() throws Exception {
        Map<String, Object> settings = new HashMap<>(asMap(properties("Producers")));
        settings.remove("value.serializer");
        settings.put("value.subject.name.strategy", PerTeam.class);
        settings.put("value.serializer", "io.concordat.kafka.RegistrySerializer");

        send(settings, "coded", user("ann"));

        try (SchemaRegistryClient client = environment.client()) {
            assertThat(client.latest(Subject.of("team-coded-value"))).isPresent();
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void properties_ofStreams_makeTheSerde() throws IOException {
        StreamsConfig config = new StreamsConfig(properties("Kafka Streams"));

        try (Serde<Object> byDefault = (Serde<Object>) config.defaultValueSerde()) {
            Serde<GenericRecord> serde = new RegistrySerde<>();
            serde.configure(Map.of("schema.registry.url", environment.registryUrl()), false);

            byte[] message = serde.serializer().serialize("streamed", user("bob"));
            assertThat(byDefault.deserializer().deserialize("streamed", message))
                    .isEqualTo(user("bob"));
            serde.close();
        }
    }

    @Test
    void properties_ofRules_carryOutTheRule() throws Exception {
        Rule rule = new Rule(
                "capitals",
                "",
                RuleKind.TRANSFORM,
                RuleMode.WRITE,
                "CAPITALS",
                new TreeSet<>(),
                new TreeMap<>(),
                "",
                "",
                "",
                false);
        RuleSet rules = new RuleSet(List.of(), List.of(rule), List.of(), "");
        try (SchemaRegistryClient client = environment.client()) {
            client.registry()
                    .register(
                            Subject.value("ruled"),
                            SchemaContent.avro(USER.toString()).withRuleSet(Optional.of(rules)),
                            RegisterOptions.DEFAULT);
        }
        Map<String, Object> settings = new HashMap<>(asMap(properties("Producers")));
        settings.putAll(asMap(properties("Classes of your own")));
        settings.replaceAll((key, value) -> value.equals("com.acme.Capitals") ? Capitals.class.getName() : value);
        settings.put("auto.register.schemas", "false");
        settings.put("use.latest.version", "true");

        send(settings, "ruled", user("zoe"));

        assertThat(receive(properties("Consumers"), "ruled")).isEqualTo(user("ZOE"));
    }

    public static final class PerTeam implements SubjectNaming {
        @Override
        public Subject subjectOf(String topic, RecordPart part, ParsedSchema schema) {
            return Subject.of("team-" + topic + "-" + part);
        }
    }

    public static final class Capitals implements RuleExecutor {
        @Override
        public String type() {
            return "CAPITALS";
        }

        @Override
        public Object execute(RuleContext context, Object value) {
            GenericRecord record = (GenericRecord) value;
            record.put("name", record.get("name").toString().toUpperCase(Locale.ROOT));
            return record;
        }
    }

    private static void send(Map<?, ?> settings, String topic, GenericRecord record) throws Exception {
        try (KafkaProducer<String, GenericRecord> producer = new KafkaProducer<>(asMap(settings))) {
            producer.send(new ProducerRecord<>(topic, "key", record)).get();
        }
    }

    private static GenericRecord receive(Map<?, ?> settings, String topic) {
        List<GenericRecord> received = new ArrayList<>();
        try (KafkaConsumer<String, GenericRecord> consumer = new KafkaConsumer<>(asMap(settings))) {
            consumer.subscribe(List.of(topic));
            while (received.isEmpty()) {
                for (ConsumerRecord<String, GenericRecord> record : consumer.poll(Duration.ofSeconds(1))) {
                    received.add(record.value());
                }
            }
        }
        return received.get(0);
    }

    /** Spring's keys for one kind of client as that client's own. */
    private static Map<String, Object> ofSpring(Properties spring, String client) {
        Map<String, Object> settings = new HashMap<>();
        spring.forEach((name, value) -> {
            String key = name.toString().substring("spring.kafka.".length());
            if (key.startsWith("properties.")) {
                settings.put(key.substring("properties.".length()), value);
            } else if (key.startsWith(client + ".")) {
                settings.put(key.substring(client.length() + 1).replace('-', '.'), value);
            } else if (!key.startsWith("producer.") && !key.startsWith("consumer.")) {
                settings.put(key.replace('-', '.'), value);
            }
        });
        return settings;
    }

    /** The settings under a heading, with the addresses of the environment. */
    private static Properties properties(String heading) throws IOException {
        String section = document().split("## " + heading + "\n", 2)[1].split("\n## ", 2)[0];
        MatchResult block = PROPERTIES.matcher(section).results().findFirst().orElseThrow();
        Properties properties = new Properties();
        properties.load(new StringReader(block.group(1)
                .replace("http://127.0.0.1:8081", environment.registryUrl())
                .replace("127.0.0.1:9092", environment.bootstrapServers())));
        return properties;
    }

    private static Map<String, Object> asMap(Map<?, ?> settings) {
        Map<String, Object> map = new HashMap<>();
        settings.forEach((key, value) -> map.put(key.toString(), value));
        return map;
    }

    private static GenericRecord user(String name) {
        return new GenericRecordBuilder(USER).set("name", new Utf8(name)).build();
    }

    private static String document() throws IOException {
        return Files.readString(root().resolve("docs/migrating.md"));
    }

    private static Path root() {
        return requireNonNull(Path.of("").toAbsolutePath().getParent());
    }

    /** How lines are broken does not matter. */
    private static String compact(String text) {
        return text.replaceAll("\\s+", "");
    }
}
