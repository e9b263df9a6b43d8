package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Objects;
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
    @ValueSource(strings = {"", "00", "0000000", "01095d71cf", "0200000007"})
    void decode_headerThatNamesNoSchema_saysWhatItHolds(String header) {
        byte[] value = hex(header.length() % 2 == 0 ? header : header + "0".repeat(1));
        headers.put(HEADER, value.length == 4 ? hex("000000") : value);

        assertThatThrownBy(() -> behindIds.decode("t", RecordPart.VALUE, headers, hex("06666f6f")))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("the value of topic 't'")
                .hasMessageContaining("its header '__value_schema_id' names no schema")
                .hasMessageContaining(header.isEmpty() ? "it is empty" : "it holds " + header.substring(0, 2));
        assertThat(registry.calls()).isZero();
    }

    @Test
    void decode_prefixOfTheSameSchemaUnderAHeader_isPassedOver() {
        SchemaContent schema = Orders.V2;
        RegisteredSchema registered = registry.register(Subject.value("t"), schema);
        byte[] message = behindIds.encode(registered.schemaId(), Orders.order(Orders.V2, 1));
        headers.put(HEADER, hex("01" + registered.guid().toString().replace("-", "")));
        byte[] large = behindIds.encode("s", RecordPart.VALUE, "x".repeat(100));
        headers.put("__key_schema_id", hex(STRING_GUID));

        assertThat(behindIds.decode("s", RecordPart.KEY, headers, large)).isIn("x".repeat(100), "");
        assertThat(behindIds.decode("t", RecordPart.VALUE, headers, message)).isNotNull();
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

        assertThat(message).isEqualTo("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(headers.all().get(0)).endsWith("0202");
        assertThat(hexOf(behindId)).startsWith("00000000010202");
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
        assertThat(behindIds.encode(SchemaId.of(99), null)).isNull();
        assertThat(staged.guid()).hasToString("095d71cf-1255-6b9d-5e33-0ad575b3df5d");
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static String hexOf(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
