package io.concordat.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.api.format.RecordException;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the original serializer wrote, and what its deserializer made of it. */
class RecordedBytesTest {
    private static final int ID_LENGTH = 5;
    private static final int GUID_LENGTH = 17;
    private static final List<ProtobufSchema> SCHEMAS =
            Rows.of("schemas.jsonl").stream().map(RecordedBytesTest::schema).toList();

    private final ProtobufCodec codec = new ProtobufCodec();

    static Stream<Map<String, Object>> vectors() {
        return Rows.of("vectors.jsonl").stream();
    }

    /** Those whose value can be told in JSON, which knows no negative zero, under the schema as it was registered. */
    static Stream<Map<String, Object>> values() {
        return vectors()
                .filter(row -> !row.containsKey("lossy"))
                .filter(row -> !text(row, "name").startsWith("unknown-"))
                .filter(row -> !text(row, "decoded").matches(".*-0\\.0[,}\\]].*"));
    }

    /** Those whose fault, if any, is not before the message. */
    static Stream<Map<String, Object>> malformed() {
        return Rows.of("malformed.jsonl").stream()
                .filter(row -> row.containsKey("schema") && headers(row).isEmpty())
                .filter(row -> text(row, "bytesHex").startsWith("00"));
    }

    private static ProtobufSchema schema(Map<String, Object> row) {
        List<Resolved> references = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(row.get("references"))) {
            Map<?, ?> reference = (Map<?, ?>) each;
            references.add(new Resolved(Rows.text(reference, "name"), content(Rows.text(reference, "text"))));
        }
        return ProtobufSchema.parse(content(text(row, "text")), ignored -> references, Strictness.STRICT);
    }

    private static SchemaContent content(String text) {
        return SchemaContent.of(SchemaType.PROTOBUF, text);
    }

    private static String text(Map<String, Object> row, String member) {
        return Rows.text(row, member);
    }

    private static Map<?, ?> headers(Map<String, Object> row) {
        return (Map<?, ?>) Objects.requireNonNull(row.get("headers"));
    }

    private static ProtobufSchema schemaOf(Map<String, Object> row) {
        return SCHEMAS.get((Integer) Objects.requireNonNull(row.get("schema")));
    }

    /** The record without what names its schema, wherever its indexes stand. */
    private static byte[] record(Map<String, Object> row) {
        String bytes = text(row, "bytes");
        if (text(row, "mode").equals("prefix")) {
            return HexFormat.of().parseHex(bytes.substring(2 * ID_LENGTH));
        }
        String header = (String) headers(row).values().iterator().next();
        return HexFormat.of().parseHex(header.substring(2 * GUID_LENGTH) + bytes);
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("vectors")
    void readAndWrite_recordedBytes_giveTheRecordedValueAndTheSameBytes(Map<String, Object> row) throws IOException {
        ProtobufSchema schema = schemaOf(row);

        Message message = (Message)
                Objects.requireNonNull(codec.reader(schema, Target.generic()).read(ByteBuffer.wrap(record(row))));

        assertThat(message.getDescriptorForType().getFullName()).isEqualTo(text(row, "message"));
        assertThat(json(schema, message)).as(text(row, "name")).isEqualTo(text(row, "decoded"));
        assertThat(written(schema, message)).isEqualTo(HexFormat.of().formatHex(record(row)));
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("values")
    void write_recordedValue_givesTheRecordedBytes(Map<String, Object> row) throws IOException {
        ProtobufSchema schema = schemaOf(row);
        Descriptor type = Objects.requireNonNull(MessageReader.find(schema, text(row, "message")));
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        JsonFormat.parser().usingTypeRegistry(types(schema)).merge(text(row, "decoded"), message);

        assertThat(written(schema, message.build()))
                .as(text(row, "name"))
                .isEqualTo(HexFormat.of().formatHex(record(row)));
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("values")
    void schemaOf_messagesOwnDescriptor_hasTheRecordedGuid(Map<String, Object> row) {
        if (text(row, "name").startsWith("latest-")) {
            return; // Written with a schema that somebody else had registered.
        }
        ProtobufSchema schema = schemaOf(row);
        Descriptor type = Objects.requireNonNull(MessageReader.find(schema, text(row, "message")));
        List<SchemaReference> references = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(row.get("refs"))) {
            List<?> reference = (List<?>) each;
            references.add(new SchemaReference(
                    (String) reference.get(0), (String) reference.get(1), (Integer) reference.get(2)));
        }

        ProtobufSchema own = codec.schemaOf(type);

        assertThat(own.recordName()).contains(text(row, "message"));
        assertThat(own.withReferences(references).content().guid()).hasToString(text(row, "guid"));
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("malformed")
    void read_malformedBytes_areRefusedOrTakenAsRecorded(Map<String, Object> row) throws IOException {
        ProtobufSchema schema = ProtobufSchema.parse(text(row, "schema"));
        ByteBuffer bytes =
                ByteBuffer.wrap(HexFormat.of().parseHex(text(row, "bytesHex").substring(2 * ID_LENGTH)));

        if (row.containsKey("refused")) {
            assertThatThrownBy(() -> codec.reader(schema, Target.generic()).read(bytes))
                    .isInstanceOf(RecordException.class);
        } else {
            Object value = codec.reader(schema, Target.generic()).read(bytes);
            assertThat(json(schema, (Message) Objects.requireNonNull(value))).isEqualTo(text(row, "decoded"));
        }
    }

    private String written(ProtobufSchema schema, Message message) {
        RecordBuffer out = new RecordBuffer(16);
        codec.writer(schema).write(message, out);
        return HexFormat.of().formatHex(out.toByteArray());
    }

    private static String json(ProtobufSchema schema, Message message) throws IOException {
        return JsonFormat.printer()
                .usingTypeRegistry(types(schema))
                .omittingInsignificantWhitespace()
                .print(message);
    }

    private static TypeRegistry types(ProtobufSchema schema) {
        TypeRegistry.Builder types =
                TypeRegistry.newBuilder().add(schema.descriptor().getMessageTypes());
        SCHEMAS.stream()
                .map(each -> MessageReader.find(each, "vectors.wkt.Payload"))
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(types::add);
        return types.build();
    }
}
