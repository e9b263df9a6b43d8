package interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.apicurio.registry.serde.Legacy8ByteIdHandler;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.apicurio.registry.serde.jsonschema.JsonSchemaKafkaDeserializer;
import io.apicurio.registry.serde.jsonschema.JsonSchemaKafkaSerializer;
import io.apicurio.registry.serde.protobuf.ProtobufKafkaDeserializer;
import io.apicurio.registry.serde.protobuf.ProtobufKafkaSerializer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Apicurio's serializers for Kafka on our registry, held against ours. */
public final class Check {
    private static final String NAME = "apicurio";
    private static final OurRegistry REGISTRY = new OurRegistry(variable("REGISTRY_URL"));

    private Check() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("version " + variable("APICURIO_VERSION"));
        List<JsonNode> samples = rows(Path.of(arguments[0]));
        for (String type : List.of("AVRO", "JSON", "PROTOBUF")) {
            Checks.group(type.toLowerCase(), checks -> {
                for (JsonNode row : samples) {
                    if (type.equals(type(row)) && row.path("references").isEmpty()) {
                        exchange(checks, row);
                    }
                }
            });
        }
        Checks.group("references", checks -> {
            for (JsonNode row : samples) {
                if (!row.path("references").isEmpty()) {
                    readReferring(checks, row);
                }
            }
        });
        Checks.group("frames", checks -> frames(checks, samples.get(0)));
        Checks.group("kafka", checks -> throughKafka(checks, samples));
        Checks.group("evolution", checks -> evolution(checks, samples));
        Checks.group("vectors", Check::vectors);
        System.exit(Checks.status());
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set; interop/run sets it");
        }
        return value;
    }

    private static List<JsonNode> rows(Path file) throws Exception {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(Http.JSON.readTree(line.replace("\"%-", "\"" + NAME + "-")));
        }
        return rows;
    }

    private static String type(JsonNode row) {
        return row.path("schemaType").asText();
    }

    private static String topic(JsonNode row) {
        return NAME + "-" + type(row).toLowerCase() + "-" + row.path("name").asText();
    }

    /** What makes Apicurio's frames those that we read: for Protobuf, indexes instead of a reference to the type. */
    private static Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("apicurio.registry.url", "http://127.0.0.1:1"); // It must be there; the registry given is asked.
        settings.put("apicurio.registry.auto-register", true);
        settings.put("apicurio.registry.serde.send-indexes", true);
        settings.put("apicurio.registry.serde.read-indexes", true);
        settings.put("apicurio.registry.serde.send-type-ref", false);
        settings.put("apicurio.registry.serde.read-type-ref", false);
        settings.put("apicurio.registry.serde.validation-enabled", true);
        return settings;
    }

    @SuppressWarnings("unchecked")
    private static Serializer<Object> serializer(JsonNode row, Map<String, Object> settings) {
        Serializer<?> serializer = switch (type(row)) {
            case "AVRO" -> new AvroKafkaSerializer<>(REGISTRY);
            case "JSON" -> new JsonSchemaKafkaSerializer<>(REGISTRY);
            default -> new ProtobufKafkaSerializer<>(REGISTRY);
        };
        serializer.configure(settings, false);
        return (Serializer<Object>) serializer;
    }

    @SuppressWarnings("unchecked")
    private static Deserializer<Object> deserializer(
            JsonNode row, OurRegistry registry, Map<String, Object> settings, boolean isKey) {
        Deserializer<?> deserializer = switch (type(row)) {
            case "AVRO" -> new AvroKafkaDeserializer<>(registry);
            case "JSON" -> {
                settings.put(returnClass(isKey), JsonNode.class);
                yield new JsonSchemaKafkaDeserializer<>(registry);
            }
            default -> new ProtobufKafkaDeserializer<>(registry);
        };
        deserializer.configure(settings, isKey);
        return (Deserializer<Object>) deserializer;
    }

    private static void register(JsonNode row, String subject) {
        for (JsonNode referenced : row.path("referenced")) {
            register(referenced, referenced.path("subject").asText());
        }
        ObjectNode body = Http.JSON.createObjectNode();
        body.set("schemaType", row.path("schemaType"));
        body.set("schema", row.path("schema"));
        body.set("references", row.path("references"));
        Http.post(REGISTRY.url() + "/subjects/" + Http.encoded(subject) + "/versions", body);
    }

    private static byte[] write(JsonNode row, String topic, Headers headers, Map<String, Object> settings) throws Exception {
        register(row, topic + "-value");
        Object value = switch (type(row)) {
            case "AVRO" -> Values.avro(row);
            case "JSON" -> row.path("value");
            default -> Values.protobuf(
                    row,
                    Http.get(REGISTRY.url() + "/subjects/" + topic + "-value/versions/latest?format=serialized")
                            .path("schema")
                            .asText());
        };
        if (type(row).equals("JSON")) {
            // A value of JSON does not tell its schema: the one to write with is looked up.
            settings.put("apicurio.registry.auto-register", false);
            settings.put("apicurio.registry.find-latest", true);
        }
        try (Serializer<Object> serializer = serializer(row, settings)) {
            return serializer.serialize(topic, headers, value);
        }
    }

    private static JsonNode read(
            JsonNode row, OurRegistry registry, String topic, boolean isKey, Headers headers, byte[] bytes) throws Exception {
        Map<String, Object> settings = settings();
        if (type(row).equals("PROTOBUF")) {
            settings.put(returnClass(isKey), generated(row).equals(Message.class) ? DynamicMessage.class : generated(row));
        }
        try (Deserializer<Object> deserializer = deserializer(row, registry, settings, isKey)) {
            Object value = deserializer.deserialize(topic, headers, bytes);
            return switch (type(row)) {
                case "AVRO" -> Values.avroJson(Values.avroSchema(row), value);
                case "JSON" -> Http.JSON.readTree(value.toString());
                default -> Values.protobufJson((Message) value);
            };
        }
    }

    private static String returnClass(boolean isKey) {
        return "apicurio.registry.deserializer." + (isKey ? "key" : "value") + ".return-class";
    }

    /** Why Apicurio cannot read a row, from whatever registry; empty if it can. */
    private static String limit(JsonNode row) throws Exception {
        if (row.path("framing").asText("prefix").equals("header")) {
            return "GUIDs in headers";
        }
        if (type(row).equals("AVRO")) {
            JsonNode schema = Http.JSON.readTree(row.path("schema").asText());
            boolean isBytes = schema.asText().equals("bytes") || schema.path("type").asText().equals("bytes");
            return isBytes ? "bytes that are no field, which are written without their length" : "";
        }
        if (type(row).equals("PROTOBUF")) {
            return generated(row).equals(Message.class) ? "Protobuf without a generated class" : "";
        }
        for (JsonNode text : row.findValues("schema")) {
            String id = Http.JSON.readTree(text.asText()).path("$id").asText("http:");
            if (!id.startsWith("http")) {
                return "a $id that is no whole address";
            }
        }
        return List.of("class-kinds-0", "class-dates", "class-dates-iso").contains(row.path("name").asText())
                ? "values that do not fit their schema"
                : "";
    }

    /** Where indexes say which message it is, Apicurio reads into generated classes only. */
    private static Class<?> generated(JsonNode row) {
        try {
            return Class.forName("com." + row.path("message").asText());
        } catch (ClassNotFoundException e) {
            return Message.class;
        }
    }

    private static JsonNode peer(String what, ObjectNode request) {
        return Http.post(variable("PEER_URL") + "/" + what, request);
    }

    private static ObjectNode request(JsonNode row, String topic) {
        ObjectNode request = row.deepCopy();
        return request.put("topic", topic);
    }

    private static ObjectNode message(String topic, Headers headers, byte[] bytes) {
        ObjectNode request = Http.JSON.createObjectNode().put("topic", topic);
        request.put("bytesHex", HexFormat.of().formatHex(bytes));
        ObjectNode hex = request.putObject("headers");
        for (Header header : headers) {
            hex.put(header.key(), HexFormat.of().formatHex(header.value()));
        }
        return request;
    }

    private static String writingLimit(JsonNode row) {
        return row.path("message").asText().endsWith(".Inner") ? "it writes no indexes of nested messages" : "";
    }

    private static void exchange(Checks checks, JsonNode row) throws Exception {
        String topic = topic(row);
        String name = row.path("name").asText();
        checks.check(writingLimit(row), name + ", written here", () -> {
            Headers headers = new RecordHeaders();
            byte[] bytes = write(row, topic, headers, settings());
            Checks.same(peer("decode", message(topic, new RecordHeaders(), bytes)).path("value"), row.path("value"));
            if (!type(row).equals("PROTOBUF")) {
                Checks.same(read(row, REGISTRY, topic, false, headers, bytes), row.path("value"));
            }
        });
        checks.check(limit(row), name + ", written by ours", () -> {
            JsonNode written = peer("encode", request(row, topic));
            byte[] bytes = HexFormat.of().parseHex(written.path("bytesHex").asText());
            Checks.same(read(row, REGISTRY, topic, false, new RecordHeaders(), bytes), row.path("value"));
        });
    }

    private static void readReferring(Checks checks, JsonNode row) throws Exception {
        String topic = topic(row);
        checks.check(limit(row), type(row) + " " + row.path("name").asText() + ", written by ours", () -> {
            register(row, topic + "-value");
            JsonNode written = peer("encode", request(row, topic));
            byte[] bytes = HexFormat.of().parseHex(written.path("bytesHex").asText());
            Checks.same(read(row, REGISTRY, topic, false, new RecordHeaders(), bytes), row.path("value"));
        });
    }

    /** Apicurio's other ways to say which schema a record has are not ours: such records are refused, not misread. */
    private static void frames(Checks checks, JsonNode row) {
        String topic = NAME + "-frames";
        checks.check("an id of 8 bytes", () -> {
            Map<String, Object> settings = settings();
            settings.put("apicurio.registry.id-handler", Legacy8ByteIdHandler.class.getName());
            byte[] bytes = write(row, topic, new RecordHeaders(), settings);
            refused(message(topic, new RecordHeaders(), bytes));
        });
        checks.check("the id in a header of Apicurio's", () -> {
            Map<String, Object> settings = settings();
            settings.put("apicurio.registry.headers.enabled", true);
            Headers headers = new RecordHeaders();
            byte[] bytes = write(row, topic, headers, settings);
            if (headers.toArray().length == 0) {
                throw new IllegalStateException("there are no headers");
            }
            refused(message(topic, headers, bytes));
        });
        System.out.println("deviation: ids of 8 bytes (Legacy8ByteIdHandler) and ids in Apicurio's own headers are not read by ours");
    }

    private static void refused(ObjectNode message) {
        JsonNode answer;
        try {
            answer = peer("decode", message);
        } catch (IllegalStateException e) {
            return;
        }
        throw new IllegalStateException("ours read " + answer);
    }

    private static void throughKafka(Checks checks, List<JsonNode> samples) throws Exception {
        Properties producing = new Properties();
        producing.put("bootstrap.servers", variable("BOOTSTRAP_SERVERS"));
        Properties consuming = new Properties();
        consuming.put("bootstrap.servers", variable("BOOTSTRAP_SERVERS"));
        consuming.put("auto.offset.reset", "earliest");
        try (var producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
                var consumer = new KafkaConsumer<>(consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (JsonNode row : samples) {
                if (!row.path("references").isEmpty()) {
                    continue;
                }
                String topic = topic(row);
                checks.check(writingLimit(row), type(row) + " " + row.path("name").asText(), () -> {
                    Headers headers = new RecordHeaders();
                    byte[] bytes = write(row, topic, headers, settings());
                    producer.send(new ProducerRecord<byte[], byte[]>(topic, null, (byte[]) null, bytes, headers)).get();
                    peer("produce", request(row, topic));
                    JsonNode read = peer("consume", Http.JSON.createObjectNode().put("topic", topic).put("count", 2));
                    read.path("records").forEach(record -> Checks.same(record.path("value"), row.path("value")));
                    if (type(row).equals("PROTOBUF")) {
                        return;
                    }
                    consumer.assign(List.of(new TopicPartition(topic, 0)));
                    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
                    for (Instant end = Instant.now().plusSeconds(60); records.size() < 2 && Instant.now().isBefore(end); ) {
                        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                    }
                    for (int i = 0; i < 2; i++) {
                        Checks.same(
                                read(row, REGISTRY, topic, false, records.get(i).headers(), records.get(i).value()), row.path("value"));
                    }
                });
            }
        }
    }

    private static void evolution(Checks checks, List<JsonNode> samples) throws Exception {
        for (JsonNode row : samples) {
            if (!row.has("newer")) {
                continue;
            }
            String topic = topic(row) + "-evolved";
            ObjectNode newer = row.deepCopy();
            newer.set("schema", row.at("/newer/schema"));
            newer.set("value", row.at("/newer/value"));
            checks.check(type(row) + ", our old consumer reads what a newer producer writes", () -> {
                register(row, topic + "-value");
                byte[] bytes = write(newer, topic, new RecordHeaders(), settings());
                ObjectNode request = message(topic, new RecordHeaders(), bytes);
                request.set("schemaType", row.path("schemaType"));
                request.set("reader", row.path("schema"));
                Checks.same(peer("decode", request).path("value"), row.at("/newer/seen"));
            });
            checks.check(limit(row), type(row) + ", a consumer reads what our newer producer writes", () -> {
                byte[] bytes = HexFormat.of()
                        .parseHex(peer("encode", request(newer, topic)).path("bytesHex").asText());
                Checks.same(read(newer, REGISTRY, topic, false, new RecordHeaders(), bytes), newer.path("value"));
            });
        }
    }

    private static void vectors(Checks checks) throws Exception {
        OurRegistry stored = new OurRegistry(variable("VECTORS_URL"));
        for (String file : List.of("avro.jsonl", "json.jsonl", "protobuf.jsonl")) {
            for (JsonNode row : rows(Path.of(variable("VECTORS"), file))) {
                checks.check(limit(row), type(row) + " " + row.path("name").asText(), () -> {
                    byte[] bytes = HexFormat.of().parseHex(row.path("bytesHex").asText());
                    boolean isKey = row.path("isKey").asBoolean();
                    Checks.same(
                            read(row, stored, row.path("topic").asText(), isKey, new RecordHeaders(), bytes), row.path("value"));
                });
            }
        }
    }
}
