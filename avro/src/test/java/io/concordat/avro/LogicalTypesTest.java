package io.concordat.avro;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec.Target;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logical types in generic records, as the original deserializer converts them. */
class LogicalTypesTest {
    private final AvroCodec codec = new AvroCodec()
            .configured(new CodecSettings(
                    Map.of("avro.use.logical.type.converters", "true"),
                    false,
                    LogicalTypesTest.class.getClassLoader()));

    static Stream<JsonNode> converted() {
        return Rows.of("converted.jsonl");
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("converted")
    void readAndWrite_recordedBytes_giveTheRecordedTypesAndTheSameBytes(JsonNode row) {
        AvroSchema schema = AvroSchema.parse(row.get("schema").asText());
        byte[] bytes = HexFormat.of().parseHex(row.get("bytes").asText());

        Object value =
                Objects.requireNonNull(codec.reader(schema, Target.generic()).read(ByteBuffer.wrap(bytes)));

        if (isKnown(schema.schema())) {
            assertThat(value.getClass().getName()).isEqualTo(row.get("class").asText());
        } else {
            assertThat(value).isInstanceOfAny(Long.class, GenericFixed.class);
        }
        if (value instanceof GenericRecord record) {
            row.path("classes").fieldNames().forEachRemaining(name -> requireRecorded(record, name, row));
        }
        RecordBuffer out = new RecordBuffer(16);
        codec.writer(schema).write(value, out);
        assertThat(out.toByteArray()).isEqualTo(bytes);
    }

    private static void requireRecorded(GenericRecord record, String field, JsonNode row) {
        Object value = record.get(field);
        if (!isKnown(record.getSchema().getField(field).schema())) {
            assertThat(value == null ? List.of() : value)
                    .as("as it is, where Avro does not know the type")
                    .isInstanceOfAny(Long.class, GenericFixed.class, List.class);
            return;
        }
        if (!(value instanceof Collection<?>)) {
            assertThat(value == null ? null : value.getClass().getName()).isEqualTo(text(row, "classes", field));
        }
        assertThat(value == null ? null : value.toString()).isEqualTo(text(row, "texts", field));
    }

    private static @Nullable String text(JsonNode row, String member, String field) {
        return row.path(member).path(field).textValue();
    }

    /** Older versions of Avro do not know all logical types. */
    private static boolean isKnown(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> schema.getTypes().stream().allMatch(LogicalTypesTest::isKnown);
            case ARRAY -> isKnown(schema.getElementType());
            default ->
                schema.getProp("logicalType") == null
                        || schema.getLogicalType() != null
                        || schema.getProp("logicalType").equals("no-such-thing");
        };
    }
}
