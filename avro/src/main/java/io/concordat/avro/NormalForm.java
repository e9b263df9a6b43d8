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

/**
 * The normal form of a canonical text: attributes that are not Avro's, the keys within them and aliases stand sorted,
 * empty docs are gone. The order of fields, symbols and branches has a meaning and stays.
 */
final class NormalForm {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Set<String> OF_TYPES =
            Set.of("aliases", "doc", "fields", "items", "name", "namespace", "size", "symbols", "type", "values");
    private static final Set<String> OF_ENUMS = Set.of(
            "aliases", "default", "doc", "fields", "items", "name", "namespace", "size", "symbols", "type", "values");
    private static final Set<String> OF_FIELDS = Set.of("aliases", "default", "doc", "name", "order", "type");

    private NormalForm() {}

    static String of(String canonicalText) {
        try {
            return JSON.writeValueAsString(type(JSON.readTree(canonicalText), ""));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A canonical text is always JSON", e);
        }
    }

    // Loops, not lambdas: a deep schema has few frames to spare for each level.

    private static JsonNode type(JsonNode type, String enclosing) {
        if (type.isArray()) {
            ArrayNode branches = NODES.arrayNode();
            for (JsonNode branch : type) {
                branches.add(type(branch, enclosing));
            }
            return branches;
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
            if (key.equals("items") || key.equals("values")) {
                result.set(key, type(value, namespace));
            } else if (key.equals("fields")) {
                result.set(key, fields(value, namespace));
            } else if (OF_TYPES.contains(key) || (isEnum && key.equals("default"))) {
                put(result, key, value, namespace);
            } else if (!sorted) {
                putSorted(result, type, isEnum ? OF_ENUMS : OF_TYPES);
                sorted = true;
            }
        }
        return result;
    }

    private static ArrayNode fields(JsonNode fields, String namespace) {
        ArrayNode result = NODES.arrayNode();
        for (JsonNode field : fields) {
            ObjectNode normal = NODES.objectNode();
            boolean sorted = false;
            for (String key : keys(field)) {
                JsonNode value = field.get(key);
                if (key.equals("type")) {
                    normal.set(key, type(value, namespace));
                } else if (OF_FIELDS.contains(key)) {
                    put(normal, key, value, "");
                } else if (!sorted) {
                    putSorted(normal, field, OF_FIELDS);
                    sorted = true;
                }
            }
            result.add(normal);
        }
        return result;
    }

    private static void put(ObjectNode result, String key, JsonNode value, String namespace) {
        if (key.equals("aliases")) {
            result.set(key, sortedAliases(value, namespace));
        } else if (!key.equals("doc") || !value.asText().isEmpty()) {
            result.set(key, value);
        }
    }

    private static void putSorted(ObjectNode result, JsonNode from, Set<String> except) {
        for (String key : sortedKeys(from)) {
            if (!except.contains(key)) {
                result.set(key, sorted(from.get(key)));
            }
        }
    }

    private static JsonNode sorted(JsonNode value) {
        if (value.isArray()) {
            ArrayNode result = NODES.arrayNode();
            for (JsonNode element : value) {
                result.add(sorted(element));
            }
            return result;
        }
        if (!value.isObject()) {
            return value;
        }
        ObjectNode result = NODES.objectNode();
        for (String key : sortedKeys(value)) {
            result.set(key, sorted(value.get(key)));
        }
        return result;
    }

    private static ArrayNode sortedAliases(JsonNode aliases, String namespace) {
        List<String> names = new ArrayList<>();
        aliases.forEach(alias -> names.add(alias.asText()));
        names.sort(Comparator.comparing(name -> fullName(name, namespace)));
        ArrayNode result = NODES.arrayNode();
        names.forEach(result::add);
        return result;
    }

    private static String fullName(String name, String namespace) {
        return namespace.isEmpty() || name.indexOf('.') >= 0 ? name : namespace + "." + name;
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static List<String> sortedKeys(JsonNode object) {
        return keys(object).stream().sorted().toList();
    }
}
