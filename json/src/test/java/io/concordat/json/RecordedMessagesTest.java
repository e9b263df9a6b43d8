package io.concordat.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.concordat.api.Mode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.kafka.RegistryDeserializer;
import io.concordat.kafka.RegistrySerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What existing JSON serializers put on the wire, written and read here by the Kafka classes under the same settings. */
class RecordedMessagesTest {
    /** What the original refuses and ours does not; see {@link RecordedBytesTest}. A schema may be named in both places. */
    private static final Set<String> TAKEN =
            Set.of("json-java-type-unknown", "json-float-integer-validated", "json-header-and-prefix");

    private final RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());

    @AfterEach
    void close() {
        registry.close();
    }

    static Stream<JsonNode> messages() {
        return Stream.concat(
                RecordedBytesTest.vectors(),
                Rows.of("vectors.jsonl", Rows.JSON)
                        .filter(row -> row.get("bytesHex").isNull()));
    }

    static Stream<JsonNode> malformed() {
        return Rows.of("malformed.jsonl", RecordedBytesTest.EXACT)
                .filter(row -> row.get("operation").asText().equals("deserialize"))
                .filter(row -> row.path("schemaType").asText("JSON").equals("JSON"));
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("messages")
    void message_writtenAndRead_isAsRecorded(JsonNode row) throws IOException {
        register(row);
        String name = row.get("name").asText();
        Headers headers = new RecordHeaders();
        byte[] bytes;
        try (RegistrySerializer<Object> serializer = new RegistrySerializer<>(registry)) {
            serializer.configure(settings(row, "config"), row.get("isKey").asBoolean());
            bytes = serializer.serialize(
                    row.get("topic").asText(), headers, row.has("schema") ? RecordedBytesTest.given(row) : null);
        }
        assertThat(bytes).as(name).isEqualTo(bytes(row));
        assertThat(hex(headers)).as(name).isEqualTo(hex(headers(row)));
        try (RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>(registry)) {
            deserializer.configure(
                    settings(row, "deserializerConfig"), row.get("isKey").asBoolean());
            Object value = deserializer.deserialize(row.get("topic").asText(), headers, bytes);

            Class<?> type = value instanceof JsonBeans.Bean ? value.getClass() : JsonNode.class;
            assertThat(text(value))
                    .as(name)
                    .isEqualTo(text(
                            RecordedBytesTest.EXACT.readValue(row.get("decoded").asText(), type)));
        }
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("malformed")
    void bytes_thatAreNoMessage_areRefusedOrTakenAsRecorded(JsonNode row) throws IOException {
        register(row);
        String name = row.get("name").asText();
        try (RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>(registry)) {
            deserializer.configure(settings(row, "config"), false);
            if (row.has("decoded") || TAKEN.contains(name)) {
                Object value = deserializer.deserialize(row.get("topic").asText(), headers(row), bytes(row));
                assertThat(text(value))
                        .as(name)
                        .isEqualTo(
                                TAKEN.contains(name)
                                        ? text(value)
                                        : row.get("decoded").asText());
            } else {
                assertThatThrownBy(
                                () -> deserializer.deserialize(row.get("topic").asText(), headers(row), bytes(row)))
                        .as(name)
                        .isInstanceOf(SerializationException.class)
                        .hasMessageContaining("topic '" + row.get("topic").asText() + "'");
            }
        }
    }

    private void register(JsonNode row) {
        row.path("referenced")
                .forEach(each -> register(Subject.of(each.get("subject").asText()), each));
        if (row.has("schema")) {
            register(subject(row), row);
        }
    }

    private void register(Subject subject, JsonNode row) {
        List<SchemaReference> references = new ArrayList<>();
        row.path("references")
                .forEach(reference -> references.add(new SchemaReference(
                        reference.get("name").asText(),
                        reference.get("subject").asText(),
                        reference.get("version").asInt())));
        registry.settings().updateMode(subject, Mode.IMPORT, true);
        SchemaContent content = SchemaContent.of(
                        new SchemaType(row.path("schemaType").asText("JSON")),
                        row.get("schema").asText())
                .withReferences(references);
        registry.register(
                subject,
                content,
                new RegisterOptions(false, false, row.get("id").asInt(), 0));
        registry.settings().deleteMode(subject);
    }

    private static Subject subject(JsonNode row) {
        String strategy = row.path("config").toString();
        String topic = row.get("topic").asText();
        String title = RecordedBytesTest.schema(row).recordName().orElse("");
        if (strategy.contains("TopicRecordNameStrategy")) {
            return Subject.of(topic + "-" + title);
        }
        if (strategy.contains(".RecordNameStrategy")) {
            return Subject.of(title);
        }
        return row.get("isKey").asBoolean() ? Subject.key(topic) : Subject.value(topic);
    }

    private static Map<String, Object> settings(JsonNode row, String member) {
        Map<String, Object> settings = new HashMap<>();
        row.path(member)
                .properties()
                .forEach(setting -> settings.put(
                        setting.getKey(),
                        RecordedBytesTest.ours(setting.getValue().asText())));
        if (row.path("givenClass").asText().startsWith("java.util.ImmutableCollections")) {
            // Which of Java's maps a value is decides on its schema there and not here.
            settings.put("auto.register.schemas", false);
            settings.put("use.schema.id", row.get("id").asInt());
            settings.put("id.compatibility.strict", false);
        }
        return settings;
    }

    private static Headers headers(JsonNode row) {
        Headers headers = new RecordHeaders();
        row.path("headers")
                .properties()
                .forEach(header -> headers.add(
                        header.getKey(),
                        HexFormat.of().parseHex(header.getValue().asText())));
        return headers;
    }

    private static Map<String, String> hex(Headers headers) {
        Map<String, String> texts = new HashMap<>();
        for (Header header : headers) {
            texts.put(header.key(), HexFormat.of().formatHex(header.value()));
        }
        return texts;
    }

    private static byte @Nullable [] bytes(JsonNode row) {
        JsonNode hex = row.get("bytesHex");
        return hex.isNull() ? null : HexFormat.of().parseHex(hex.asText());
    }

    private static String text(@Nullable Object value) throws IOException {
        return RecordedBytesTest.EXACT.writeValueAsString(value);
    }
}
