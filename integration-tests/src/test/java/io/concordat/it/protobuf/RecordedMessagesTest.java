package io.concordat.it.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.concordat.api.Deleted;
import io.concordat.api.Mode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.json.Json;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.kafka.RegistryDeserializer;
import io.concordat.kafka.RegistrySerializer;
import io.concordat.protobuf.ProtobufSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What existing Protobuf serializers put on the wire, read and written here under the same settings. */
class RecordedMessagesTest {
    private static final List<Map<String, Object>> SCHEMAS =
            rows("schemas.jsonl").toList();

    private final RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());

    @AfterEach
    void close() {
        registry.close();
    }

    static Stream<Map<String, Object>> messages() {
        return rows("vectors.jsonl");
    }

    static Stream<Map<String, Object>> malformed() {
        return rows("malformed.jsonl");
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("messages")
    void message_readAndWrittenAgain_isTheSame(Map<String, Object> row) throws IOException {
        register(row);
        boolean isKey = (Boolean) member(row, "isKey");
        String topic = text(row, "topic");
        Message value;
        try (RegistryDeserializer<Message> deserializer = new RegistryDeserializer<>(registry)) {
            deserializer.configure(settings(row, "deserializerConfig"), isKey);
            value = Objects.requireNonNull(
                    deserializer.deserialize(topic, headers(row), HexFormat.of().parseHex(text(row, "bytes"))));
        }
        assertThat(json(value)).as(text(row, "name")).isEqualTo(text(row, "decoded"));
        if (row.containsKey("decodedClass")) {
            assertThat(value.getClass()).hasToString("class " + text(row, "decodedClass"));
        }
        try (RegistrySerializer<Message> serializer = new RegistrySerializer<>(registry)) {
            serializer.configure(settings(row, "config"), isKey);
            Headers written = new RecordHeaders();

            assertThat(HexFormat.of().formatHex(serializer.serialize(topic, written, value)))
                    .as(text(row, "name"))
                    .isEqualTo(text(row, "bytes"));
            assertThat(hex(written)).isEqualTo(hex(headers(row)));
        }
    }

    /** The recorded row that has no schema, and stands in no table. */
    @Test
    void nothing_isNothingBothWays() {
        try (RegistrySerializer<Message> serializer = new RegistrySerializer<>(registry);
                RegistryDeserializer<Message> deserializer = new RegistryDeserializer<>(registry)) {
            serializer.configure(Map.of(), false);
            deserializer.configure(Map.of(), false);
            Headers headers = new RecordHeaders();

            assertThat(serializer.serialize("tombstone", headers, null)).isNull();
            assertThat(headers).isEmpty();
            assertThat(deserializer.deserialize("tombstone", headers, (byte[]) null))
                    .isNull();
            assertThat(registry.subjects("", Deleted.INCLUDED)).isEmpty();
        }
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("malformed")
    void bytes_thatAreNoMessage_areRefusedOrTakenAsRecorded(Map<String, Object> row) throws IOException {
        if (row.containsKey("schema")) {
            register(
                    Subject.value(text(row, "topic")),
                    SchemaContent.of(new SchemaType(text(row, "schemaType")), text(row, "schema")),
                    (Integer) member(row, "id"));
        }
        byte[] bytes = HexFormat.of().parseHex(text(row, "bytesHex"));
        try (RegistryDeserializer<Message> deserializer = new RegistryDeserializer<>(registry)) {
            deserializer.configure(settings(row, "config"), false);
            if (row.containsKey("refused") && !takenNevertheless(row)) {
                assertThatThrownBy(() -> deserializer.deserialize(text(row, "topic"), headers(row), bytes))
                        .as(text(row, "name"))
                        .isInstanceOf(SerializationException.class);
            } else {
                Message value =
                        Objects.requireNonNull(deserializer.deserialize(text(row, "topic"), headers(row), bytes));
                assertThat(json(value)).as(text(row, "name")).isEqualTo(row.getOrDefault("decoded", "{\"s\":\"a\"}"));
            }
        }
    }

    /** Some writers name the schema in both places. */
    private static boolean takenNevertheless(Map<String, Object> row) {
        return text(row, "name").equals("protobuf-header-and-prefix");
    }

    private void register(Map<String, Object> row) {
        Map<String, Object> schema = SCHEMAS.get((Integer) member(row, "schema"));
        for (Object each : (List<?>) member(schema, "references")) {
            Map<?, ?> referenced = (Map<?, ?>) each;
            register(
                    Subject.of(String.valueOf(referenced.get("subject"))),
                    content(String.valueOf(referenced.get("text")), (List<?>)
                            Objects.requireNonNull(referenced.get("refs"))),
                    (Integer) Objects.requireNonNull(referenced.get("id")));
        }
        SchemaContent content = content(text(schema, "text"), (List<?>) member(row, "refs"));
        assertThat(content.guid()).hasToString(text(row, "guid"));
        register(subject(row), content, (Integer) member(row, "id"));
    }

    private static SchemaContent content(String text, List<?> references) {
        List<SchemaReference> all = new ArrayList<>();
        for (Object each : references) {
            List<?> reference = (List<?>) each;
            all.add(new SchemaReference(
                    (String) reference.get(0), (String) reference.get(1), (Integer) reference.get(2)));
        }
        return SchemaContent.of(SchemaType.PROTOBUF, text).withReferences(all);
    }

    private void register(Subject subject, SchemaContent content, int id) {
        registry.settings().updateMode(subject, Mode.IMPORT, true);
        registry.register(subject, content, new RegisterOptions(false, false, id, 0));
        registry.settings().deleteMode(subject);
    }

    private static Subject subject(Map<String, Object> row) {
        String naming = String.valueOf(row.get("config"));
        if (naming.contains("TopicRecordNameStrategy")) {
            return Subject.of(text(row, "topic") + "-" + text(row, "message"));
        }
        if (naming.contains(".RecordNameStrategy")) {
            return Subject.of(text(row, "message"));
        }
        return (Boolean) member(row, "isKey") ? Subject.key(text(row, "topic")) : Subject.value(text(row, "topic"));
    }

    private static Map<String, Object> settings(Map<String, Object> row, String member) {
        Map<String, Object> settings = new HashMap<>();
        if (row.get(member) instanceof Map<?, ?> given) {
            given.forEach((key, value) -> settings.put(String.valueOf(key), String.valueOf(value)));
        }
        return settings;
    }

    private static Headers headers(Map<String, Object> row) {
        Headers headers = new RecordHeaders();
        ((Map<?, ?>) member(row, "headers"))
                .forEach((name, value) ->
                        headers.add(String.valueOf(name), HexFormat.of().parseHex(String.valueOf(value))));
        return headers;
    }

    private static Map<String, String> hex(Headers headers) {
        Map<String, String> texts = new HashMap<>();
        for (Header header : headers) {
            texts.put(header.key(), HexFormat.of().formatHex(header.value()));
        }
        return texts;
    }

    private static String json(Message message) throws IOException {
        TypeRegistry.Builder types = TypeRegistry.newBuilder().add(message.getDescriptorForType());
        for (Map<String, Object> schema : SCHEMAS) {
            if (text(schema, "text").contains("message Payload {")) {
                types.add(
                        ProtobufSchema.parse(text(schema, "text")).descriptor().getMessageTypes());
                break;
            }
        }
        return JsonFormat.printer()
                .usingTypeRegistry(types.build())
                .omittingInsignificantWhitespace()
                .print(message);
    }

    private static String text(Map<String, Object> row, String member) {
        return (String) member(row, member);
    }

    private static Object member(Map<String, Object> row, String member) {
        return Objects.requireNonNull(row.get(member), member);
    }

    private static Stream<Map<String, Object>> rows(String table) {
        try (InputStream in =
                Objects.requireNonNull(RecordedMessagesTest.class.getResourceAsStream("/protobuf/" + table), table)) {
            return new String(in.readAllBytes(), UTF_8).lines().map(RecordedMessagesTest::row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> row(String line) {
        return (Map<String, Object>) Objects.requireNonNull(Json.read(line.getBytes(UTF_8)));
    }
}
