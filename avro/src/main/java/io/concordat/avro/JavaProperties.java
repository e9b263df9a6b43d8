package io.concordat.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.apache.avro.generic.GenericData;

/** The attribute by which a text says that Java sees it as a {@code String}: registered, it makes another schema. */
final class JavaProperties {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JavaProperties() {}

    /** A canonical text without it. */
    static String removed(String canonicalText) {
        if (!canonicalText.contains(GenericData.STRING_PROP)) {
            return canonicalText;
        }
        try {
            return JSON.writeValueAsString(type(JSON.readTree(canonicalText)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A canonical text is always JSON", e);
        }
    }

    // Types alone are walked through: a default value may look like one.

    private static JsonNode type(JsonNode type) {
        if (type instanceof ArrayNode union) {
            ArrayNode branches = JsonNodeFactory.instance.arrayNode();
            for (JsonNode branch : union) {
                branches.add(type(branch));
            }
            return branches;
        }
        return type instanceof ObjectNode object ? definition(object) : type;
    }

    private static JsonNode definition(ObjectNode object) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            switch (member.getKey()) {
                case GenericData.STRING_PROP -> {}
                case "type", "items", "values" -> kept.set(member.getKey(), type(member.getValue()));
                case "fields" -> kept.set(member.getKey(), fields(member.getValue()));
                default -> kept.set(member.getKey(), member.getValue());
            }
        }
        boolean saidMore = object.has(GenericData.STRING_PROP);
        return saidMore && kept.size() == 1 && kept.path("type").isTextual() ? kept.get("type") : kept;
    }

    private static JsonNode fields(JsonNode fields) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode field : fields) {
            ObjectNode copy = ((ObjectNode) field).deepCopy();
            copy.set("type", type(field.get("type")));
            kept.add(copy);
        }
        return kept;
    }
}
