package io.concordat.serdes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids before records and GUIDs in headers, in any mix. */
class IdPlacementTest {
    private static final SchemaContent STRING = SchemaContent.avro("\"string\"");
    private static final String STRING_GUID = "01095d71cf12556b9d5e330ad575b3df5d";
    private static final String HEADER = "__value_schema_id";

    private final WatchedRegistry registry = new WatchedRegistry();
    private final MessageSerializer behindIds = builder().build();
    private final MessageSerializer inHeaders =
            builder().idPlacement(IdPlacement.HEADER).build();
    private final HeaderMap headers = new HeaderMap();

    private MessageSerializer.Builder builder() {
        return MessageSerializer.builder(registry.registry());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @ParameterizedTest
    @EnumSource(RecordPart.class)
    void encode_inHeader_writesTheGuidThereAndNothingBeforeTheRecord(RecordPart part) {
        byte[] message = inHeaders.encode("t", part, headers, "foo");

        assertThat(message).isEqualTo(hex("06666f6f"));
        assertThat(headers.all()).containsExactly("__" + part + "_schema_id=" + STRING_GUID);
        assertThat(inHeaders.decode("t", part, headers, message)).isEqualTo("foo");
        assertThat(behindIds.decode("t", part, headers, message)).isEqualTo("foo");
    }

    @Test
    void encode_inHeaderTwice_leavesOneHeader() {
        headers.put(HEADER, hex("0100000000000000000000000000000000"));
        inHeaders.encode("t", RecordPart.VALUE, headers, "foo");
        inHeaders.encode("t", RecordPart.VALUE, headers, "bar");

        assertThat(headers.all()).containsExactly(HEADER + "=" + STRING_GUID);
    }

    @Test
    void encode_inHeader_changingTheHeaderChangesNoOther() {
        inHeaders.encode("t", RecordPart.VALUE, headers, "foo");
        Objects.requireNonNull(headers.last(HEADER))[3] = 42;
        HeaderMap others = new HeaderMap();
        inHeaders.encode("t", RecordPart.VALUE, others, "foo");

        assertThat(others.all()).containsExactly(HEADER + "=" + STRING_GUID);
    }

    @Test
    void encode_inHeaderWithoutHeaders_saysSo() {
        assertThatThrownBy(() -> inHeaders.encode("t", RecordPart.VALUE, "foo"))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("the value of topic 't' (subject 't-value', id 1)")
                .hasMessageContaining("there are no headers");
    }

    @Test
    void encode_behindId_takesTheHeaderOfAnEarlierMessageAway() {
        headers.put(HEADER, hex("0100112233445566778899aabbccddeeff"));
        headers.put("__key_schema_id", hex("0100112233445566778899aabbccddeeff"));

        byte[] message = behindIds.encode("t", RecordPart.VALUE, headers, "foo");

        assertThat(headers.all()).containsExactly("__key_schema_id=0100112233445566778899aabbccddeeff");
        assertThat(behindIds.decode("t", RecordPart.VALUE, headers, message)).isEqualTo("foo");
    }

    @Test
    void encode_null_touchesNoHeader() {
        headers.put(HEADER, hex("01"));

        assertThat(inHeaders.encode("t", RecordPart.VALUE, headers, null)).isNull();
        assertThat(behindIds.encode("t", RecordPart.VALUE, headers, null)).isNull();
        assertThat(behindIds.decode("t", RecordPart.VALUE, headers, (byte[]) null))
                .isNull();
        assertThat(headers.all()).containsExactly(HEADER + "=01");
    }

    @Test
    void decode_idInHeader_isRead() {
        int id = registry.register(Subject.value("t"), STRING).id();
        headers.put(HEADER, ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());

        assertThat(behindIds.decode("t", RecordPart.VALUE, headers, hex("06666f6f")))
                .isEqualTo("foo");
    }

    @Test
    void decode_manyMessagesWithHeaders_askTheRegistryOnce() {
        registry.register(Subject.value("t"), STRING);
        headers.put(HEADER, hex(STRING_GUID));
        for (int i = 0; i < 10; i++) {
            behindIds.decode("t" + i, RecordPart.VALUE, headers, ByteBuffer.wrap(hex("06666f6f")));
        }

        assertThat(registry.calls()).isEqualTo(1);
    }

    @Test
    void decode_bytesBehindTheGuidInTheHeader_areNoneOfAvrosBusiness() {
        registry.register(Subject.value("t"), STRING);
        headers.put(HEADER, hex(STRING_GUID + "ffff"));

        assertThat(behindIds.decode("t", RecordPart.VALUE, headers, hex("06666f6f")))
                .isEqualTo("foo");
    }

    @Test
    void decode_headerOfTheOtherPart_doesNotCount() {
        byte[] message = behindIds.encode("t", RecordPart.VALUE, "foo");
        headers.put("__key_schema_id", hex("0100112233445566778899aabbccddeeff"));

        assertThat(behindIds.decode("t", RecordPart.VALUE, headers, message)).isEqualTo("foo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "000000", "01095d71cf", "0200000007"})
    void decode_headerThatNamesNoSchema_saysWhatItHolds(String header) {
        headers.put(HEADER, hex(header));

        assertThatThrownBy(() -> behindIds.decode("t", RecordPart.VALUE, headers, hex("06666f6f")))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("the value of topic 't'")
                .hasMessageContaining("its header '__value_schema_id' names no schema")
                .hasMessageContaining(header.isEmpty() ? "it is empty" : "it holds " + header.substring(0, 2));
        assertThat(registry.calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000001", STRING_GUID})
    void decode_nameOfTheSameSchemaUnderAHeader_isPassedOver(String name) {
        registry.register(Subject.value("t"), STRING);
        headers.put(HEADER, hex(STRING_GUID));

        for (int i = 0; i < 3; i++) {
            assertThat(behindIds.decode("t", RecordPart.VALUE, headers, hex(name + "06666f6f")))
                    .isEqualTo("foo");
        }
        assertThat(registry.calls()).isEqualTo(name.equals(STRING_GUID) ? 1 : 2);
    }

    @Test
    void decode_recordThatBeginsLikeItsOwnName_isReadWhole() {
        String fields = IntStream.range(0, 5)
                .mapToObj(i -> "{\"name\":\"f" + i + "\",\"type\":\"int\"}")
                .collect(Collectors.joining(","));
        SchemaContent schema =
                SchemaContent.avro("{\"type\":\"record\",\"name\":\"Zeros\",\"fields\":[" + fields + "]}");
        RegisteredSchema registered = registry.register(Subject.value("t"), schema);
        headers.put(HEADER, hex("01" + registered.guid().toString().replace("-", "")));

        GenericRecord record = (GenericRecord) behindIds.decode("t", RecordPart.VALUE, headers, hex("0000000001"));

        assertThat(registered.id()).isEqualTo(1);
        assertThat(Objects.requireNonNull(record).get("f4")).isEqualTo(-1);
    }

    @Test
    void decode_prefixSource_doesNotLookAtHeaders() {
        MessageSerializer prefixOnly = builder().idSource(IdSource.PREFIX).build();
        byte[] message = behindIds.encode("t", RecordPart.VALUE, "foo");
        headers.put(HEADER, hex("0100112233445566778899aabbccddeeff"));

        assertThat(prefixOnly.decode("t", RecordPart.VALUE, headers, message)).isEqualTo("foo");
    }

    @Test
    void decode_schemaFromTheSettings_isThatOfAllMessages() {
        RegisteredSchema registered = registry.register(Subject.value("t"), STRING);
        MessageSerializer byId = builder().readWith(registered.id()).build();
        MessageSerializer byGuid = builder().readWith(registered.guid()).build();
        headers.put(HEADER, hex("0100112233445566778899aabbccddeeff"));

        for (int i = 0; i < 3; i++) {
            assertThat(byId.decode("t", RecordPart.VALUE, headers, hex("06666f6f")))
                    .isEqualTo("foo");
            assertThat(byGuid.decode("t", RecordPart.VALUE, headers, hex("06666f6f")))
                    .isEqualTo("foo");
        }
        assertThat(registry.calls()).isEqualTo(2);
    }

    @Test
    void language_thatSaysTheTypeBeforeTheRecord_saysItInTheHeader() {
        WatchedRegistry ofNotes = new WatchedRegistry(TypedText.LANGUAGE);
        MessageSerializer notes = MessageSerializer.builder(ofNotes.registry())
                .language(TypedText.LANGUAGE, TypedText.LANGUAGE)
                .idPlacement(IdPlacement.HEADER)
                .build();
        MessageSerializer prefixed = MessageSerializer.builder(ofNotes.registry())
                .language(TypedText.LANGUAGE, TypedText.LANGUAGE)
                .build();
        PlainText.Note note = new PlainText.Note("hello");

        byte[] message = notes.encode("t", RecordPart.VALUE, headers, note);
        byte[] behindId = prefixed.encode("t", RecordPart.VALUE, note);

        assertThat(message).isEqualTo("hello".getBytes(UTF_8));
        assertThat(headers.all().get(0)).endsWith("0202");
        assertThat(hexOf(Objects.requireNonNull(behindId))).startsWith("00000000010202");
        assertThat(notes.decode("t", RecordPart.VALUE, headers, message)).isEqualTo(note);
        assertThat(notes.decode("t", RecordPart.VALUE, behindId)).isEqualTo(note);
        ofNotes.close();
    }

    @Test
    void encode_idOfAnotherContext_standsBehindItsGuidAlone() {
        RegisteredSchema staged = registry.register(Subject.of(":.staging:t-value"), STRING);
        MessageSerializer writer = builder().idPlacement(IdPlacement.HEADER).build();

        writer.encode(":.staging:t", RecordPart.VALUE, headers, "foo");

        assertThat(headers.all()).containsExactly(HEADER + "=" + STRING_GUID);
        assertThat(staged.guid()).hasToString("095d71cf-1255-6b9d-5e33-0ad575b3df5d");
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static String hexOf(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
