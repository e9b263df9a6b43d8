package io.concordat.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.concordat.api.Compatibility;
import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the original answered to every kind of JSON Schema. */
class RecordedSchemasTest {
    /** Changes that the original does not look at, though they break readers. */
    private static final Set<String> UNCHECKED = Set.of("contains", "propnames", "patprops-add", "patprops-change");

    private final JsonFormat format = new JsonFormat();

    static Stream<JsonNode> compatibility() {
        return Rows.of("compatibility.jsonl")
                .filter(row -> !UNCHECKED.contains(row.get("name").asText()));
    }

    static Stream<JsonNode> unchecked() {
        return Rows.of("compatibility.jsonl")
                .filter(row -> UNCHECKED.contains(row.get("name").asText()))
                .filter(row -> row.get("level").asText().equals("BACKWARD"));
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("compatibility")
    void incompatibilitiesWith_recordedPair_givesTheRecordedReasons(JsonNode row) {
        assertThat(reasons(row).stream().map(Incompatibility::message).collect(Collectors.joining(", ")))
                .as(row.get("name").asText())
                .isEqualTo(row.get("reasons").asText());
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("unchecked")
    void incompatibilitiesWith_changeThatTheOriginalPassesOver_isRefused(JsonNode row) {
        assertThat(row.get("reasons").asText()).isEmpty();
        assertThat(reasons(row)).isNotEmpty();
    }

    private List<Incompatibility> reasons(JsonNode row) {
        JsonSchema schema = lenient(row.get("new").asText());
        JsonSchema old = lenient(row.get("old").asText());
        CompatibilityPolicy policy =
                CompatibilityPolicy.find(row.get("policy").asText()).orElseThrow();
        List<Incompatibility> reasons = new ArrayList<>();
        for (Direction direction :
                Compatibility.valueOf(row.get("level").asText()).directions()) {
            boolean backward = direction == Direction.BACKWARD;
            JsonSchema reader = backward ? schema : old;
            reasons.addAll(reader.incompatibilitiesWith(backward ? old : schema, direction, policy));
        }
        return reasons;
    }

    private JsonSchema lenient(String text) {
        return format.parse(SchemaContent.of(SchemaType.JSON, text), ReferenceResolver.NONE, Strictness.LENIENT);
    }

    static Stream<JsonNode> canonical() {
        return Rows.of("canonical.jsonl");
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("canonical")
    void content_recordedSchema_isTheRecordedTextAndGuid(JsonNode row) {
        JsonSchema schema = JsonSchema.parse(row.get("given").asText());
        SchemaContent content =
                row.get("normalize").asBoolean() ? schema.normalized().content() : schema.content();

        assertThat(content.text()).isEqualTo(row.get("text").asText());
        if (row.has("guid")) {
            assertThat(content.guid()).hasToString(row.get("guid").asText());
        }
        assertThat(lenient(content.text()).content())
                .as("what is stored is stored as it is")
                .isEqualTo(content);
    }

    static Stream<JsonNode> validity() {
        return Rows.of("validity.jsonl");
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("validity")
    void parse_recordedText_isAcceptedOrRefusedAsRecorded(JsonNode row) {
        String given = row.get("given").asText();

        if (row.get("valid").asBoolean()) {
            assertThat(JsonSchema.parse(given).meaning()).isNotNull();
        } else {
            assertThatThrownBy(() -> JsonSchema.parse(given))
                    .isInstanceOf(InvalidSchemaException.class)
                    .hasMessageNotContaining("Exception");
        }
    }
}
