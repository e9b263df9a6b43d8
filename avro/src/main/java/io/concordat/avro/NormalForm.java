package io.concordat.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The normal form of a canonical text: attributes that are not Avro's, the keys within them and aliases stand sorted,
 * empty docs are gone. The order of fields, symbols and branches has a meaning and stays.
 */
final class NormalForm {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Set<String> OF_TYPES =
            Set.of("aliases", "doc", "fields", "items", "name", "namespace", "size", "symbols", "type", "values");
    private static final Set<String> OF_FIELDS = Set.of("aliases", "default", "doc", "name", "order", "type");

    private NormalForm() {}

    static String of(String canonicalText) {
        try {
            return JSON.writeValueAsString(type(JSON.readTree(canonicalText), ""));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A canonical text is always JSON", e);
        }
    }

    private static JsonNode type(JsonNode type, String enclosing) {
        if (type.isArray()) {
            return each(type, branch -> type(branch, enclosing));
        }
        if (!type.isObject()) {
            return type;
        }
        String namespace = type.path("namespace").asText(enclosing);
        boolean isEnum = type.path("type").asText().equals("enum");
        ObjectNode result = NODES.objectNode();
        boolean sorted = false;
        for (String key : keys(type)) {
            JsonNode value = type.get(key);
            if (OF_TYPES.contains(key) || (isEnum && key.equals("default"))) {
                put(result, key, typeAttribute(key, value, namespace));
            } else if (!sorted) {
                putSorted(result, type, isEnum ? Set.of("default") : Set.of(), OF_TYPES);
                sorted = true;
            }
        }
        return result;
    }

    private static JsonNode typeAttribute(String key, JsonNode value, String namespace) {
        return switch (key) {
            case "fields" -> each(value, field -> field(field, namespace));
            case "items", "values" -> type(value, namespace);
            case "aliases" -> sortedTexts(value, alias -> fullName(alias, namespace));
            default -> value;
        };
    }

    private static JsonNode field(JsonNode field, String namespace) {
        ObjectNode result = NODES.objectNode();
        boolean sorted = false;
        for (String key : keys(field)) {
            JsonNode value = field.get(key);
            if (OF_FIELDS.contains(key)) {
                put(result, key, fieldAttribute(key, value, namespace));
            } else if (!sorted) {
                putSorted(result, field, Set.of(), OF_FIELDS);
                sorted = true;
            }
        }
        return result;
    }

    private static JsonNode fieldAttribute(String key, JsonNode value, String namespace) {
        return switch (key) {
            case "type" -> type(value, namespace);
            case "aliases" -> sortedTexts(value, UnaryOperator.identity());
            default -> value;
        };
    }

    private static void put(ObjectNode result, String key, JsonNode value) {
        if (!key.equals("doc") || !value.asText().isEmpty()) {
            result.set(key, value);
        }
    }

    private static void putSorted(ObjectNode result, JsonNode from, Set<String> except, Set<String> exceptToo) {
        keys(from).stream()
                .filter(key -> !except.contains(key) && !exceptToo.contains(key))
                .sorted()
                .forEach(key -> result.set(key, sorted(from.get(key))));
    }

    private static JsonNode sorted(JsonNode value) {
        if (value.isArray()) {
            return each(value, NormalForm::sorted);
        }
        if (!value.isObject()) {
            return value;
        }
        ObjectNode result = NODES.objectNode();
        keys(value).stream().sorted().forEach(key -> result.set(key, sorted(value.get(key))));
        return result;
    }

    private static ArrayNode sortedTexts(JsonNode texts, UnaryOperator<String> sortKey) {
        List<String> values = new ArrayList<>();
        texts.forEach(text -> values.add(text.asText()));
        values.sort(Comparator.comparing(sortKey));
        ArrayNode result = NODES.arrayNode();
        values.forEach(result::add);
        return result;
    }

    private static String fullName(String name, String namespace) {
        return namespace.isEmpty() || name.indexOf('.') >= 0 ? name : namespace + "." + name;
    }

    private static ArrayNode each(JsonNode array, UnaryOperator<JsonNode> change) {
        ArrayNode result = NODES.arrayNode();
        array.forEach(element -> result.add(change.apply(element)));
        return result;
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
