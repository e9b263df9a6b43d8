package io.concordat.it.failures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.type.Money;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.json.JsonEnvelope;
import io.concordat.json.JsonSchema;
import io.concordat.kafka.BadRecordException;
import io.concordat.kafka.Decoded;
import io.concordat.kafka.RegistryDeserializer;
import io.concordat.kafka.RegistrySerializer;
import io.concordat.kafka.SerdeFailure;
import io.concordat.serdes.PayloadForm;
import io.concordat.serdes.RecordPart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of bytes that are no good is told as exactly one exception, which says what they look like. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRecordsTest {
    private static final Schema ORDER = SchemaBuilder.record("Order")
            .fields()
            .requiredString("customer")
            .name("lines")
            .type()
            .array()
            .items(SchemaBuilder.record("Line").fields().requiredInt("pieces").endRecord())
            .noDefault()
            .endRecord();
    private static final JsonSchema PERSON = JsonSchema.parse("""
            {"title": "Person", "type": "object", "additionalProperties": false,
             "properties": {"age": {"type": "integer"}}}""");
    /** Of several bytes. */
    private static final int PIECES = 300_000;

    private static final String PREFIX_ONLY = "PrefixSchemaIdDeserializer";

    private final RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());
    private byte[] order = {};
    private byte[] person = {};
    private byte[] price = {};

    @BeforeAll
    void writeGoodOnes() {
        order = serialize(order(PIECES));
        person = serialize(new JsonEnvelope(PERSON, Map.of("age", 33)));
        price = serialize(Money.newBuilder().setCurrencyCode("EUR").setUnits(20).build());
    }

    @AfterAll
    void close() {
        registry.close();
    }

    private static GenericRecord order(int pieces) {
        GenericRecord line = new GenericRecordBuilder(
                        ORDER.getField("lines").schema().getElementType())
                .set("pieces", pieces)
                .build();
        return new GenericRecordBuilder(ORDER)
                .set("customer", "Kim")
                .set("lines", List.of(line))
                .build();
    }

    private byte[] serialize(Object value) {
        try (RegistrySerializer<Object> serializer = new RegistrySerializer<>(registry)) {
            // A subject for each language.
            return requireNonNull(serializer.serialize(value.getClass().getSimpleName(), value));
        }
    }

    enum Payload {
        NOTHING(PayloadForm.EMPTY, "it is empty"),
        CUT_OFF_ID(PayloadForm.CUT_OFF, "ends within the schema id"),
        CUT_OFF_GUID(PayloadForm.CUT_OFF, "ends within the schema GUID"),
        JSON_TEXT(PayloadForm.JSON_TEXT, "it looks like JSON text"),
        PLAIN_TEXT(PayloadForm.TEXT, "it looks like text in UTF-8"),
        AVRO_FILE(PayloadForm.AVRO_FILE, "it looks like an Avro container file"),
        AVRO_SINGLE_OBJECT(PayloadForm.AVRO_SINGLE_OBJECT, "it looks like Avro's single-object encoding"),
        EIGHT_BYTE_ID(PayloadForm.EIGHT_BYTE_ID, "an id of eight bytes"),
        ID_IN_HEADER(PayloadForm.ID_IN_HEADER, "'__value_schema_id' names a schema"),
        HEADER_OF_NOTHING(PayloadForm.UNKNOWN, "its header '__value_schema_id' names no schema"),
        OTHER_BYTES(PayloadForm.UNKNOWN, "it begins with fe fd"),
        UNKNOWN_ID(PayloadForm.UNKNOWN, "the registry has no schema of that id"),
        NEGATIVE_ID(PayloadForm.UNKNOWN, "no id is negative"),
        UNKNOWN_GUID(PayloadForm.UNKNOWN, "the registry has no schema of GUID"),
        AVRO_CUT_OFF(null, "lines[0].pieces"),
        AVRO_LENGTH_THAT_LIES(null, "customer"),
        JSON_CUT_OFF(null, "JSON"),
        JSON_THAT_IS_NOT_VALID(null, "age"),
        PROTOBUF_OF_NO_MESSAGE(null, "message"),
        PROTOBUF_CUT_OFF(null, "Money");

        private final @Nullable PayloadForm form;
        private final String words;

        Payload(@Nullable PayloadForm form, String words) {
            this.form = form;
            this.words = words;
        }

        private Map<String, Object> settings() {
            return switch (this) {
                case ID_IN_HEADER ->
                    Map.of("value.schema.id.deserializer", PREFIX_ONLY, "key.schema.id.deserializer", PREFIX_ONLY);
                case JSON_THAT_IS_NOT_VALID -> Map.of("json.fail.invalid.schema", true);
                default -> Map.of();
            };
        }

        private Headers headers() {
            byte[] name = switch (this) {
                case ID_IN_HEADER, UNKNOWN_GUID -> HexFormat.of().parseHex("01fed631f3cb11a686982aad5e7b361a28");
                case HEADER_OF_NOTHING -> new byte[] {9, 9};
                default -> new byte[] {};
            };
            return name.length == 0 ? new RecordHeaders() : header(name);
        }

        private static Headers header(byte[] name) {
            return new RecordHeaders().add("__value_schema_id", name).add("__key_schema_id", name);
        }
    }

    private byte[] bytes(Payload payload) {
        return switch (payload) {
            case NOTHING -> new byte[] {};
            case CUT_OFF_ID -> new byte[] {0, 0, 0};
            case CUT_OFF_GUID -> new byte[] {1, 9, 9, 9};
            case JSON_TEXT -> "{\"customer\": \"Kim\", \"lines\": []}".getBytes(UTF_8);
            case PLAIN_TEXT -> "Kim ordered three, für sich".getBytes(UTF_8);
            case AVRO_FILE -> avroFile();
            case AVRO_SINGLE_OBJECT -> singleObject();
            case EIGHT_BYTE_ID -> HexFormat.of().parseHex("00000000000000000706666f6f");
            case ID_IN_HEADER, HEADER_OF_NOTHING -> Arrays.copyOfRange(order, 5, order.length);
            case OTHER_BYTES -> new byte[] {-2, -3, -4, -5, -6, -7, 1, 2, 3};
            case UNKNOWN_ID -> HexFormat.of().parseHex("0000000bb806666f6f");
            case NEGATIVE_ID -> HexFormat.of().parseHex("00ffffffff06666f6f");
            case UNKNOWN_GUID -> HexFormat.of().parseHex("06666f6f");
            case AVRO_CUT_OFF -> Arrays.copyOf(order, order.length - 2);
            case AVRO_LENGTH_THAT_LIES -> with(order, 5, 0x7e);
            case JSON_CUT_OFF -> Arrays.copyOf(person, person.length - 1);
            case JSON_THAT_IS_NOT_VALID ->
                new String(person, UTF_8).replace("33", "\"x\"").getBytes(UTF_8);
            case PROTOBUF_OF_NO_MESSAGE -> with(Arrays.copyOf(price, price.length + 1), 5, 2, 0x7e);
            case PROTOBUF_CUT_OFF -> Arrays.copyOf(price, price.length - 1);
        };
    }

    private static byte[] with(byte[] bytes, int at, int... values) {
        byte[] changed = bytes.clone();
        for (int i = 0; i < values.length; i++) {
            changed[at + i] = (byte) values[i];
        }
        return changed;
    }

    private static byte[] avroFile() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(ORDER))) {
            writer.create(ORDER, out).append(order(PIECES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] singleObject() {
        try {
            ByteBuffer encoded =
                    new BinaryMessageEncoder<GenericRecord>(GenericData.get(), ORDER).encode(order(PIECES));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Arguments> keysAndValues() {
        return Stream.of(Payload.values())
                .flatMap(payload -> Stream.of(RecordPart.values()).map(part -> Arguments.of(payload, part)));
    }

    @ParameterizedTest
    @MethodSource("keysAndValues")
    void deserialize_bytesThatAreNoGood_tellsExactlyThat(Payload payload, RecordPart part) throws Exception {
        byte[] bytes = bytes(payload);
        try (RegistryDeserializer<Object> deserializer = deserializer(payload, part, Map.of())) {
            Throwable told =
                    catchThrowable(() -> deserializer.deserialize("orders", payload.headers(), ByteBuffer.wrap(bytes)));

            assertThat(told).isExactlyInstanceOf(BadRecordException.class);
            assertTellsAll((BadRecordException) told, payload, part, bytes);
            assertTellsAll(passedOn((BadRecordException) told), payload, part, bytes);
            assertThat(catchThrowable(() -> deserializer.deserialize("orders", payload.headers(), bytes)))
                    .isExactlyInstanceOf(BadRecordException.class)
                    .hasMessage(told.getMessage());
        }
    }

    private static void assertTellsAll(BadRecordException told, Payload payload, RecordPart part, byte[] bytes) {
        String words = part == RecordPart.KEY ? payload.words.replace("__value", "__key") : payload.words;
        assertThat(told)
                .hasMessageContaining("the " + part + " of topic 'orders'")
                .hasMessageContaining(words)
                .hasMessageContaining("(" + bytes.length + " byte")
                .hasMessageEndingWith("; next: " + told.nextStep());
        assertThat(told.getMessage()).hasSizeLessThan(600).doesNotContain("\"type\"");
        assertThat(told.kind()).isEqualTo(SerdeFailure.Kind.BAD_RECORD);
        assertThat(told.topic()).contains("orders");
        assertThat(told.part()).contains(part);
        assertThat(told.length()).hasValue(bytes.length);
        assertThat(told.form().orElse(null)).isEqualTo(payload.form);
        assertThat(told.firstBytes())
                .isEqualTo(HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(bytes, Math.min(8, bytes.length))));
        if (payload.form == null) {
            assertThat(told.schemaId()).isPresent();
        }
    }

    /** As frameworks pass exceptions on: in headers, serialized by Java. */
    private static BadRecordException passedOn(BadRecordException told) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ObjectOutputStream(out).writeObject(told);
        return (BadRecordException) new ObjectInputStream(new ByteArrayInputStream(out.toByteArray())).readObject();
    }

    @ParameterizedTest
    @EnumSource(Payload.class)
    void deserialize_underAPolicy_returnsNullOrTheSameBytes(Payload payload) {
        byte[] bytes = bytes(payload);
        Headers headers = payload.headers().add("trace", new byte[] {42});
        try (RegistryDeserializer<Object> nulling =
                        deserializer(payload, RecordPart.VALUE, Map.of("bad.record.policy", "null"));
                RegistryDeserializer<Decoded<Object>> wrapping = deserializer(
                        payload,
                        RecordPart.VALUE,
                        Map.of("bad.record.policy", "null", "value.bad.record.policy", "wrap"))) {

            assertThat(nulling.deserialize("orders", headers, bytes)).isNull();
            Decoded<Object> wrapped = requireNonNull(wrapping.deserialize("orders", headers, bytes));

            assertThat(wrapped).isInstanceOfSatisfying(Decoded.Failed.class, failed -> {
                assertThat(failed.bytes()).isEqualTo(bytes);
                assertThat(failed.headers()).isEqualTo(headers);
                assertThat(failed.failure()).hasMessageContaining(payload.words);
            });
            assertThat(catchThrowable(wrapped::orElseThrow)).isExactlyInstanceOf(BadRecordException.class);
        }
    }

    @Test
    void deserialize_goodOnesAndTombstonesUnderAPolicy_areWhatTheyAlwaysWere() {
        try (RegistryDeserializer<Object> nulling =
                        deserializer(Payload.NOTHING, RecordPart.VALUE, Map.of("bad.record.policy", "null"));
                RegistryDeserializer<Decoded<Object>> wrapping =
                        deserializer(Payload.NOTHING, RecordPart.VALUE, Map.of("bad.record.policy", "wrap"))) {
            assertThat(nulling.deserialize("orders", order)).isEqualTo(order(PIECES));
            assertThat(wrapping.deserialize("orders", order)).isEqualTo(new Decoded.Value<>(order(PIECES)));
            assertThat(nulling.deserialize("orders", (byte[]) null)).isNull();
            assertThat(wrapping.deserialize("orders", (byte[]) null)).isNull();
            assertThat(wrapping.deserialize("orders", new RecordHeaders(), (ByteBuffer) null))
                    .isNull();
        }
    }

    private <T> RegistryDeserializer<T> deserializer(Payload payload, RecordPart part, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(payload.settings());
        settings.putAll(more);
        RegistryDeserializer<T> deserializer = new RegistryDeserializer<>(registry);
        deserializer.configure(settings, part == RecordPart.KEY);
        return deserializer;
    }

    /** A class of the application that does not take everything. */
    public record Percent(int value) {
        public Percent {
            if (value > 100) {
                throw new IllegalArgumentException("more than all");
            }
        }
    }

    @Test
    void deserialize_classOfTheApplicationThatRefuses_isABadRecord() {
        byte[] good = serialize(new Percent(50));
        byte[] bad = with(Arrays.copyOf(good, good.length + 1), 5, 0x90, 0x03);
        try (RegistryDeserializer<Percent> deserializer = new RegistryDeserializer<>(registry)) {
            deserializer.configure(Map.of("specific.avro.value.type", Percent.class), false);

            assertThat(deserializer.deserialize("percents", good)).isEqualTo(new Percent(50));
            assertThat(catchThrowable(() -> deserializer.deserialize("percents", bad)))
                    .isExactlyInstanceOf(BadRecordException.class)
                    .hasMessageContaining("more than all");
        }
    }

    private static Stream<Arguments> badValues() {
        GenericRecord unfinished = new GenericData.Record(ORDER);
        unfinished.put("customer", 42);
        return Stream.of(
                Arguments.of("an Avro record", unfinished, Map.of(), "customer"),
                Arguments.of(
                        "JSON that is not valid",
                        new JsonEnvelope(PERSON, Map.of("age", "x")),
                        Map.of("json.fail.invalid.schema", true),
                        "age"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badValues")
    void serialize_valueThatDoesNotFit_isABadRecord(
            String what, Object value, Map<String, Object> settings, String path) {
        for (boolean isKey : new boolean[] {true, false}) {
            try (RegistrySerializer<Object> serializer = new RegistrySerializer<>(registry)) {
                serializer.configure(settings, isKey);

                Throwable told = catchThrowable(() -> serializer.serialize(what, new RecordHeaders(), value));

                assertThat(told)
                        .isExactlyInstanceOf(BadRecordException.class)
                        .hasMessageContaining(path)
                        .hasMessageContaining("the " + (isKey ? "key" : "value") + " of topic '" + what + "'");
                assertThat(SerdeFailure.in(told).orElseThrow().subject())
                        .contains(isKey ? Subject.key(what) : Subject.value(what));
            }
        }
    }

    @Test
    void register_forEachLanguage_isWhatTheTestReads() {
        assertThat(List.of(order, person, price))
                .extracting(bytes -> registry.schema(
                                SchemaId.of(ByteBuffer.wrap(bytes).getInt(1)))
                        .content()
                        .type())
                .containsExactly(SchemaType.AVRO, SchemaType.JSON, SchemaType.PROTOBUF);
    }
}
