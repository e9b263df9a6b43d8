package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.concordat.api.SchemaTags;
import io.concordat.api.SchemaTags.Entity;
import io.concordat.api.format.InvalidSchemaException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tags in a JSON Schema: a keyword of what describes a property (a field) or else an object (a record). A part is named by the
 * pointer to it: {@code #} is the schema itself, {@code #/properties/name} a property. For one thread.
 */
final class InlineTags {
    private static final String KEYWORD = "confluent:tags";
    /** How long the names of all parts that have tags may be together, of a schema that came from anywhere. */
    private static final int MAX_NAMES = 1 << 24;

    private static final Set<String> OF_FIELDS = Set.of("properties", "patternProperties");
    private static final Set<String> OF_NAMED_SCHEMAS =
            Set.of("properties", "patternProperties", "definitions", "$defs", "dependentSchemas", "dependencies");
    private static final Set<String> OF_SCHEMAS = Set.of(
            "items",
            "prefixItems",
            "additionalItems",
            "unevaluatedItems",
            "contains",
            "additionalProperties",
            "unevaluatedProperties",
            "propertyNames",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else");

    private final JsonNode root;

    /**
     * A schema within the schema, or what stands between two: a list of schemas, or schemas by their names.
     *
     * @param keyword the keyword of the schema around it that it belongs to; empty for the root
     * @param isSchema whether it is a schema itself
     */
    private record Part(JsonNode json, @Nullable Path path, String keyword, boolean isSchema) {
        /** What can carry tags here, if anything. */
        @Nullable
        Entity entity() {
            if (!isSchema || !json.isObject()) {
                return null;
            }
            if (OF_FIELDS.contains(keyword)) {
                return Entity.FIELD;
            }
            return json.has("properties") || isObject(json.path("type")) ? Entity.RECORD : null;
        }

        private static boolean isObject(JsonNode type) {
            if (type.isArray()) {
                for (JsonNode each : type) {
                    if (isObject(each)) {
                        return true;
                    }
                }
            }
            return type.asText().equals("object");
        }

        /** The part under a member or an index, or null if it is none. */
        @Nullable
        Part part(String step) {
            JsonNode next = json.isArray() ? element(step) : json.get(step);
            Path nextPath = new Path(path, step);
            if (next == null) {
                return null;
            }
            if (!isSchema) {
                return new Part(next, nextPath, keyword, true);
            }
            if (OF_NAMED_SCHEMAS.contains(step)) {
                return new Part(next, nextPath, step, false);
            }
            return OF_SCHEMAS.contains(step) ? new Part(next, nextPath, step, !next.isArray()) : null;
        }

        private @Nullable JsonNode element(String index) {
            try {
                return json.get(Integer.parseInt(index));
            } catch (NumberFormatException e) {
                return null;
            }
        }

        List<Part> parts() {
            List<Part> parts = new ArrayList<>();
            if (json.isArray()) {
                for (int i = 0; i < json.size(); i++) {
                    addPart(Integer.toString(i), parts);
                }
            } else {
                json.fieldNames().forEachRemaining(name -> addPart(name, parts));
            }
            return parts;
        }

        private void addPart(String step, List<Part> parts) {
            Part part = part(step);
            if (part != null && part.json.isContainerNode()) {
                parts.add(part);
            }
        }
    }

    private InlineTags(JsonNode root) {
        this.root = root;
    }

    /** Tags that may be changed, without changing the given schema. */
    static InlineTags of(JsonNode schema) {
        return new InlineTags(schema.deepCopy());
    }

    /** All there are, in the order of the text. */
    static List<SchemaTags> all(JsonNode schema) {
        List<SchemaTags> all = new ArrayList<>();
        int names = 0;
        Deque<Part> open = new ArrayDeque<>();
        open.push(new Part(schema, null, "", true));
        while (!open.isEmpty() && names < MAX_NAMES) {
            Part part = open.pop();
            Entity entity = part.entity();
            Set<String> tags = entity == null ? Set.of() : tags(part.json());
            if (entity != null && !tags.isEmpty()) {
                String name = pointer(part.path());
                names += name.length();
                all.add(new SchemaTags(name, entity, List.copyOf(tags)));
            }
            List<Part> parts = part.parts();
            Collections.reverse(parts);
            parts.forEach(open::push);
        }
        return all;
    }

    private static String pointer(@Nullable Path path) {
        Deque<String> steps = new ArrayDeque<>();
        for (Path each = path; each != null; each = each.parent()) {
            steps.push(each.step().replace("~", "~0").replace("/", "~1"));
        }
        return steps.isEmpty() ? "#" : "#/" + String.join("/", steps);
    }

    boolean has(SchemaTags part) {
        return find(part) != null;
    }

    /** @throws InvalidSchemaException if the schema has no such part */
    void remove(SchemaTags change) {
        ObjectNode part = require(change);
        Set<String> tags = tags(part);
        change.tags().forEach(tags::remove);
        put(part, tags);
    }

    /** @throws InvalidSchemaException if the schema has no such part */
    void add(SchemaTags change) {
        ObjectNode part = require(change);
        Set<String> tags = tags(part);
        tags.addAll(change.tags());
        put(part, tags);
    }

    /** The schema as it is now. */
    JsonNode schema() {
        return root;
    }

    private @Nullable ObjectNode find(SchemaTags wanted) {
        Part part = new Part(root, null, "", true);
        String name = wanted.path();
        if (!name.equals("#") && !name.startsWith("#/")) {
            return null;
        }
        if (name.length() > 1) {
            for (String step : name.substring(2).split("/", -1)) {
                part = part.part(step.replace("~1", "/").replace("~0", "~"));
                if (part == null) {
                    return null;
                }
            }
        }
        return part.entity() == wanted.entity() ? (ObjectNode) part.json() : null;
    }

    private ObjectNode require(SchemaTags change) {
        ObjectNode part = find(change);
        if (part == null) {
            throw new InvalidSchemaException(
                    "The schema has no " + change.entity().json() + " '" + change.path()
                            + "': parts are named by the pointer to them, such as '#' or '#/properties/name'");
        }
        return part;
    }

    private static Set<String> tags(JsonNode part) {
        Set<String> tags = new LinkedHashSet<>();
        JsonNode list = part.path(KEYWORD);
        if (list.isArray()) {
            list.forEach(tag -> tags.add(tag.asText()));
        }
        return tags;
    }

    private static void put(ObjectNode part, Set<String> tags) {
        if (tags.isEmpty()) {
            part.remove(KEYWORD);
            return;
        }
        ArrayNode list = part.putArray(KEYWORD);
        tags.forEach(list::add);
    }
}
