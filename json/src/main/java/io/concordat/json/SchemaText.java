package io.concordat.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.concordat.api.format.InvalidSchemaException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** From the text of a schema to its JSON and back. Numbers are kept as they are spelt. */
final class SchemaText {
    private static final int MAX_DEPTH = 1_000;

    private static final ObjectMapper JSON = mapper(false);
    private static final ObjectMapper WHOLE = mapper(true);

    private SchemaText() {}

    private static ObjectMapper mapper(boolean whole) {
        JsonFactory factory = JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, whole)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /**
     * Understands a text as the JSON of a schema: an object, {@code true} or {@code false}. Of a key that is there twice, the
     * last one counts.
     *
     * @param whole whether anything after it is an error
     */
    static JsonNode parse(String text, boolean whole) {
        JsonNode json;
        try {
            json = (whole ? WHOLE : JSON).readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidSchemaException("Invalid JSON: " + e.getOriginalMessage() + at(e), e);
        }
        if (!json.isObject() && !json.isBoolean()) {
            throw new InvalidSchemaException("Invalid JSON: a schema is an object, true or false, not "
                    + (json.isMissingNode() ? "an empty text" : Fragment.of(json)));
        }
        return json;
    }

    /** The text under which a registry keeps it. */
    static String print(JsonNode schema) {
        try {
            return JSON.writeValueAsString(schema);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A tree can always be written", e);
        }
    }

    /** The same schema with the members of every object in order. */
    static JsonNode sorted(JsonNode json) {
        if (json instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.size());
            object.fieldNames().forEachRemaining(names::add);
            Collections.sort(names);
            ObjectNode sorted = JSON.getNodeFactory().objectNode();
            for (String name : names) {
                sorted.set(name, sorted(object.get(name)));
            }
            return sorted;
        }
        if (json instanceof ArrayNode array) {
            ArrayNode sorted = JSON.getNodeFactory().arrayNode(array.size());
            for (JsonNode element : array) {
                sorted.add(sorted(element));
            }
            return sorted;
        }
        return json;
    }

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
