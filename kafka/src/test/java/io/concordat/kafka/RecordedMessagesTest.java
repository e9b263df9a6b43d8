package io.concordat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.concordat.api.Mode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.Subject;
import io.concordat.api.format.CodecSettings;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.serdes.DecodeException;
import io.concordat.serdes.MessageSerializer;
import io.concordat.serdes.RecordPart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What existing serializers put on the wire, read and written here under the same settings. */
class RecordedMessagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());

    @AfterEach
    void close() {
        registry.close();
    }

    static Stream<JsonNode> messages() {
        return rows("messages.jsonl");
    }

    static Stream<JsonNode> readThroughAnother() {
        return rows("read-through-another.jsonl");
    }

    static Stream<JsonNode> converted() {
        return rows("converted.jsonl");
    }

    static Stream<JsonNode> refused() {
        return rows("refused.jsonl");
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("messages")
    void message_readAndWrittenAgain_isTheSame(JsonNode row) throws IOException {
        register(row);
        Headers headers = headers(row);
        byte[] bytes = bytes(row);
        boolean isKey = row.get("isKey").asBoolean();
        String topic = row.get("topic").asText();

        Object value;
        try (RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>(registry)) {
            deserializer.configure(settings(row), isKey);
            value = deserializer.deserialize(topic, headers, bytes);
            Object fromBuffer = deserializer.deserialize(topic, headers, ByteBuffer.wrap(bytes));
            assertThat(fromBuffer == null).isEqualTo(value == null);
            if (row.has("decoded")) {
                assertThat(json(row, value))
                        .as(name(row))
                        .isEqualTo(json(row, fromBuffer))
                        .isEqualTo(comparable(row.get("decoded").asText()));
            }
        }
        if (value != null) {
            assertWrittenAgain(row, isKey, topic, value);
        }
    }

    private void assertWrittenAgain(JsonNode row, boolean isKey, String topic, Object value) {
        try (RegistrySerializer<Object> serializer = new RegistrySerializer<>(registry)) {
            Map<String, Object> settings = settings(row);
            if (!tellsItsSchema(row, value)) {
                settings.put("auto.register.schemas", false);
                settings.put("use.schema.id", row.get("id").asInt());
                settings.put("id.compatibility.strict", false);
            }
            serializer.configure(settings, isKey);
            Headers written = new RecordHeaders();

            assertThat(HexFormat.of().formatHex(serializer.serialize(topic, written, value)))
                    .as(name(row))
                    .isEqualTo(row.get("bytesHex").asText());
            assertThat(hex(written)).isEqualTo(hex(headers(row)));
        }
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("readThroughAnother")
    void message_readThroughAnotherSchema_isWhatTheOriginalMadeOfIt(JsonNode row) throws IOException {
        register(row);
        SchemaContent reader = SchemaContent.avro(row.get("reader").asText());
        RecordPart part = row.get("isKey").asBoolean() ? RecordPart.KEY : RecordPart.VALUE;
        try (MessageSerializer serializer = MessageSerializer.of(registry)) {
            if (row.has("readAs")) {
                Object value = serializer.decodeInto(reader, row.get("topic").asText(), part, bytes(row));

                assertThat(json(new Schema.Parser().parse(reader.text()), value))
                        .as(name(row))
                        .isEqualTo(comparable(row.get("readAs").asText()));
            } else {
                assertThatThrownBy(() ->
                                serializer.decodeInto(reader, row.get("topic").asText(), part, bytes(row)))
                        .as(name(row))
                        .isInstanceOf(DecodeException.class);
            }
        }
    }

    /** As Java's own types, where this Avro knows the logical type. */
    @ParameterizedTest(name = "row {index}")
    @MethodSource("converted")
    void message_withConvertedTypes_isReadAsRecordedAndWrittenAgainTheSame(JsonNode row) {
        register(row);
        boolean isKey = row.get("isKey").asBoolean();
        String topic = row.get("topic").asText();
        Object value;
        try (RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>(registry)) {
            deserializer.configure(settings(row), isKey);
            value = Objects.requireNonNull(deserializer.deserialize(topic, headers(row), bytes(row)));
        }

        if (value instanceof GenericRecord record) {
            record.getSchema().getFields().stream()
                    .filter(field -> isKnown(field.schema()))
                    .forEach(field -> assertThat(Objects.toString(record.get(field.pos()), null))
                            .as(name(row) + " " + field.name())
                            .isEqualTo(row.get("decodedFieldText")
                                    .path(field.name())
                                    .textValue()));
        } else if (isKnown(new Schema.Parser().parse(row.get("schema").asText()))) {
            assertThat(value.getClass().getName())
                    .isEqualTo(row.get("decodedClass").asText());
        }
        if (value instanceof GenericContainer) {
            assertWrittenAgain(row, isKey, topic, value);
        } else {
            // A decimal does not tell its schema.
            assertWrittenUnder(SchemaContent.avro(row.get("schema").asText()), row, value);
        }
    }

    private void assertWrittenUnder(SchemaContent schema, JsonNode row, Object value) {
        try (MessageSerializer serializer = MessageSerializer.builder(registry)
                .settings(new CodecSettings(settings(row), false, getClass().getClassLoader()))
                .build()) {
            assertThat(serializer.encode(row.get("topic").asText(), RecordPart.VALUE, schema, value))
                    .as(name(row))
                    .isEqualTo(bytes(row));
        }
    }

    /** Older versions of Avro do not know all logical types. */
    private static boolean isKnown(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> schema.getTypes().stream().allMatch(RecordedMessagesTest::isKnown);
            case ARRAY -> isKnown(schema.getElementType());
            default -> (schema.getLogicalType() == null) == (schema.getProp("logicalType") == null);
        };
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("refused")
    void bytes_thatAreNoMessage_areRefusedOrTakenAsRecorded(JsonNode row) throws IOException {
        if (row.has("schema") && !name(row).contains("other-format")) {
            register(row);
        }
        try (RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>(registry)) {
            deserializer.configure(settings(row), false);
            if (row.has("decoded")) {
                Object value = deserializer.deserialize(row.get("topic").asText(), headers(row), bytes(row));
                assertThat(json(row, value)).as(name(row)).isEqualTo(expected(row));
            } else {
                assertThatThrownBy(
                                () -> deserializer.deserialize(row.get("topic").asText(), headers(row), bytes(row)))
                        .as(name(row))
                        .isInstanceOf(SerializationException.class)
                        .hasMessageContaining(
                                "the value of topic '" + row.get("topic").asText() + "'");
            }
        }
    }

    private static JsonNode expected(JsonNode row) {
        return row.get("decoded").isNull()
                ? JSON.nullNode()
                : comparable(row.get("decoded").asText());
    }

    /** What a union or a map at the top is a value of cannot be seen from the value. */
    private static boolean tellsItsSchema(JsonNode row, Object value) {
        if (row.has("config") && row.get("config").has("auto.register.schemas")) {
            return true;
        }
        Schema schema = new Schema.Parser().parse(row.get("schema").asText());
        return value instanceof GenericContainer container
                ? container.getSchema().equals(schema)
                : schema.getLogicalType() == null
                        && schema.getObjectProps().isEmpty()
                        && schema.getType() != Schema.Type.UNION
                        && schema.getType() != Schema.Type.MAP;
    }

    private void register(JsonNode row) {
        if (row.has("referenced")) {
            row.get("referenced")
                    .forEach(referenced ->
                            register(Subject.of(referenced.get("subject").asText()), referenced));
        }
        register(subject(row), row);
    }

    private void register(Subject subject, JsonNode row) {
        List<SchemaReference> references = new ArrayList<>();
        if (row.has("references")) {
            row.get("references")
                    .forEach(reference -> references.add(new SchemaReference(
                            reference.get("name").asText(),
                            reference.get("subject").asText(),
                            reference.get("version").asInt())));
        }
        registry.settings().updateMode(subject, Mode.IMPORT, true);
        SchemaContent content = SchemaContent.avro(row.get("schema").asText()).withReferences(references);
        assertThat(registry.register(
                                subject,
                                content,
                                new RegisterOptions(false, false, row.get("id").asInt(), 0))
                        .guid())
                .hasToString(row.get("guid").asText());
        registry.settings().deleteMode(subject);
    }

    private static Subject subject(JsonNode row) {
        String strategy = row.has("config") ? row.get("config").toString() : "";
        String topic = row.get("topic").asText();
        String record = new SchemaName(row).toString();
        if (strategy.contains("TopicRecordNameStrategy")) {
            return Subject.of(topic + "-" + record);
        }
        if (strategy.contains(".RecordNameStrategy")) {
            return Subject.of(record);
        }
        return row.get("isKey").asBoolean() ? Subject.key(topic) : Subject.value(topic);
    }

    private record SchemaName(JsonNode row) {
        @Override
        public String toString() {
            JsonNode schema = read(row.get("schema").asText());
            return schema.path("namespace").asText() + "." + schema.path("name").asText();
        }
    }

    private static Map<String, Object> settings(JsonNode row) {
        Map<String, Object> settings = new HashMap<>();
        if (row.has("config")) {
            row.get("config")
                    .properties()
                    .forEach(setting ->
                            settings.put(setting.getKey(), setting.getValue().asText()));
        }
        return settings;
    }

    private static Headers headers(JsonNode row) {
        Headers headers = new RecordHeaders();
        if (row.has("headers")) {
            row.get("headers")
                    .properties()
                    .forEach(header -> headers.add(
                            header.getKey(),
                            HexFormat.of().parseHex(header.getValue().asText())));
        }
        return headers;
    }

    private static Map<String, String> hex(Headers headers) {
        Map<String, String> texts = new HashMap<>();
        for (Header header : headers) {
            texts.put(header.key(), HexFormat.of().formatHex(header.value()));
        }
        return texts;
    }

    private static byte[] bytes(JsonNode row) {
        return HexFormat.of().parseHex(row.get("bytesHex").asText());
    }

    private static String name(JsonNode row) {
        return row.get("name").asText();
    }

    private static JsonNode json(JsonNode row, @Nullable Object value) throws IOException {
        if (value == null) {
            return JSON.nullNode();
        }
        return json(
                value instanceof GenericContainer container
                        ? container.getSchema()
                        : new Schema.Parser().parse(row.get("schema").asText()),
                value);
    }

    private static JsonNode json(Schema schema, @Nullable Object value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonEncoder encoder = EncoderFactory.get().jsonEncoder(schema, out);
        new GenericDatumWriter<@Nullable Object>(schema)
                .write(value instanceof byte[] array ? ByteBuffer.wrap(array) : value, encoder);
        encoder.flush();
        String encoded = out.toString(UTF_8);
        return comparable(encoded.isEmpty() ? "{}" : encoded); // Avro writes nothing for a record without fields.
    }

    /** JSON in which a float looks the same whether it was printed as a float or as a double. */
    private static JsonNode comparable(String json) {
        return comparable(read(json));
    }

    private static JsonNode comparable(JsonNode json) {
        if (json.isDouble()) {
            return DoubleNode.valueOf((float) json.doubleValue() + 0.0);
        }
        if (json.isArray()) {
            ArrayNode array = JSON.createArrayNode();
            json.forEach(element -> array.add(comparable(element)));
            return array;
        }
        if (json.isObject()) {
            ObjectNode object = JSON.createObjectNode();
            json.properties().forEach(member -> object.set(member.getKey(), comparable(member.getValue())));
            return object;
        }
        return json;
    }

    private static Stream<JsonNode> rows(String table) {
        try (InputStream in =
                Objects.requireNonNull(RecordedMessagesTest.class.getResourceAsStream("/" + table), table)) {
            return new String(in.readAllBytes(), UTF_8).lines().map(RecordedMessagesTest::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
