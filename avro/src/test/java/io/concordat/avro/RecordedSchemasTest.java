package io.concordat.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.concordat.api.Compatibility;
import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the original answered to every kind of Avro schema. */
class RecordedSchemasTest {
    private final AvroFormat format = new AvroFormat();

    static Stream<JsonNode> compatibility() {
        return Rows.of("compatibility.jsonl");
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("compatibility")
    void incompatibilitiesWith_recordedPair_givesTheRecordedReasons(JsonNode row) {
        Compatibility level = Compatibility.valueOf(row.get("level").asText());
        AvroSchema schema = AvroSchema.parse(row.get("new").asText());

        List<Incompatibility> reasons = List.of();
        for (JsonNode old : row.get("old")) {
            reasons = reasons.isEmpty() ? reasons(level, AvroSchema.parse(old.asText()), schema) : reasons;
        }

        assertThat(reasons.stream().map(Incompatibility::message).collect(Collectors.joining(", ")))
                .isEqualTo(row.get("reasons").asText());
    }

    private static List<Incompatibility> reasons(Compatibility level, AvroSchema old, AvroSchema schema) {
        List<Incompatibility> reasons = new ArrayList<>();
        for (Direction direction : level.directions()) {
            boolean backward = direction == Direction.BACKWARD;
            AvroSchema reader = backward ? schema : old;
            AvroSchema writer = backward ? old : schema;
            reasons.addAll(reader.incompatibilitiesWith(writer, direction, CompatibilityPolicy.STRICT));
        }
        return reasons;
    }

    static Stream<JsonNode> canonical() {
        return Rows.of("canonical.jsonl");
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("canonical")
    void content_recordedSchema_isTheRecordedTextAndGuid(JsonNode row) {
        List<SchemaReference> references = new ArrayList<>();
        row.path("references")
                .forEach(r -> references.add(new SchemaReference(
                        r.get("name").asText(),
                        r.get("subject").asText(),
                        r.get("version").asInt())));
        SchemaContent given = SchemaContent.avro(row.get("given").asText()).withReferences(references);

        AvroSchema schema = format.parse(given, resolver(row), Strictness.STRICT);
        SchemaContent content =
                row.get("normalize").asBoolean() ? schema.normalized().content() : schema.content();

        assertThat(content.text()).isEqualTo(row.get("text").asText());
        assertThat(content.guid()).hasToString(row.get("guid").asText());
        assertThat(format.parse(content, resolver(row), Strictness.LENIENT).content())
                .as("what is stored is stored as it is")
                .isEqualTo(content);
    }

    private static ReferenceResolver resolver(JsonNode row) {
        List<Resolved> resolved = new ArrayList<>();
        row.path("resolved")
                .forEach(r -> resolved.add(new Resolved(
                        r.get("name").asText(), SchemaContent.avro(r.get("text").asText()))));
        return references -> resolved;
    }

    static Stream<JsonNode> validity() {
        return Rows.of("validity.jsonl");
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("validity")
    void parse_recordedText_isAcceptedOrRefusedAsRecorded(JsonNode row) {
        SchemaContent given = SchemaContent.avro(row.get("given").asText());

        if (row.get("valid").asBoolean()) {
            assertThat(format.parse(given, ReferenceResolver.NONE, Strictness.STRICT))
                    .isNotNull();
        } else {
            assertThatThrownBy(() -> format.parse(given, ReferenceResolver.NONE, Strictness.STRICT))
                    .isInstanceOf(InvalidSchemaException.class)
                    .hasMessageNotContaining("Exception");
        }
    }
}
