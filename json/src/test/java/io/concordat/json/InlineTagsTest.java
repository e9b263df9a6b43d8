package io.concordat.json;

import static io.concordat.api.SchemaTags.Entity.FIELD;
import static io.concordat.api.SchemaTags.Entity.RECORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.SchemaTags;
import io.concordat.api.SchemaTags.Entity;
import io.concordat.api.format.InvalidSchemaException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InlineTagsTest {
    private static final JsonSchema NESTED = JsonSchema.parse("""
            {"type": "object", "confluent:tags": ["T1"], "properties": {
               "ssn": {"type": "string", "confluent:tags": ["T2", "T3"]},
               "a/b~c": {"oneOf": [{"type": "null"}, {"properties": {"x": {"confluent:tags": ["T4"]}}}]},
               "list": {"type": "array", "items": {"type": ["object", "null"], "confluent:tags": ["T5"]}},
               "properties": {"$ref": "#/definitions/In"}},
             "patternProperties": {"^x": {"confluent:tags": ["T6"]}},
             "enum": [{"properties": {"no": {"confluent:tags": ["N"]}}}],
             "additionalProperties": {"type": "string", "confluent:tags": ["N"]},
             "definitions": {"In": {"properties": {"y": {"confluent:tags": ["T7"]}}}}}""");

    @Test
    void tags_areNamedByPointers() {
        assertThat(NESTED.tags())
                .containsExactly(
                        part("#", RECORD, "T1"),
                        part("#/properties/ssn", FIELD, "T2", "T3"),
                        part("#/properties/a~1b~0c/oneOf/1/properties/x", FIELD, "T4"),
                        part("#/properties/list/items", RECORD, "T5"),
                        part("#/patternProperties/^x", FIELD, "T6"),
                        part("#/definitions/In/properties/y", FIELD, "T7"));
    }

    @Test
    void tags_ofWhatHasNone_areNone() {
        assertThat(JsonSchema.parse("true").tags()).isEmpty();
        assertThat(JsonSchema.parse("{\"type\":\"object\",\"confluent:tags\":\"T\"}")
                        .tags())
                .isEmpty();
    }

    @Test
    void withTags_addedAndRemoved_standInTheText() {
        JsonSchema changed = JsonSchema.parse(NESTED.withTags(
                        List.of(),
                        List.of(part("#", RECORD, "T1"), part("#/properties/ssn", FIELD, "T2", "absent")),
                        List.of(
                                part("#/properties/properties", FIELD, "N"),
                                part("#/definitions/In", RECORD, "N"),
                                part("#/patternProperties/^x", FIELD, "T6")))
                .text());

        assertThat(changed.tags())
                .containsExactlyInAnyOrder(
                        part("#/properties/ssn", FIELD, "T3"),
                        part("#/properties/properties", FIELD, "N"),
                        part("#/properties/a~1b~0c/oneOf/1/properties/x", FIELD, "T4"),
                        part("#/properties/list/items", RECORD, "T5"),
                        part("#/patternProperties/^x", FIELD, "T6"),
                        part("#/definitions/In", RECORD, "N"),
                        part("#/definitions/In/properties/y", FIELD, "T7"));
        assertThat(NESTED.tags()).hasSize(6);
    }

    @Test
    void withTags_inherited_areThoseOfPartsThatAreThere() {
        JsonSchema bare = JsonSchema.parse("{\"type\":\"object\",\"properties\":{\"ssn\":{\"type\":\"integer\"}}}");

        assertThat(bare.withTags(NESTED.tags(), List.of(), List.of()).text())
                .isEqualTo("{\"type\":\"object\",\"properties\":{\"ssn\":{\"type\":\"integer\",\"confluent:tags\":"
                        + "[\"T2\",\"T3\"]}},\"confluent:tags\":[\"T1\"]}");
    }

    @ParameterizedTest
    @CsvSource({
        "#/properties/ssn, RECORD",
        "#, FIELD",
        "#/properties, RECORD",
        "#/properties/none, FIELD",
        "#/enum/0/properties/no, FIELD",
        "#/additionalProperties, RECORD",
        "#/properties/list/items/0, RECORD",
        "ssn, FIELD",
        "'', RECORD"
    })
    void withTags_ofAPartThatIsNotThere_areRefused(String path, Entity entity) {
        assertThatThrownBy(() -> NESTED.withTags(List.of(), List.of(), List.of(part(path, entity, "T"))))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContainingAll("'" + path + "'", entity.json(), "#/properties/name");
    }

    private static SchemaTags part(String path, Entity entity, String... tags) {
        return new SchemaTags(path, entity, List.of(tags));
    }
}
