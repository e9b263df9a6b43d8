package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that existing serializers write, written and read here. */
class WireVectorsTest {
    private static final String USER = "{\"type\":\"record\",\"name\":\"User\",\"namespace\":\"com.acme\",\"fields\":["
            + "{\"name\":\"name\",\"type\":\"string\"},{\"name\":\"age\",\"type\":\"int\"},"
            + "{\"name\":\"email\",\"type\":[\"null\",\"string\"],\"default\":null}]}";
    private static final String EMPTY = "{\"type\":\"record\",\"name\":\"Empty\",\"fields\":[]}";
    private static final String INT_MAP = "{\"type\":\"map\",\"values\":\"int\"}";

    private final WatchedRegistry registry = new WatchedRegistry();
    private final MessageSerializer serializer = MessageSerializer.of(registry.registry());

    @AfterEach
    void close() {
        registry.close();
    }

    static Stream<Arguments> vectors() {
        return Stream.of(
                arguments("A1", "\"string\"", 1, "foo", "000000000106666f6f"),
                arguments("A2", USER, 100001, kim(), "00000186a1064b696d42020c6b40782e696f"),
                arguments("A2b", USER, 7, kim(), "0000000007064b696d42020c6b40782e696f"),
                arguments("A3", "\"long\"", 256, -1L, "000000010001"),
                arguments("A4", "\"bytes\"", 7, bytes("deadbeef"), "0000000007deadbeef"),
                arguments("A5", EMPTY, 9, record(EMPTY), "0000000009"),
                arguments("A6", "\"string\"", Integer.MAX_VALUE, "foo", "007fffffff06666f6f"),
                arguments("A7 int", "\"int\"", 7, 42, "000000000754"),
                arguments("A7 long", "\"long\"", 7, 7L, "00000000070e"),
                arguments("A7 boolean", "\"boolean\"", 7, true, "000000000701"),
                arguments("A7 float", "\"float\"", 7, 1.5f, "00000000070000c03f"),
                arguments("A7 double", "\"double\"", 7, 2.5d, "00000000070000000000000440"),
                arguments("A7 map", INT_MAP, 7, Map.of("k", 1), "000000000702026b0200"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void encode_knownSchema_givesTheKnownBytes(String name, String schema, int id, Object value, String hex) {
        SchemaContent content = SchemaContent.avro(schema);
        registry.register(Subject.value("t"), content, id);

        assertThat(hex(serializer.encode(SchemaId.of(id), value))).isEqualTo(hex);
        assertThat(hex(serializer.encode("t", RecordPart.VALUE, content, value)))
                .isEqualTo(hex);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void decode_knownBytes_givesTheKnownValue(String name, String schema, int id, Object value, String hex) {
        registry.register(Subject.value("t"), SchemaContent.avro(schema), id);

        assertThat(plain(serializer.decode(bytes(hex).array()))).isEqualTo(plain(value));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, Integer.MIN_VALUE})
    void decode_anyInt_isTakenAsSignedId(int id) {
        byte[] message =
                ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 0).array();

        assertThatThrownBy(() -> serializer.decode(message)).hasMessageContaining(Integer.toString(id));
    }

    @Test
    void decode_guidBeforeTheRecord_isRead() {
        registry.register(Subject.value("t"), SchemaContent.avro("\"string\""));

        assertThat(serializer.decode(
                        bytes("01095d71cf12556b9d5e330ad575b3df5d06666f6f").array()))
                .isEqualTo("foo");
    }

    static Stream<Arguments> noMessages() {
        return Stream.of(
                arguments("", "it is empty"),
                arguments("00", "it ends within the schema id of four bytes: 00"),
                arguments("00000007", "it ends within the schema id of four bytes: 00 00 00 07"),
                arguments("01095d71cf", "it ends within the schema GUID of sixteen bytes: 01 09 5d 71 cf"),
                arguments("0200000007", "it begins with 02 00 00 00 07, not with 00 and a schema id"),
                arguments("7b2261223a317d7d7d", "it begins with 7b 22 61 22 3a 31 7d 7d ..., not with 00"));
    }

    @ParameterizedTest
    @MethodSource("noMessages")
    void decode_noMessage_saysWhatTheFirstBytesAre(String hex, String problem) {
        assertThatThrownBy(() -> serializer.decode("orders", RecordPart.KEY, bytes(hex)))
                .isInstanceOfSatisfying(DecodeException.class, e -> {
                    assertThat(e).hasMessageContaining(problem).hasMessageContaining("the key of topic 'orders'");
                    assertThat(e.topic()).contains("orders");
                    assertThat(e.part()).contains(RecordPart.KEY);
                    assertThat(e.id()).isEmpty();
                });
        assertThat(registry.calls()).isZero();
    }

    @Test
    void decode_recordThatEndsEarly_namesTopicAndId() {
        registry.register(Subject.value("t"), SchemaContent.avro(USER), 7);

        assertThatThrownBy(() -> serializer.decode("t", RecordPart.VALUE, bytes("0000000007")))
                .isInstanceOfSatisfying(DecodeException.class, e -> {
                    assertThat(e).hasMessageContaining("the value of topic 't' (id 7)");
                    assertThat(e.id()).contains(SchemaId.of(7));
                });
    }

    static Object kim() {
        return new GenericRecordBuilder(new Schema.Parser().parse(USER))
                .set("name", "Kim")
                .set("age", 33)
                .set("email", "k@x.io")
                .build();
    }

    private static Object record(String schema) {
        return new GenericData.Record(new Schema.Parser().parse(schema));
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static String hex(byte @Nullable [] message) {
        return HexFormat.of().formatHex(Objects.requireNonNull(message));
    }

    /** Texts come back as Avro's own. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return Map.of(
                    map.keySet().iterator().next().toString(),
                    map.values().iterator().next());
        }
        if (value instanceof byte[] array) {
            return ByteBuffer.wrap(array);
        }
        return value instanceof Utf8 || value instanceof GenericData.Record ? value.toString() : value;
    }
}
