package io.concordat.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatTest {
    private final JsonFormat format = new JsonFormat();

    // References.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "in.json",
                "in.json#",
                "in.json#/definitions/name",
                "in.json#/$defs/name",
                "in.json#name",
                "http://x/in.json",
                "http://x/in.json#/definitions/name",
                "http://x/name.json"
            })
    void parse_refToAReferencedSchema_isFoundByNameIdOrAnchor(String ref) {
        String in = """
                {"$id": "http://x/in.json", "definitions": {"name": {"type": "string"},
                 "anchor": {"$id": "#name", "type": "string"}, "own": {"$id": "name.json", "type": "string"}}}""";
        JsonSchema strings = withReference("{\"$ref\": \"" + ref + "\"}", "in.json", in);

        boolean isWhole = !ref.contains("name");
        assertThat(strings.incompatibilitiesWith(
                                JsonSchema.parse("{\"type\":\"number\"}"),
                                Direction.BACKWARD,
                                CompatibilityPolicy.STRICT)
                        .isEmpty())
                .isEqualTo(isWhole);
    }

    @Test
    void parse_refRelativeToTheSchemasOwnId_isFound() {
        JsonSchema schema = JsonSchema.parse("""
                {"$id": "http://x/a/b.json", "properties": {"p": {"$ref": "c.json"}, "q": {"$ref": "/d.json#e"}},
                 "definitions": {"c": {"$id": "c.json"}, "d": {"$id": "http://x/d.json",
                 "definitions": {"e": {"$id": "#e", "$ref": "http://x/a/b.json#/definitions/c"}}}}}""");

        assertThat(schema.meaning()).isInstanceOf(Node.Struct.class);
    }

    @Test
    void parse_refToAPartOfTheEditionsOwnSchema_isTaken() {
        JsonSchema schema = JsonSchema.parse("{\"$ref\": \"http://json-schema.org/draft-07/schema#\"}");

        assertThat(reasons(schema, schema)).isEmpty();
        assertThat(reasons(schema, JsonSchema.parse("{\"type\":\"string\"}"))).hasSize(1);
    }

    @Test
    void parse_referenceOfAnotherLanguage_isRefused() {
        List<Resolved> avro = List.of(new Resolved("in.json", SchemaContent.avro("\"string\"")));

        assertThatThrownBy(() -> JsonSchema.parse(content("{}"), avro, Strictness.STRICT))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("'in.json'")
                .hasMessageContaining("AVRO");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$ref': '#'}",
                "{'$ref': '#/definitions/a', 'definitions': {'a': {'$ref': '#/definitions/b'}, 'b': {'$ref': '#/definitions/a'}}}"
            })
    void parse_refsThatLeadToNothingButEachOther_areRefused(String text) {
        String json = text.replace('\'', '"');

        assertThatThrownBy(() -> JsonSchema.parse(json))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("leads back to itself");
        JsonSchema stored = lenient(json);
        assertThat(reasons(stored, stored)).isEmpty();
    }

    @Test
    void incompatibilitiesWith_schemaInstanceOfItself_isDecided() {
        JsonSchema tree = JsonSchema.parse("""
                {"$ref": "#/definitions/t", "definitions": {"t": {"type": "object", "properties":
                 {"l": {"$ref": "#/definitions/t"}, "r": {"$ref": "#/definitions/t"}, "v": {"type": "integer"}}}}}""");
        JsonSchema wider = JsonSchema.parse(tree.content().text().replace("integer", "number"));

        assertThat(reasons(wider, tree)).isEmpty();
        assertThat(reasons(tree, wider)).extracting(Incompatibility::rule).containsOnly("TYPE_NARROWED");
    }

    @Test
    void incompatibilitiesWith_branchThatFailsUnderAnAssumption_isNotRememberedAsFitting() {
        // As an object with 'a', 'x' fits only as long as nobody looks at its 'b'.
        String text = """
                {"oneOf": [{"$ref": "#/definitions/x"}, {"properties": {"c": {"$ref": "#/definitions/y"}}, "type": "object"}],
                 "definitions": {"x": {"type": "object", "properties": {"a": {"$ref": "#/definitions/y"}, "b": {"type": "TYPE"}}},
                 "y": {"type": "object", "properties": {"back": {"$ref": "#/definitions/x"}}}}}""";
        JsonSchema reader = JsonSchema.parse(text.replace("TYPE", "string"));
        JsonSchema writer = JsonSchema.parse(text.replace("TYPE", "number"));

        assertThat(reasons(reader, writer)).isNotEmpty();
        assertThat(reasons(reader, reader)).isEmpty();
    }

    // Soundness beyond what is recorded.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'minLength': 1} | {'type': 'string', 'minLength': 1} | TYPE_NARROWED",
                "{'properties': {}} | {'type': 'object', 'properties': {}} | TYPE_NARROWED",
                "{'type': 'array'} | {'type': 'array', 'contains': {'type': 'string'}} | CONTAINS_ADDED",
                "{'type': 'object'} | {'type': 'object', 'required': ['a']} | REQUIRED_ATTRIBUTE_ADDED",
                "{'type': 'object'} | {'type': 'object', 'patternProperties': {'^x': {'type': 'string'}}}"
                        + " | PATTERN_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL",
                "{'type': 'object', 'patternProperties': {'^x': {'type': 'string'}}, 'additionalProperties': false}"
                        + " | {'type': 'object', 'additionalProperties': false} | PATTERN_PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL",
                "{'type': 'object', 'properties': {'xa': {'type': 'number'}}, 'additionalProperties': false}"
                        + " | {'type': 'object', 'properties': {'xa': {'type': 'number'}}, 'additionalProperties': false,"
                        + " 'patternProperties': {'^x': {'type': 'string'}}} | TYPE_CHANGED",
                "{'type': 'object', 'propertyNames': {'maxLength': 3}} | {'type': 'object', 'propertyNames': {'maxLength': 2}}"
                        + " | MAX_LENGTH_DECREASED",
                "{'type': 'array', 'items': {'type': 'number'}} | {'type': 'array', 'items': [{'type': 'string'}]}"
                        + " | TYPE_CHANGED,ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL",
                "{'if': {'type': 'string'}, 'then': {'minLength': 1}} | {'if': {'type': 'string'}, 'then': {'minLength': 2}}"
                        + " | MIN_LENGTH_INCREASED",
                "{'if': {'type': 'string'}, 'then': {'minLength': 1}} | {'if': {'type': 'number'}, 'then': {'minLength': 1}}"
                        + " | CONDITION_CHANGED",
                "{'type': 'number', 'exclusiveMaximum': 2} | {'type': 'number', 'exclusiveMaximum': 1}"
                        + " | EXCLUSIVE_MAXIMUM_DECREASED",
                "{'type': 'number', 'multipleOf': 2} | {'type': 'number', 'multipleOf': 4} | MULTIPLE_OF_EXPANDED",
                "{'type': 'number', 'multipleOf': 1} | {'type': 'number', 'multipleOf': 1e-999999999} | MULTIPLE_OF_CHANGED",
                "{'type': 'object'} | {'type': 'object', 'properties': {'a': {}}, 'required': ['a']}"
                        + " | REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL",
                "{'type': 'object', 'additionalProperties': false} | {'type': 'object', 'additionalProperties': false,"
                        + " 'properties': {'a': {'type': 'string', 'default': ''}}, 'required': ['a']} | ",
            })
    void incompatibilitiesWith_changeThatBreaksReaders_namesTheRule(String row) {
        String[] cells = row.replace('\'', '"').split(" \\| ", -1);

        List<Incompatibility> reasons = reasons(JsonSchema.parse(cells[1]), JsonSchema.parse(cells[0]));

        assertThat(reasons.stream().map(Incompatibility::rule).collect(Collectors.joining(",")))
                .isEqualTo(cells[2].strip());
    }

    @Test
    void incompatibilitiesWith_refusedChange_showsBothPartsAndWhatToDo() {
        JsonSchema old = JsonSchema.parse("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}");
        JsonSchema changed = JsonSchema.parse("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}}}");

        Incompatibility reason = reasons(changed, old).get(0);

        assertThat(reason.rule()).isEqualTo("TYPE_CHANGED");
        assertThat(reason.path()).isEqualTo("#/properties/a");
        assertThat(reason.reader()).isEqualTo("{\"type\":\"number\"}");
        assertThat(reason.writer()).isEqualTo("{\"type\":\"string\"}");
        assertThat(reason.advice()).isNotBlank();
    }

    // Validity.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} {}",
                "{'type': ['string', 5]}",
                "{'pattern': '('}",
                "{'multipleOf': 0}",
                "{'minLength': -1}",
                "{'minLength': 1.5}",
                "{'uniqueItems': 1}",
                "{'allOf': {}}",
                "{'properties': {'a': 5}}",
                "{'dependencies': {'a': [5]}}",
                "{'$ref': 5}",
                "{'not': null}",
                "{'$schema': 'https://json-schema.org/draft/2020-12/schema', 'items': [{}]}",
                "{'$schema': 'http://json-schema.org/draft-04/schema#', 'exclusiveMinimum': 1}"
            })
    void parse_textThatIsNoSchema_isRefusedWithTheReason(String text) {
        assertThatThrownBy(() -> JsonSchema.parse(text.replace('\'', '"')))
                .isInstanceOf(InvalidSchemaException.class)
                .message()
                .isNotBlank()
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'string', 'properties': []}",
                "{'definitions': {'unused': 5}}",
                "{'properties': {'$ref': {'type': 'string'}, '$id': {'type': 'string'}}}",
                "{'$schema': 'http://json-schema.org/draft-04/schema#', 'minimum': 1, 'exclusiveMinimum': true}",
                "{'$schema': 'https://json-schema.org/draft/2019-09/schema', '$ref': '#/$defs/a', 'minLength': 1, '$defs': {'a': {}}}",
                "{'$schema': 'https://json-schema.org/draft/2020-12/schema', '$dynamicRef': '#n', '$defs': {'a': {'$dynamicAnchor': 'n'}}}"
            })
    void parse_schemaOfAnyEdition_isTaken(String text) {
        JsonSchema schema = JsonSchema.parse(text.replace('\'', '"'));

        assertThat(reasons(schema, schema)).isEmpty();
    }

    @Test
    void parse_lenient_takesWhatWasStoredElsewhere() {
        JsonSchema schema = lenient("{\"type\": \"nope\", \"properties\": {\"a\": {\"$ref\": \"x\"}}}");

        assertThat(schema.content().text()).isEqualTo("{\"type\":\"nope\",\"properties\":{\"a\":{\"$ref\":\"x\"}}}");
        assertThat(reasons(schema, schema)).isEmpty();
    }

    @Test
    void recordName_ofASchema_isItsTitle() {
        assertThat(JsonSchema.parse("{\"title\":\"com.acme.User\"}").recordName())
                .contains("com.acme.User");
        assertThat(JsonSchema.parse("{\"title\":\" \"}").recordName()).isEmpty();
        assertThat(JsonSchema.parse("true").recordName()).isEmpty();
        assertThat(JsonSchema.parse("{\"properties\":{\"b\":{},\"a\":{}}}").topLevelFields())
                .containsExactly("b", "a");
    }

    @Test
    void normalized_references_areSortedAndDistinct() {
        SchemaReference a = new SchemaReference("x", "a", 1);
        SchemaReference b = new SchemaReference("y", "b", 1);
        SchemaContent given =
                content("{\"b\":1,\"a\":{\"d\":[{\"z\":1,\"y\":2}],\"c\":0}}").withReferences(List.of(b, a, b));

        SchemaContent normal = JsonSchema.parse(given, List.of(), Strictness.STRICT)
                .normalized()
                .content();

        assertThat(normal.references()).containsExactly(a, b);
        assertThat(normal.text()).isEqualTo("{\"a\":{\"c\":0,\"d\":[{\"y\":2,\"z\":1}]},\"b\":1}");
    }

    // Size and malice.

    @Test
    void parse_fiveThousandDefinitions_isReadAndCompared() {
        JsonSchema schema = JsonSchema.parse(manyDefinitions(5_000, "integer"));
        JsonSchema wider = JsonSchema.parse(manyDefinitions(5_000, "number"));

        assertThat(reasons(wider, schema)).isEmpty();
        assertThat(reasons(schema, wider)).isNotEmpty().hasSizeLessThanOrEqualTo(1_000);
    }

    private static String manyDefinitions(int count, String type) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"d" + i + "\":{\"type\":\"object\",\"properties\":{\"v\":{\"type\":\"" + type
                        + "\"},\"next\":{\"$ref\":\"#/definitions/d" + (2 * i + 1) % count
                        + "\"},\"other\":{\"$ref\":\"#/definitions/d" + (2 * i + 2) % count + "\"}}}")
                .collect(Collectors.joining(",", "{\"$ref\":\"#/definitions/d0\",\"definitions\":{", "}}"));
    }

    @Test
    void parse_tooManyParts_isRefused() {
        String many = IntStream.range(0, 200_001).mapToObj(i -> "{}").collect(Collectors.joining(","));

        assertThatThrownBy(() -> JsonSchema.parse("{\"anyOf\":[" + many + "]}"))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("200000 parts");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 999, 5_000, 1_000_000})
    void parse_deepSchema_isReadOrRefused(int depth) {
        String text = "{\"not\":".repeat(depth) + "{}" + "}".repeat(depth);

        if (depth < 1_000) {
            JsonSchema schema = JsonSchema.parse(text);
            assertThat(reasons(schema, schema)).isEmpty();
            assertThat(schema.normalized().content().text()).isEqualTo(text);
        } else {
            assertThatThrownBy(() -> JsonSchema.parse(text)).isInstanceOf(InvalidSchemaException.class);
        }
    }

    @Test
    void parse_longChainOfRefs_isRead() {
        String chain = IntStream.range(0, 20_000)
                .mapToObj(i -> "\"d" + i + "\":{\"$ref\":\"#/definitions/d" + (i + 1) + "\"}")
                .collect(Collectors.joining(
                        ",",
                        "{\"$ref\":\"#/definitions/d0\",\"definitions\":{",
                        ",\"d20000\":{\"type\":\"string\"}}}"));

        JsonSchema schema = JsonSchema.parse(chain);

        assertThat(reasons(schema, JsonSchema.parse("{\"type\":\"string\"}"))).isEmpty();
    }

    @Test
    void incompatibilitiesWith_chainThatNestsTooDeeply_isRefusedNotFatal() {
        List<Incompatibility> reasons =
                reasons(JsonSchema.parse(nestedDefinitions(20_000)), JsonSchema.parse(nestedDefinitions(20_000)));

        assertThat(reasons).extracting(Incompatibility::rule).containsExactly("NOT_COMPARABLE");
    }

    private static String nestedDefinitions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"d" + i + "\":{\"not\":{\"$ref\":\"#/definitions/d" + (i + 1) + "\"}}")
                .collect(Collectors.joining(
                        ",", "{\"$ref\":\"#/definitions/d0\",\"definitions\":{", ",\"d" + count + "\":{}}}"));
    }

    @Test
    void incompatibilitiesWith_doublingRefs_isDecidedOnce() {
        String text = IntStream.range(0, 60)
                .mapToObj(i -> "\"d" + i + "\":{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/definitions/d"
                        + (i + 1) + "\"},\"b\":{\"$ref\":\"#/definitions/d" + (i + 1) + "\"}}}")
                .collect(Collectors.joining(
                        ",", "{\"$ref\":\"#/definitions/d0\",\"definitions\":{", ",\"d60\":{\"type\":\"TYPE\"}}}"));

        assertThat(reasons(
                        JsonSchema.parse(text.replace("TYPE", "string")),
                        JsonSchema.parse(text.replace("TYPE", "string"))))
                .isEmpty();
        assertThat(reasons(
                        JsonSchema.parse(text.replace("TYPE", "string")),
                        JsonSchema.parse(text.replace("TYPE", "number"))))
                .isNotEmpty();
    }

    @Test
    void incompatibilitiesWith_hugeChoices_isRefusedNotEndless() {
        String objects = IntStream.range(0, 3_000)
                .mapToObj(i -> "{\"type\":\"object\",\"properties\":{\"k\":{\"const\":" + i + "}}}")
                .collect(Collectors.joining(",", "{\"oneOf\":[", "]}"));

        List<Incompatibility> reasons = reasons(JsonSchema.parse(objects), JsonSchema.parse(objects));

        assertThat(reasons).extracting(Incompatibility::rule).containsExactly("NOT_COMPARABLE");
    }

    @Test
    void incompatibilitiesWith_expressionThatExplodes_isRefusedNotEndless() {
        String name = "a".repeat(60) + "!";
        JsonSchema reader = JsonSchema.parse(
                "{\"type\":\"object\",\"patternProperties\":{\"(?:(a+)(a+))+\\\\1\\\\2b\":{\"type\":\"string\"}},\"additionalProperties\":false}");
        JsonSchema writer = JsonSchema.parse("{\"type\":\"object\",\"properties\":{\"" + name
                + "\":{\"type\":\"string\"}},\"additionalProperties\":false}");

        assertThat(reasons(reader, writer)).extracting(Incompatibility::rule).containsExactly("NOT_COMPARABLE");
    }

    @Test
    void parse_numbersBeyondRange_areKeptAndCompared() {
        String text = "{\"type\":\"number\",\"maximum\":1E+999999999,\"minimum\":-1E+999999999}";
        JsonSchema schema = JsonSchema.parse(text);

        assertThat(schema.content().text()).isEqualTo(text);
        assertThat(reasons(schema, schema)).isEmpty();
        assertThat(reasons(JsonSchema.parse("{\"type\":\"string\",\"minLength\":1E+999999999}"), schema))
                .isNotEmpty();
    }

    /** Whatever is done to a schema, it is understood, refused, or found not to fit; nothing else is thrown. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void parse_mangledSchemas_areReadOrRefused(long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>(
                Rows.of("canonical.jsonl").map(row -> row.get("given").asText()).toList());
        Rows.of("compatibility.jsonl").forEach(row -> texts.add(row.get("new").asText()));
        int understood = 0;
        for (int i = 0; i < 1_500; i++) {
            String text = mangled(texts.get(random.nextInt(texts.size())), texts, random);
            try {
                JsonSchema schema = lenient(text);
                assertThat(reasons(schema, schema))
                        .as("seed %d: %s", seed, text)
                        .hasSizeLessThanOrEqualTo(1_000);
                reasons(schema, JsonSchema.parse(texts.get(random.nextInt(texts.size()))));
                JsonSchema.parse(text).normalized();
                understood++;
            } catch (InvalidSchemaException e) {
                assertThat(e).as("seed %d: %s", seed, text).message().isNotBlank();
            }
        }
        assertThat(understood).as("seed %d", seed).isPositive();
    }

    private static String mangled(String text, List<String> texts, Random random) {
        StringBuilder mangled = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0 && !mangled.isEmpty(); i--) {
            int at = random.nextInt(mangled.length());
            int to = Math.min(mangled.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> mangled.delete(at, to);
                case 1 -> mangled.insert(at, mangled.substring(at, to));
                case 2 -> mangled.setCharAt(at, "{}[]\":,0aE-$#/".charAt(random.nextInt(14)));
                default -> {
                    String word = KEYWORDS[random.nextInt(KEYWORDS.length)];
                    String value = random.nextBoolean() ? texts.get(random.nextInt(texts.size())) : "\"#\"";
                    int brace = mangled.indexOf("{", at);
                    mangled.insert(brace < 0 ? at : brace + 1, "\"" + word + "\":" + value + ",");
                }
            }
        }
        return mangled.toString();
    }

    private static final String[] KEYWORDS = {
        "$ref",
        "$id",
        "not",
        "if",
        "then",
        "items",
        "contains",
        "additionalProperties",
        "propertyNames",
        "enum",
        "const"
    };

    private JsonSchema lenient(String text) {
        return format.parse(content(text), references -> List.of(), Strictness.LENIENT);
    }

    private static SchemaContent content(String text) {
        return SchemaContent.of(SchemaType.JSON, text);
    }

    private static JsonSchema withReference(String text, String name, String referenced) {
        return JsonSchema.parse(content(text), List.of(new Resolved(name, content(referenced))), Strictness.STRICT);
    }

    private static List<Incompatibility> reasons(JsonSchema reader, JsonSchema writer) {
        return reader.incompatibilitiesWith(writer, Direction.BACKWARD, CompatibilityPolicy.STRICT);
    }
}
