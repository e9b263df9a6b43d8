package io.concordat.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.api.format.RecordException;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {
    private static final JsonSchema ANYTHING = JsonSchema.parse("true");

    private final JsonCodec codec = new JsonCodec();

    /** A record of Java. */
    record Order(@Nullable String id, int count, @Nullable List<Line> lines) {}

    /** A part of it. */
    record Line(String item, @Nullable Instant at) {}

    /** A class with a schema of its own. */
    @Schema(
            value = "{\"title\": \"Given\", \"properties\": {\"in\": {\"$ref\": \"in.json\"}}}",
            references = @Schema.Reference(name = "in.json", subject = "in", version = 3))
    static final class Annotated {
        public String in = "x";
    }

    /** One of several classes. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(Circle.class))
    interface Shape {}

    /** The only one. */
    record Circle(int radius) implements Shape {}

    /** A class that says where it was loaded. */
    static final class Trap {
        static {
            Trapped.sprung = true;
        }

        public int a;
    }

    /** Whether it was. */
    static final class Trapped {
        static boolean sprung;
    }

    @Test
    void writeAndRead_javaRecord_isTheSame() {
        Order order = new Order("1", 2, List.of(new Line("x", Instant.parse("2024-02-29T12:34:56.789Z"))));
        RecordCodec typed = configured(Map.of("json.value.type", Order.class));

        JsonSchema schema = (JsonSchema) typed.schemaOf(key(typed, order));

        assertThat(schema.content().text())
                .isEqualTo(
                        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"title\":\"Order\",\"type\":\"object\","
                                + "\"additionalProperties\":false,\"properties\":{\"id\":{\"oneOf\":[{\"type\":\"null\",\"title\":"
                                + "\"Not included\"},{\"type\":\"string\"}]},\"count\":{\"type\":\"integer\"},\"lines\":{\"oneOf\":"
                                + "[{\"type\":\"null\",\"title\":\"Not included\"},{\"type\":\"array\",\"items\":{\"$ref\":"
                                + "\"#/definitions/Line\"}}]}},\"required\":[\"count\"],\"definitions\":{\"Line\":{\"type\":\"object\","
                                + "\"additionalProperties\":false,\"properties\":{\"item\":{\"oneOf\":[{\"type\":\"null\",\"title\":"
                                + "\"Not included\"},{\"type\":\"string\"}]},\"at\":{\"oneOf\":[{\"type\":\"null\",\"title\":"
                                + "\"Not included\"},{\"type\":\"number\"}]}}}}}");
        assertThat(read(typed, schema, write(typed, schema, order))).isEqualTo(order);
    }

    @Test
    void writeAndRead_javaRecordWithValidation_fitsItsOwnSchema() {
        RecordCodec typed = configured(Map.of("json.value.type", Order.class, "json.fail.invalid.schema", "true"));
        Order order = new Order("1", 2, null);
        JsonSchema schema = (JsonSchema) typed.schemaOf(key(typed, order));

        assertThat(read(typed, schema, write(typed, schema, order))).isEqualTo(order);
    }

    @Test
    void schemaOf_valuesOfOneClass_isDerivedOnce() {
        Object first = codec.schemaOf(key(codec, new Order("1", 2, null)));

        assertThat(codec.schemaOf(key(codec, new Order("2", 3, null)))).isSameAs(first);
    }

    @Test
    void schemaOf_annotatedClass_isTheGivenOne() {
        JsonSchema schema = codec.schemaOf(key(codec, new Annotated()));

        assertThat(schema.content().text())
                .isEqualTo("{\"title\":\"Given\",\"properties\":{\"in\":{\"$ref\":\"in.json\"}}}");
        assertThat(schema.content().references()).containsExactly(new SchemaReference("in.json", "in", 3));
    }

    @Test
    void schemaOf_withoutOneOfForNullables_isPlain() {
        RecordCodec plain = configured(Map.of("json.oneof.for.nullables", false));

        assertThat(plain.schemaOf(key(plain, new Line("x", Instant.EPOCH)))
                        .content()
                        .text())
                .contains("\"properties\":{\"item\":{\"type\":\"string\"},\"at\":{\"type\":\"number\"}}")
                .doesNotContain("required");
    }

    @Test
    void write_envelope_writesThePayloadUnderTheGivenSchema() {
        JsonSchema schema = JsonSchema.parse("{\"type\":\"object\"}");
        JsonEnvelope envelope = new JsonEnvelope(schema, Map.of("a", 1));

        assertThat(codec.schemaKey(envelope)).isSameAs(schema);
        assertThat(codec.schemaOf(schema)).isSameAs(schema);
        assertThat(write(codec, schema, envelope)).isEqualTo("{\"a\":1}");
    }

    @Test
    void write_jsonThatLooksLikeAnEnvelope_isWrittenWholeIfDetectionIsOff() {
        var json = JsonNodeFactory.instance.objectNode().put("schema", "{}").put("payload", 1);

        assertThat(write(codec, ANYTHING, json)).isEqualTo("1");
        assertThat(write(configured(Map.of("json.envelope.detection", "false")), ANYTHING, json))
                .isEqualTo("{\"schema\":\"{}\",\"payload\":1}");
        assertThat(write(codec, ANYTHING, json.deepCopy().without("payload"))).isEqualTo("{\"schema\":\"{}\"}");
    }

    @Test
    void schemaKey_envelopeWithReferences_resolvesThem() throws Exception {
        JsonNode envelope = new ObjectMapper().readTree("""
                {"schema": {"properties": {"a": {"$ref": "in.json"}}}, "payload": {"a": "x"},
                 "references": [{"name": "in.json", "subject": "in", "version": 1}],
                 "resolvedReferences": {"in.json": "{\\"type\\": \\"integer\\"}"}}""");
        RecordCodec strict = configured(Map.of("json.fail.invalid.schema", true));
        JsonSchema schema = (JsonSchema) strict.schemaOf(key(strict, envelope));

        assertThat(schema.content().references()).containsExactly(new SchemaReference("in.json", "in", 1));
        assertThatThrownBy(() -> write(strict, schema, envelope))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("/a");
    }

    @Test
    void write_indented_isLaidOutInLines() {
        assertThat(write(configured(Map.of("json.indent.output", "true")), ANYTHING, Map.of("a", 1)))
                .contains("\n");
    }

    @Test
    void read_jsonNodeType_givesATree() {
        RecordCodec trees = configured(Map.of("json.value.type", JsonNode.class.getName()));

        assertThat(read(trees, ANYTHING, "{\"a\":1.50}"))
                .isInstanceOf(JsonNode.class)
                .hasToString("{\"a\":1.50}");
    }

    @Test
    void read_keyType_countsForKeysOnly() {
        Map<String, Object> values = Map.of("json.key.type", Order.class, "json.value.type", Line.class);
        RecordCodec keys =
                codec.configured(new CodecSettings(values, true, getClass().getClassLoader()));

        assertThat(read(keys, ANYTHING, "{\"count\":1}")).isEqualTo(new Order(null, 1, null));
    }

    @Test
    void read_unknownMember_failsUnlessAllowed() {
        String json = "{\"item\":\"x\",\"other\":1}";

        assertThatThrownBy(() -> read(configured(Map.of("json.value.type", Line.class)), ANYTHING, json))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("other");
        assertThat(read(
                        configured(Map.of("json.value.type", Line.class, "json.fail.unknown.properties", "false")),
                        ANYTHING,
                        json))
                .isEqualTo(new Line("x", null));
    }

    // Classes named by schemas.

    @Test
    void read_schemaThatNamesAClass_loadsNothingUnlessASettingNamesIt() {
        JsonSchema schema = JsonSchema.parse("{\"type\":\"object\",\"javaType\":\"" + Trap.class.getName() + "\"}");

        assertThat(read(codec, schema, "{\"a\":1}")).isEqualTo(Map.of("a", 1));
        assertThat(read(configured(Map.of("json.type.allowed.packages", "io.concordat.jso,java")), schema, "{\"a\":1}"))
                .isEqualTo(Map.of("a", 1));
        codec.reader(schema, Target.generic());
        assertThat(Trapped.sprung).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.concordat.json", "java, io.concordat", "io.concordat.json.JsonCodecTest$Circle"})
    void read_schemaThatNamesAnAllowedClass_readsIntoIt(String allowed) {
        JsonSchema schema = JsonSchema.parse("{\"javaType\":\"" + Circle.class.getName() + "\"}");

        assertThat(read(
                        configured(Map.of("json.type.allowed.packages", allowed)),
                        schema,
                        "{\"@type\":\"JsonCodecTest$Circle\",\"radius\":1}"))
                .isEqualTo(new Circle(1));
    }

    @Test
    void read_schemaOfSeveralThatNameClasses_readsIntoTheOneThatFits() {
        Resolved line = new Resolved(
                "line.json",
                SchemaContent.of(
                        SchemaType.JSON,
                        "{\"javaType\":\"" + Line.class.getName() + "\",\"type\":\"object\",\"required\":[\"item\"]}"));
        JsonSchema schema = JsonSchema.parse(
                SchemaContent.of(
                        SchemaType.JSON,
                        "{\"oneOf\":[{\"$ref\":\"line.json\"},{\"$ref\":\"#/definitions/order\"},{\"type\":\"array\"}],"
                                + "\"definitions\":{\"order\":{\"javaType\":\"" + Order.class.getName()
                                + "\",\"type\":\"object\",\"required\":[\"count\"]}}}"),
                List.of(line),
                Strictness.STRICT);
        RecordCodec allowing = configured(Map.of("json.type.allowed.packages", "io.concordat.json"));

        assertThat(read(allowing, schema, "{\"item\":\"x\"}")).isEqualTo(new Line("x", null));
        assertThat(read(allowing, schema, "{\"count\":2}")).isEqualTo(new Order(null, 2, null));
        assertThat(read(allowing, schema, "[1]")).isEqualTo(List.of(1));
        assertThat(read(codec, schema, "{\"count\":2}")).isEqualTo(Map.of("count", 2));
    }

    @Test
    void read_schemaThatNamesAnAllowedClassThatIsMissing_fails() {
        JsonSchema schema = JsonSchema.parse("{\"type\":\"object\",\"my\":\"no.such.Type\"}");
        RecordCodec allowing =
                configured(Map.of("json.type.allowed.packages", List.of("no.such"), "type.property", "my"));

        assertThatThrownBy(() -> allowing.reader(schema, Target.generic()))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("no.such.Type");
    }

    // Settings.

    @Test
    void configured_settingsThatMakeNoSense_areAllNamed() {
        Map<String, Object> values = new HashMap<>();
        values.put("json.fail.invalid.schema", "yes");
        values.put("json.schema.spec.version", "draft_5");
        values.put("json.default.property.inclusion", "SOME");
        values.put("json.value.type", "no.such.Type");
        values.put("json.type.allowed.packages", "*");

        assertThatThrownBy(() -> configured(values))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(values.keySet());
    }

    @Test
    void configured_everySettingName_isKnown() {
        assertThat(codec.settingNames())
                .contains("json.fail.invalid.schema", "type.property")
                .hasSize(12);
        assertThat(configured(Map.of("other", "x"))).isSameAs(codec);
    }

    @Test
    void settingNames_areThoseOfTheTable() throws IOException {
        Path root = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
        String page = Files.readString(root.resolve("docs/migrating.md"));
        String table = page.split("### Of JSON Schema\n", 2)[1].split("\n#", 2)[0];

        Set<String> told = Pattern.compile("^\\| (`.*?) \\|", Pattern.MULTILINE)
                .matcher(table)
                .results()
                .flatMap(row ->
                        Pattern.compile("`([a-z0-9.]+)`").matcher(row.group(1)).results())
                .map(key -> key.group(1))
                .collect(Collectors.toSet());

        assertThat(told).isEqualTo(codec.settingNames());
    }

    // Validation, and malice.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "draft-04/schema# | {'a': 0} | exclusiveMinimum",
                "draft-06/schema# | {'b': 1} | const",
                "draft-07/schema# | {'c': 'x'} | pattern",
                "draft/2019-09/schema | {'d': 1} | dependent",
                "draft/2020-12/schema | {'e': [1, 2]} | prefixItems"
            })
    void write_invalidValue_isRefusedInEveryEdition(String row) {
        String[] cells = row.replace('\'', '"').split(" \\| ", -1);
        boolean oldest = cells[0].startsWith("draft-04");
        JsonSchema schema = JsonSchema.parse("{\"$schema\":\"http://json-schema.org/" + cells[0] + "\",\"properties\":{"
                + "\"a\":{\"minimum\":0,\"exclusiveMinimum\":" + (oldest ? "true" : "0") + "},\"b\":{\"const\":2},"
                + "\"c\":{\"pattern\":\"^a\"},\"e\":{\"prefixItems\":[{\"type\":\"string\"}]}},"
                + "\"dependentRequired\":{\"d\":[\"x\"]}}");
        RecordCodec strict = configured(Map.of("json.fail.invalid.schema", true));
        JsonSchema read = schema;

        assertThatThrownBy(() -> read(strict, read, cells[1]))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("does not fit its schema");
        assertThat(read(codec, schema, cells[1])).isNotNull();
    }

    @Test
    void read_schemasThatReferToEachOtherByNameAndId_areAllFound() {
        List<Resolved> references = List.of(
                resolved("c.json", "{\"$id\":\"http://x/y/c.json\",\"type\":\"integer\"}"),
                resolved(
                        "a/b.json",
                        "{\"properties\":{\"c\":{\"$ref\":\"c.json\"},\"d\":{\"$ref\":\"http://x/y/c.json\"}}}"));
        JsonSchema schema = JsonSchema.parse(
                SchemaContent.of(
                        SchemaType.JSON,
                        "{\"$id\":\"http://x/main.json\",\"properties\":{\"b\":{\"$ref\":\"a/b.json\"}}}"),
                references,
                Strictness.STRICT);
        RecordCodec strict = configured(Map.of("json.fail.invalid.schema", true));

        assertThat(read(strict, schema, "{\"b\":{\"c\":1,\"d\":2}}")).isNotNull();
        for (String member : List.of("c", "d")) {
            assertThatThrownBy(() -> read(strict, schema, "{\"b\":{\"" + member + "\":\"x\"}}"))
                    .isInstanceOf(RecordException.class)
                    .hasMessageContaining("/b/" + member);
        }
    }

    private static Resolved resolved(String name, String schema) {
        return new Resolved(name, SchemaContent.of(SchemaType.JSON, schema));
    }

    @Test
    void read_schemaWithRemoteRef_fetchesNothing() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/none.json";
        RecordCodec strict = configured(Map.of("json.fail.invalid.schema", true));

        try {
            for (String keyword : List.of("$ref", "$schema", "$id")) {
                JsonSchema schema =
                        JsonSchema.of(json("{\"" + keyword + "\":\"" + address + "\",\"type\":\"integer\"}"));
                readOrRefuse(strict.reader(schema, Target.generic()), "1".getBytes(StandardCharsets.UTF_8), 0);
            }
            assertThatThrownBy(() -> JsonSchema.parse("{\"$ref\":\"" + address + "\"}"))
                    .isInstanceOf(InvalidSchemaException.class);
        } finally {
            server.stop(0);
        }
        assertThat(requests).hasValue(0);
    }

    @Test
    void read_schemaThatDoublesWithEveryRef_endsSoon() {
        String doubling = IntStream.range(0, 60)
                .mapToObj(i -> "\"d" + i + "\":{\"anyOf\":[{\"$ref\":\"#/definitions/d" + (i + 1)
                        + "\"},{\"$ref\":\"#/definitions/d" + (i + 1) + "\"}]}")
                .collect(Collectors.joining(
                        ",", "{\"$ref\":\"#/definitions/d0\",\"definitions\":{", ",\"d60\":{\"type\":\"string\"}}}"));
        RecordCodec strict = configured(Map.of("json.fail.invalid.schema", true));

        assertThatThrownBy(() -> read(strict, JsonSchema.parse(doubling), "1"))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("too often");
    }

    @Test
    void read_expressionThatExplodes_endsSoon() {
        JsonSchema schema = JsonSchema.parse("{\"pattern\":\"(?:(a+)(a+))+\\\\1\\\\2b\"}");
        RecordCodec strict = configured(Map.of("json.fail.invalid.schema", true));

        assertThatThrownBy(() -> read(strict, schema, "\"" + "a".repeat(100) + "\""))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("takes too long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"$ref\":\"#\"}", "{\"allOf\":[{\"$ref\":\"#\"}]}", "{\"pattern\":\"(\"}", "{\"type\":5}"})
    void read_schemaThatMakesNoSense_failsTyped(String text) {
        JsonSchema schema = JsonSchema.of(json(text));
        RecordCodec strict = configured(Map.of("json.fail.invalid.schema", true));

        assertThatThrownBy(() -> read(strict, schema, "\"a\""))
                .isInstanceOfAny(RecordException.class, InvalidSchemaException.class);
    }

    @Test
    void write_valueThatContainsItself_isRefused() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);

        assertThatThrownBy(() -> write(codec, ANYTHING, endless)).isInstanceOf(RecordException.class);
    }

    @Test
    void read_directBufferInTheMiddle_readsWhatIsBetweenPositionAndLimit() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(16);
        buffer.put("xx[1]xx".getBytes(StandardCharsets.UTF_8)).limit(5).position(2);

        assertThat(codec.reader(ANYTHING, Target.generic()).read(buffer.slice()))
                .isEqualTo(List.of(1));
        assertThat(codec.reader(ANYTHING, Target.generic()).read(buffer)).isEqualTo(List.of(1));
    }

    /** Whatever is done to the bytes, a value comes out or a typed error. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void read_mangledBytes_givesAValueOrATypedError(long seed) {
        Random random = new Random(seed);
        List<JsonNode> rows = Rows.of("vectors.jsonl")
                .filter(row -> !row.get("bytesHex").isNull())
                .toList();
        RecordCodec strict = configured(Map.of("json.fail.invalid.schema", true));
        for (JsonNode row : rows) {
            JsonSchema schema = JsonSchema.of(json(row.get("schema").asText()));
            RecordCodec.Reader plain = codec.reader(schema, Target.generic());
            RecordCodec.Reader checking = strict.reader(schema, Target.generic());
            for (int i = 0; i < 30; i++) {
                byte[] bytes = mangled(row.get("value").toString().getBytes(StandardCharsets.UTF_8), random);
                readOrRefuse(plain, bytes, seed);
                readOrRefuse(checking, bytes, seed);
            }
        }
    }

    private static void readOrRefuse(RecordCodec.Reader reader, byte[] bytes, long seed) {
        try {
            reader.read(ByteBuffer.wrap(bytes));
        } catch (RecordException e) {
            assertThat(e).as("seed %d", seed).message().isNotBlank();
        }
    }

    private static byte[] mangled(byte[] bytes, Random random) {
        byte[] mangled = bytes.clone();
        for (int i = random.nextInt(3); i >= 0 && mangled.length > 0; i--) {
            mangled[random.nextInt(mangled.length)] = (byte) random.nextInt();
        }
        return mangled;
    }

    private static JsonNode json(String text) {
        return SchemaText.parse(text, true);
    }

    private RecordCodec configured(Map<String, ?> values) {
        return codec.configured(new CodecSettings(values, false, getClass().getClassLoader()));
    }

    private static Object key(RecordCodec codec, Object value) {
        return Objects.requireNonNull(codec.schemaKey(value));
    }

    private static String write(RecordCodec codec, JsonSchema schema, Object value) {
        RecordBuffer out = new RecordBuffer(16);
        codec.writer(schema).write(value, out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    private static @Nullable Object read(RecordCodec codec, JsonSchema schema, String json) {
        return codec.reader(schema, Target.generic()).read(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }
}
