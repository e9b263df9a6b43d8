package io.concordat.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.concordat.api.SchemaTags;
import io.concordat.api.SchemaTags.Entity;
import io.concordat.api.format.InvalidSchemaException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tags in an Avro text: an attribute of records and of fields. For one thread. */
final class InlineTags {
    private static final String ATTRIBUTE = "confluent:tags";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;
    private final Map<Part, ObjectNode> parts = new LinkedHashMap<>();

    private record Part(String path, Entity entity) {
        static Part of(SchemaTags tags) {
            return new Part(tags.path(), tags.entity());
        }
    }

    private InlineTags(JsonNode root) {
        this.root = root;
        collect(root, "");
    }

    /** @param canonicalText as this registry keeps it */
    static InlineTags of(String canonicalText) {
        try {
            return new InlineTags(JSON.readTree(canonicalText));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A canonical text is always JSON", e);
        }
    }

    List<SchemaTags> all() {
        List<SchemaTags> all = new ArrayList<>();
        parts.forEach((part, node) -> {
            Set<String> tags = tags(node);
            if (!tags.isEmpty()) {
                all.add(new SchemaTags(part.path(), part.entity(), List.copyOf(tags)));
            }
        });
        return all;
    }

    boolean has(SchemaTags part) {
        return parts.containsKey(Part.of(part));
    }

    void remove(SchemaTags change) {
        ObjectNode node = require(change);
        Set<String> tags = tags(node);
        change.tags().forEach(tags::remove);
        put(node, tags);
    }

    void add(SchemaTags change) {
        ObjectNode node = require(change);
        Set<String> tags = tags(node);
        tags.addAll(change.tags());
        put(node, tags);
    }

    /** The text as it is now. */
    String text() {
        return root.toString();
    }

    private ObjectNode require(SchemaTags change) {
        ObjectNode node = parts.get(Part.of(change));
        if (node == null) {
            throw new InvalidSchemaException(
                    "The schema defines no " + change.entity().json() + " '" + change.path() + "'");
        }
        return node;
    }

    private static Set<String> tags(JsonNode node) {
        Set<String> tags = new LinkedHashSet<>();
        node.path(ATTRIBUTE).forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    private static void put(ObjectNode node, Set<String> tags) {
        if (tags.isEmpty()) {
            node.remove(ATTRIBUTE);
            return;
        }
        ArrayNode list = node.putArray(ATTRIBUTE);
        tags.forEach(list::add);
    }

    // Loops, not lambdas: a deep schema has few frames to spare for each level.

    private void collect(JsonNode type, String enclosing) {
        if (type.isArray()) {
            for (JsonNode branch : type) {
                collect(branch, enclosing);
            }
        } else if (type instanceof ObjectNode object) {
            String kind = object.path("type").asText();
            if (kind.equals("record") || kind.equals("error")) {
                collectRecord(object, enclosing);
            } else {
                collect(object.path("items"), enclosing);
                collect(object.path("values"), enclosing);
            }
        }
    }

    private void collectRecord(ObjectNode object, String enclosing) {
        String name = object.path("name").asText();
        int dot = name.lastIndexOf('.');
        String namespace =
                dot >= 0 ? name.substring(0, dot) : object.path("namespace").asText(enclosing);
        String simple = name.substring(dot + 1);
        String fullName = namespace.isEmpty() ? simple : namespace + "." + simple;
        parts.putIfAbsent(new Part(fullName, Entity.RECORD), object);
        for (JsonNode field : object.path("fields")) {
            String path = fullName + "." + field.path("name").asText();
            parts.putIfAbsent(new Part(path, Entity.FIELD), (ObjectNode) field);
            collect(field.path("type"), namespace);
        }
    }
}
