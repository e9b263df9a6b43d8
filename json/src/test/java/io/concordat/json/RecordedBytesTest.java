package io.concordat.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.api.format.RecordException;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the original serializer wrote and registered, and what its deserializer made of it. */
class RecordedBytesTest {
    static final ObjectMapper EXACT = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /**
     * What the original refuses and ours does not: no schema decides of itself on what class is loaded, so that its wish is
     * passed over; and 1.0 is a whole number since draft 6.
     */
    private static final Set<String> TAKEN = Set.of("json-java-type-unknown", "json-float-integer-validated");

    static Stream<JsonNode> vectors() {
        return Stream.concat(
                        Rows.of("vectors.jsonl", Rows.JSON).filter(row -> !isExact(row)),
                        Rows.of("vectors.jsonl", EXACT).filter(RecordedBytesTest::isExact))
                .filter(row -> !row.get("bytesHex").isNull());
    }

    /** Whether the numbers that were given were decimal ones. */
    private static boolean isExact(JsonNode row) {
        String name = row.get("name").asText();
        return name.equals("decimals") || name.startsWith("class-");
    }

    /** Those whose schema was derived from a class; which of Java's maps a value was is of no account here. */
    static Stream<JsonNode> derived() {
        return vectors()
                .filter(row -> !row.get("givenClass").asText().startsWith("java.util.ImmutableCollections"))
                .filter(row -> !row.get("givenClass").asText().equals("envelope"))
                .filter(row -> !row.get("givenClass").asText().endsWith("ObjectNode"));
    }

    static Stream<JsonNode> malformed() {
        return Rows.of("malformed.jsonl", EXACT)
                .filter(row -> row.get("operation").asText().equals("deserialize"))
                .filter(row -> row.get("headers").isEmpty())
                .filter(row -> row.path("schemaType").asText().equals("JSON"));
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("vectors")
    void write_recordedValue_givesTheRecordedBytes(JsonNode row) throws IOException {
        RecordCodec codec = codec(row, "config");
        RecordBuffer out = new RecordBuffer(16);

        codec.writer(schema(row)).write(given(row), out);

        assertThat(out.toByteArray()).as(row.get("name").asText()).isEqualTo(body(row));
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("derived")
    void schemaOf_recordedValue_isTheRecordedSchema(JsonNode row) throws IOException {
        RecordCodec codec = codec(row, "config");
        Object key = Objects.requireNonNull(codec.schemaKey(given(row)));

        SchemaContent derived = row.at("/config/normalize.schemas").asBoolean()
                ? codec.schemaOf(key).normalized().content()
                : codec.schemaOf(key).content();

        assertThat(derived.text())
                .as(row.get("name").asText())
                .isEqualTo(row.get("schema").asText());
        assertThat(derived.guid()).hasToString(row.get("guid").asText());
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("vectors")
    void read_recordedBytes_givesTheRecordedValue(JsonNode row) throws IOException {
        RecordCodec codec = codec(row, "deserializerConfig");

        Object value = codec.reader(schema(row), Target.generic()).read(ByteBuffer.wrap(body(row)));

        Class<?> type = value instanceof JsonBeans.Bean ? value.getClass() : JsonNode.class;
        assertThat(EXACT.writeValueAsString(value))
                .as(row.get("name").asText())
                .isEqualTo(EXACT.writeValueAsString(
                        EXACT.readValue(row.get("decoded").asText(), type)));
        if (value != null) {
            assertThat(value.getClass().getName())
                    .isEqualTo(ours(row.get("decodedClass").asText()));
        }
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("vectors")
    void schemaKey_envelopeAsPlainJson_isOneSchemaForEveryRecord(JsonNode row) throws IOException {
        RecordCodec codec = codec(row, "config");
        ObjectNode envelope = EXACT.createObjectNode();
        envelope.set("schema", EXACT.readTree(row.get("schema").asText()));
        envelope.set("payload", row.get("value"));

        Object key = codec.schemaKey(envelope);

        assertThat(codec.schemaKey(envelope.deepCopy())).isSameAs(key).isNotNull();
        assertThat(codec.schemaOf(Objects.requireNonNull(key)).content().text())
                .isEqualTo(row.get("schema").asText());
        RecordBuffer out = new RecordBuffer(16);
        codec.writer(JsonSchema.parse("true")).write(envelope, out);
        assertThat(out.toByteArray()).isEqualTo(EXACT.writeValueAsBytes(row.get("value")));
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("malformed")
    void read_malformedBytes_areRefusedOrTakenAsRecorded(JsonNode row) throws IOException {
        RecordCodec.Reader reader = codec(row, "config").reader(schema(row), Target.generic());
        ByteBuffer bytes = ByteBuffer.wrap(body(row));
        String name = row.get("name").asText();

        if (row.has("decoded")) {
            assertThat(EXACT.writeValueAsString(reader.read(bytes)))
                    .as(name)
                    .isEqualTo(row.get("decoded").asText());
        } else if (TAKEN.contains(name)) {
            assertThat(reader.read(bytes)).isNotNull();
        } else {
            assertThatThrownBy(() -> reader.read(bytes)).as(name).isInstanceOf(RecordException.class);
        }
    }

    private static RecordCodec codec(JsonNode row, String settings) {
        Map<String, Object> values = new HashMap<>();
        row.path(settings)
                .properties()
                .forEach(member ->
                        values.put(member.getKey(), ours(member.getValue().asText())));
        return new JsonCodec()
                .configured(new CodecSettings(
                        values, row.get("isKey").asBoolean(), RecordedBytesTest.class.getClassLoader()));
    }

    static String ours(String className) {
        return className.replace("vectors.JsonBeans", JsonBeans.class.getName());
    }

    private static byte[] body(JsonNode row) {
        byte[] bytes = HexFormat.of().parseHex(row.get("bytesHex").asText());
        boolean bare = row.path("mode").asText().equals("header");
        return bare ? bytes : Arrays.copyOfRange(bytes, 5, bytes.length);
    }

    static JsonSchema schema(JsonNode row) {
        List<SchemaReference> references = new ArrayList<>();
        List<Resolved> resolved = new ArrayList<>();
        for (int i = 0; i < row.path("references").size(); i++) {
            JsonNode reference = row.get("references").get(i);
            references.add(new SchemaReference(
                    reference.get("name").asText(),
                    reference.get("subject").asText(),
                    reference.get("version").asInt()));
            resolved.add(new Resolved(
                    reference.get("name").asText(),
                    SchemaContent.of(
                            SchemaType.JSON,
                            row.get("referenced").get(i).get("schema").asText())));
        }
        SchemaContent content =
                SchemaContent.of(SchemaType.JSON, row.get("schema").asText()).withReferences(references);
        return JsonSchema.parse(content, resolved, Strictness.STRICT);
    }

    static Object given(JsonNode row) throws IOException {
        JsonNode value = row.get("value");
        String given = row.get("givenClass").asText();
        return switch (given) {
            case "envelope" -> new JsonEnvelope(schema(row), value);
            case "vectors.JsonBeans$Dates" -> new JsonBeans.Dates();
            case "com.fasterxml.jackson.databind.node.ObjectNode" -> value;
            case "java.util.ImmutableCollections$Map1" -> Map.of("k", "v");
            case "java.util.ImmutableCollections$MapN" -> Map.of();
            default -> Objects.requireNonNull(EXACT.treeToValue(value, type(ours(given))));
        };
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
