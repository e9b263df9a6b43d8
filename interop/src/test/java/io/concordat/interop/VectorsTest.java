package io.concordat.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.concordat.api.Context;
import io.concordat.api.Mode;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.format.ParsedSchema;
import io.concordat.avro.AvroSchema;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.kafka.RegistryDeserializer;
import io.concordat.kafka.RegistrySerializer;
import io.concordat.serdes.MessageSerializer;
import io.concordat.serdes.RecordPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our serializers against {@code interop/vectors}, as any other program. */
class VectorsTest {
    private static final String HEADER_IDS = "io.confluent.kafka.serializers.schema.id.HeaderSchemaIdSerializer";

    private final RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());

    @AfterEach
    void close() {
        registry.close();
    }

    static Stream<Arguments> vectors() {
        return Stream.of("avro", "json", "protobuf")
                .flatMap(language -> rows(language).map(row -> Arguments.of(language + " " + row.text("name"), row)));
    }

    static Stream<Arguments> evolutions() {
        return rows("avro").filter(row -> row.reader().isPresent()).map(row -> Arguments.of(row.text("name"), row));
    }

    private static Stream<Request> rows(String language) {
        try {
            List<Request> rows = Vectors.read(Path.of("vectors", language + ".jsonl"));
            assertThat(rows).as(language).hasSizeGreaterThan(50);
            return rows.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void vector_writtenAndRead_givesItsBytesAndItsValue(String name, Request row) throws IOException {
        ParsedSchema schema = register(row);
        for (boolean logical : hasLogicalTypes(row, schema) ? List.of(false, true) : List.of(false)) {
            Map<String, Object> settings = settings(row, logical);
            Object value = Values.read(schema, row.value(), row.message(), logical);
            Headers headers = new RecordHeaders();
            try (RegistrySerializer<Object> serializer = new RegistrySerializer<>(registry);
                    RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>(registry)) {
                serializer.configure(settings, row.isKey());
                byte[] bytes = Objects.requireNonNull(serializer.serialize(row.topic(), headers, value));

                assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(row.text("bytesHex"));
                assertThat(Request.hex(headers)).isEqualTo(Request.hex(row.headers()));

                deserializer.configure(settings, row.isKey());
                Object read = deserializer.deserialize(row.topic(), row.headers(), row.bytes());
                assertThat(comparable(row, Values.write(schema, read))).isEqualTo(comparable(row, row.value()));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("evolutions")
    void vector_readIntoAnotherSchema_givesTheOtherValue(String name, Request row) throws IOException {
        register(row);
        SchemaContent reader = row.reader().orElseThrow();
        MessageSerializer messages = MessageSerializer.of(registry);

        RecordPart part = row.isKey() ? RecordPart.KEY : RecordPart.VALUE;
        Object read = messages.decodeInto(reader, row.topic(), part, row.bytes());

        ParsedSchema schema = new Schemas(registry).parse(reader);
        JsonNode expected = Values.JSON.readTree(row.text("readAs"));
        assertThat(comparable(row, Values.write(schema, read))).isEqualTo(comparable(row, expected));
    }

    /**
     * Whether values may be objects of their Java types as well. A decimal or a duration at the top does not tell its schema,
     * and Avro itself converts nanoseconds before 1970 wrongly.
     */
    private static boolean hasLogicalTypes(Request row, ParsedSchema schema) {
        return schema instanceof AvroSchema avro
                && avro.schema().getLogicalType() == null
                && row.text("schema").contains("logicalType")
                && !row.text("schema").contains("-nanos");
    }

    /** JSON in which a number looks the same however it was printed. An Avro float cannot be told from a double here. */
    private static JsonNode comparable(Request row, JsonNode json) {
        if (json.isFloatingPointNumber()) {
            boolean avro = row.schema().type().equals(SchemaType.AVRO);
            return DoubleNode.valueOf((avro ? json.floatValue() : json.doubleValue()) + 0.0);
        }
        if (json.isArray()) {
            ArrayNode array = Values.JSON.createArrayNode();
            json.forEach(element -> array.add(comparable(row, element)));
            return array;
        }
        if (json.isObject()) {
            ObjectNode object = Values.JSON.createObjectNode();
            json.properties().forEach(member -> object.set(member.getKey(), comparable(row, member.getValue())));
            return object;
        }
        return json;
    }

    private ParsedSchema register(Request row) {
        registry.settings().updateMode(Subject.all(Context.DEFAULT), Mode.IMPORT, false);
        Vectors.register(registry, "", row, new HashSet<>());
        return new Schemas(registry).parse(row.schema());
    }

    private static Map<String, Object> settings(Request row, boolean logical) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("auto.register.schemas", "false");
        settings.put("use.schema.id", row.body().path("id").asText());
        settings.put("id.compatibility.strict", "false");
        settings.put("avro.use.logical.type.converters", Boolean.toString(logical));
        if (row.text("framing").equals("header")) {
            settings.put((row.isKey() ? "key" : "value") + ".schema.id.serializer", HEADER_IDS);
        }
        return settings;
    }
}
