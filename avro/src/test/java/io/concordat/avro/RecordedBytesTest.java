package io.concordat.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.api.format.RecordException;
import io.concordat.avro.compiled.Compilation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the original serializer wrote, and what its deserializer made of it. */
@ParameterizedClass(name = "compiled after {0} uses")
@ValueSource(ints = {Compilation.NEVER, 0})
class RecordedBytesTest {
    private final AvroCodec codec;

    RecordedBytesTest(int compileAfter) {
        codec = new AvroCodec(compileAfter);
    }

    static Stream<JsonNode> vectors() {
        return Rows.of("vectors.jsonl");
    }

    static Stream<JsonNode> evolutions() {
        return vectors().filter(row -> row.has("reader"));
    }

    static Stream<JsonNode> malformed() {
        return Rows.of("malformed.jsonl");
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("vectors")
    void readAndWrite_recordedBytes_giveTheRecordedValueAndTheSameBytes(JsonNode row) throws IOException {
        AvroSchema schema = AvroSchema.parse(row.get("schema").asText());
        byte[] bytes = HexFormat.of().parseHex(row.get("bytes").asText());

        Object value = codec.reader(schema, Target.generic()).read(ByteBuffer.wrap(bytes));

        assertThat(json(schema.schema(), value))
                .as(row.get("name").asText())
                .isEqualTo(comparable(row.get("decoded").asText()));
        if (value != null) {
            RecordBuffer out = new RecordBuffer(16);
            codec.writer(schema).write(value, out);
            assertThat(out.toByteArray()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("evolutions")
    void read_throughAnotherSchema_givesWhatWasRecorded(JsonNode row) throws IOException {
        AvroSchema writer = AvroSchema.parse(row.get("schema").asText());
        AvroSchema reader = AvroSchema.parse(row.get("reader").asText());
        ByteBuffer bytes =
                ByteBuffer.wrap(HexFormat.of().parseHex(row.get("bytes").asText()));
        Target target = Target.generic().withReaderSchema(reader);

        if (row.has("readAs")) {
            Object value = codec.reader(writer, target).read(bytes);
            assertThat(json(reader.schema(), value))
                    .isEqualTo(comparable(row.get("readAs").asText()));
        } else {
            assertThatThrownBy(() -> codec.reader(writer, target).read(bytes))
                    .isInstanceOfAny(InvalidSchemaException.class, RecordException.class);
        }
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("malformed")
    void read_malformedBytes_areRefusedOrTakenAsRecorded(JsonNode row) throws IOException {
        AvroSchema schema = AvroSchema.parse(row.get("schema").asText());
        ByteBuffer bytes =
                ByteBuffer.wrap(HexFormat.of().parseHex(row.get("bytes").asText()));

        if (row.has("decoded")) {
            Object value = codec.reader(schema, Target.generic()).read(bytes);
            assertThat(json(schema.schema(), value))
                    .isEqualTo(comparable(row.get("decoded").asText()));
        } else {
            assertThatThrownBy(() -> codec.reader(schema, Target.generic()).read(bytes))
                    .isInstanceOf(RecordException.class);
        }
    }

    private static JsonNode json(Schema schema, @Nullable Object value) throws IOException {
        Object datum = value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Encoder encoder = EncoderFactory.get().jsonEncoder(schema, out);
        new GenericDatumWriter<@Nullable Object>(schema).write(datum, encoder);
        encoder.flush();
        String text = out.toString(StandardCharsets.UTF_8);
        return comparable(text.isEmpty() ? "{}" : text); // Avro writes nothing for a record without fields.
    }

    /** JSON in which a float looks the same whether it was printed as a float or as a double. */
    private static JsonNode comparable(String json) {
        return comparable(Rows.json(json));
    }

    private static JsonNode comparable(JsonNode json) {
        if (json.isDouble()) {
            return DoubleNode.valueOf((float) json.doubleValue() + 0.0);
        }
        if (json.isArray()) {
            ArrayNode array = Rows.JSON.createArrayNode();
            json.forEach(element -> array.add(comparable(element)));
            return array;
        }
        if (json.isObject()) {
            ObjectNode object = Rows.JSON.createObjectNode();
            json.fieldNames().forEachRemaining(name -> object.set(name, comparable(json.get(name))));
            return object;
        }
        return json;
    }
}
