package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.json.Documents.Place;
import io.concordat.json.Node.Criterion;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From the JSON of a schema to its meaning. Keywords count where they concern a type that the schema names, or if it names
 * none; of definitions only those that are used are looked at. For one thread.
 *
 * <p>A strict loader refuses a keyword whose value is of the wrong kind, and a reference to what is not there. A lenient one
 * passes over such keywords, and keeps such references as {@linkplain Node.Unknown schemas that are not known}.
 */
final class Loader {
    private static final int MAX_NODES = 200_000;

    private static final Set<String> TEXT = Set.of("minLength", "maxLength", "pattern", "format");
    private static final Set<String> NUMERIC =
            Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");
    private static final Set<String> STRUCT = Set.of(
            "properties",
            "required",
            "minProperties",
            "maxProperties",
            "dependencies",
            "dependentRequired",
            "dependentSchemas",
            "patternProperties",
            "additionalProperties",
            "unevaluatedProperties",
            "propertyNames");
    private static final Set<String> LISTING = Set.of(
            "items",
            "prefixItems",
            "additionalItems",
            "unevaluatedItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "contains",
            "minContains",
            "maxContains");
    private final Documents documents;
    private final boolean strict;
    private final IdentityHashMap<JsonNode, Node> targets = new IdentityHashMap<>();
    private final Deque<Runnable> open = new ArrayDeque<>();
    private final List<Node.Reference> references = new ArrayList<>();
    private int nodes;

    /** One schema while it is read: its JSON, what its references are relative to, and where it is. */
    private record Spot(
            JsonNode json, Scope scope, @Nullable Path path) {
        Draft draft() {
            return scope.draft();
        }

        Spot at(String keyword) {
            JsonNode part = json.path(keyword);
            return new Spot(part, scope.within(part), new Path(path, keyword));
        }

        Spot at(int index) {
            JsonNode part = json.path(index);
            return new Spot(part, scope.within(part), new Path(path, Integer.toString(index)));
        }

        boolean has(String keyword) {
            return json.has(keyword);
        }
    }

    private Loader(Documents documents, boolean strict) {
        this.documents = documents;
        this.strict = strict;
    }

    /** @throws InvalidSchemaException if the schema is no schema, or too large */
    static Node load(Documents documents, boolean strict) {
        try {
            return new Loader(documents, strict).load();
        } catch (StackOverflowError e) {
            // A caller with little stack left gets the answer of one level too many, not an error.
            throw new InvalidSchemaException("The schema nests too deeply", e);
        }
    }

    private Node load() {
        Place root = documents.root();
        Node node = node(new Spot(root.schema(), root.scope(), null));
        // References are followed one after the other, so that a long chain of them is no deep recursion.
        for (Runnable next = open.poll(); next != null; next = open.poll()) {
            next.run();
        }
        references.forEach(this::requireEnd);
        return node;
    }

    /** References that lead to nothing but each other mean nothing. */
    private void requireEnd(Node.Reference reference) {
        Set<Node> passed = Collections.newSetFromMap(new IdentityHashMap<>());
        Node node = reference;
        while (node instanceof Node.Reference next && passed.add(node)) {
            node = next.target();
        }
        if (node instanceof Node.Reference) {
            refuse("The reference '" + reference.name() + "' leads back to itself");
            node = new Node.Unknown(reference.source(), reference.name());
        }
        for (Node passing : passed) {
            ((Node.Reference) passing).resolve(node);
        }
    }

    private Node node(Spot spot) {
        nodes++;
        if (nodes > MAX_NODES) {
            throw new InvalidSchemaException(
                    "The schema and those it refers to have more than " + MAX_NODES + " parts");
        }
        JsonNode json = spot.json();
        if (json.isBoolean()) {
            return booleanNode(spot);
        }
        if (!json.isObject()) {
            refuse(spot, "is no schema: " + Fragment.of(json));
            return new Node.Unknown(json, Fragment.of(json));
        }
        String reference = reference(spot);
        return reference == null ? keywords(spot) : reference(spot, reference);
    }

    private Node booleanNode(Spot spot) {
        if (spot.draft() == Draft.DRAFT_4 && spot.path() != null && !isSwitch(spot.path())) {
            refuse(spot, "is no schema: draft 4 knows no schema that is true or false");
        }
        return spot.json().booleanValue() ? new Node.Anything(spot.json()) : new Node.Nothing(spot.json());
    }

    private static boolean isSwitch(Path path) {
        return path.step().equals("additionalProperties") || path.step().equals("additionalItems");
    }

    private @Nullable String reference(Spot spot) {
        for (String keyword : List.of("$ref", "$recursiveRef", "$dynamicRef")) {
            JsonNode reference = spot.json().get(keyword);
            if (reference != null && reference.isTextual()) {
                return reference.textValue();
            }
            if (reference != null) {
                refuse(spot.at(keyword), "is no text");
            }
        }
        return null;
    }

    private Node reference(Spot spot, String name) {
        Node.Reference reference = new Node.Reference(spot.json(), name);
        references.add(reference);
        Place place = documents.find(spot.scope(), name);
        if (place != null) {
            open.add(() -> reference.resolve(target(place, name)));
        } else if (!Draft.isMetaSchema(name)) {
            refuse(
                    spot,
                    "refers to '" + name + "', which is neither in the schema nor among its references;"
                            + " schemas elsewhere are not fetched");
        }
        if (!spot.draft().isAtLeast(Draft.DRAFT_2019_09)) {
            return reference; // Whatever stands beside it has no meaning.
        }
        Node beside = keywords(spot);
        return beside instanceof Node.Anything
                ? reference
                : new Node.Combined(spot.json(), Criterion.ALL_OF, List.of(reference, beside));
    }

    private Node target(Place place, String name) {
        Node known = targets.get(place.schema());
        if (known == null) {
            known = node(new Spot(place.schema(), place.scope(), new Path(null, "(" + name + ")")));
            targets.put(place.schema(), known);
        }
        return known;
    }

    private Node keywords(Spot spot) {
        List<Node> parts = new ArrayList<>();
        if (spot.has("enum")) {
            choice(spot, parts);
        }
        for (Criterion criterion : Criterion.values()) {
            combined(spot, criterion, parts);
        }
        if (spot.has("not")) {
            parts.add(new Node.Negation(spot.json(), node(spot.at("not"))));
        }
        if (spot.has("const") && spot.draft().isAtLeast(Draft.DRAFT_6)) {
            parts.add(new Node.Constant(spot.json(), spot.json().get("const")));
        }
        if (spot.has("if") && spot.draft().isAtLeast(Draft.DRAFT_7)) {
            parts.add(new Node.Conditional(
                    spot.json(), node(spot.at("if")), orAnything(spot, "then"), orAnything(spot, "else")));
        }
        types(spot, parts);
        return switch (parts.size()) {
            case 0 -> new Node.Anything(spot.json());
            case 1 -> parts.get(0);
            default -> new Node.Combined(spot.json(), Criterion.ALL_OF, parts);
        };
    }

    private Node orAnything(Spot spot, String keyword) {
        return spot.has(keyword) ? node(spot.at(keyword)) : new Node.Anything(BooleanNode.TRUE);
    }

    private void choice(Spot spot, List<Node> parts) {
        JsonNode values = spot.json().get("enum");
        if (!values.isArray()) {
            refuse(spot.at("enum"), "is no list");
            return;
        }
        List<JsonNode> list = new ArrayList<>();
        values.forEach(list::add);
        parts.add(new Node.Choice(spot.json(), list));
    }

    private void combined(Spot spot, Criterion criterion, List<Node> parts) {
        if (!spot.has(criterion.keyword())) {
            return;
        }
        Spot list = spot.at(criterion.keyword());
        if (!list.json().isArray()) {
            refuse(list, "is no list of schemas");
            return;
        }
        parts.add(new Node.Combined(spot.json(), criterion, nodes(list)));
    }

    private List<Node> nodes(Spot list) {
        List<Node> nodes = new ArrayList<>(list.json().size());
        for (int i = 0; i < list.json().size(); i++) {
            nodes.add(node(list.at(i)));
        }
        return nodes;
    }

    private void types(Spot spot, List<Node> parts) {
        JsonNode type = spot.json().get("type");
        if (type == null) {
            untyped(spot, parts);
        } else if (type.isTextual()) {
            addTyped(spot, type.textValue(), parts);
        } else if (type.isArray()) {
            List<Node> types = new ArrayList<>();
            for (JsonNode name : type) {
                if (name.isTextual()) {
                    addTyped(spot, name.textValue(), types);
                } else {
                    refuse(spot.at("type"), "names no type: " + Fragment.of(name));
                }
            }
            parts.add(new Node.Combined(spot.json(), Criterion.ANY_OF, types));
        } else {
            refuse(spot.at("type"), "is neither a type nor a list of types: " + Fragment.of(type));
        }
    }

    private void addTyped(Spot spot, String type, List<Node> parts) {
        switch (type) {
            case "string" -> parts.add(text(spot, true));
            case "number" -> parts.add(numeric(spot, true, false));
            case "integer" -> parts.add(numeric(spot, true, true));
            case "boolean" -> parts.add(new Node.Truth(spot.json()));
            case "null" -> parts.add(new Node.Null(spot.json()));
            case "object" -> parts.add(struct(spot, true));
            case "array" -> parts.add(listing(spot, true));
            default -> refuse(spot.at("type"), "is no type: '" + type + "'");
        }
    }

    private void untyped(Spot spot, List<Node> parts) {
        if (hasAny(spot, LISTING)) {
            parts.add(listing(spot, false));
        }
        if (hasAny(spot, STRUCT)) {
            parts.add(struct(spot, false));
        }
        if (hasAny(spot, NUMERIC)) {
            parts.add(numeric(spot, false, false));
        }
        if (hasAny(spot, TEXT)) {
            parts.add(text(spot, false));
        }
    }

    private static boolean hasAny(Spot spot, Set<String> keywords) {
        for (String keyword : keywords) {
            if (spot.has(keyword)) {
                return true;
            }
        }
        return false;
    }

    private Node text(Spot spot, boolean typed) {
        String pattern = null;
        if (spot.has("pattern")) {
            pattern = spot.json().get("pattern").textValue();
            requireRegex(spot.at("pattern"), pattern);
        }
        return new Node.Text(spot.json(), typed, counts(spot, Bound.MAX_LENGTH, Bound.MIN_LENGTH), pattern);
    }

    private void requireRegex(Spot spot, @Nullable String expression) {
        if (expression == null || (strict && Regex.of(expression) == null)) {
            refuse(spot, "is no regular expression: " + Fragment.of(spot.json()));
        }
    }

    private Node numeric(Spot spot, boolean typed, boolean integer) {
        Map<Bound, BigDecimal> bounds = new EnumMap<>(Bound.class);
        limit(spot, Bound.MAXIMUM, Bound.EXCLUSIVE_MAXIMUM, bounds);
        limit(spot, Bound.MINIMUM, Bound.EXCLUSIVE_MINIMUM, bounds);
        BigDecimal multipleOf = number(spot, "multipleOf");
        if (multipleOf != null && multipleOf.signum() <= 0) {
            refuse(spot.at("multipleOf"), "is not above zero");
            multipleOf = null;
        }
        return new Node.Numeric(spot.json(), typed, integer, bounds, multipleOf);
    }

    private void limit(Spot spot, Bound inclusive, Bound exclusive, Map<Bound, BigDecimal> bounds) {
        BigDecimal limit = number(spot, inclusive.keyword());
        if (spot.draft() == Draft.DRAFT_4) {
            boolean excluded = flag(spot, exclusive.keyword());
            put(bounds, excluded ? exclusive : inclusive, limit);
        } else {
            put(bounds, inclusive, limit);
            put(bounds, exclusive, number(spot, exclusive.keyword()));
        }
    }

    private static void put(Map<Bound, BigDecimal> bounds, Bound bound, @Nullable BigDecimal value) {
        if (value != null) {
            bounds.put(bound, value);
        }
    }

    private @Nullable BigDecimal number(Spot spot, String keyword) {
        JsonNode value = spot.json().get(keyword);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || (value.isFloatingPointNumber() && !value.isBigDecimal())) {
            refuse(spot.at(keyword), "is no number: " + Fragment.of(value));
            return null;
        }
        return value.decimalValue();
    }

    private boolean flag(Spot spot, String keyword) {
        JsonNode value = spot.json().get(keyword);
        if (value != null && !value.isBoolean()) {
            refuse(spot.at(keyword), "is neither true nor false: " + Fragment.of(value));
        }
        return value != null && value.asBoolean();
    }

    private Map<Bound, BigDecimal> counts(Spot spot, Bound... bounds) {
        Map<Bound, BigDecimal> counts = new EnumMap<>(Bound.class);
        for (Bound bound : bounds) {
            BigDecimal count = number(spot, bound.keyword());
            if (count != null && (count.signum() < 0 || !isWhole(count))) {
                refuse(
                        spot.at(bound.keyword()),
                        "is no number of things: " + Fragment.of(spot.json().get(bound.keyword())));
            } else {
                put(counts, bound, count);
            }
        }
        return counts;
    }

    private static boolean isWhole(BigDecimal number) {
        // Stripping zeros is cheap also where writing the number out would not be.
        return number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
    }

    private Node struct(Spot spot, boolean typed) {
        Draft draft = spot.draft();
        Map<String, Set<String>> dependentNames = new LinkedHashMap<>();
        Map<String, Node> dependentSchemas = new LinkedHashMap<>();
        if (spot.has("dependencies")) {
            dependencies(spot.at("dependencies"), dependentNames, dependentSchemas);
        }
        if (spot.has("dependentRequired") && draft.isAtLeast(Draft.DRAFT_2019_09)) {
            dependencies(spot.at("dependentRequired"), dependentNames, dependentSchemas);
        }
        if (spot.has("dependentSchemas") && draft.isAtLeast(Draft.DRAFT_2019_09)) {
            dependencies(spot.at("dependentSchemas"), dependentNames, dependentSchemas);
        }
        Map<String, Node> patterns = members(spot, "patternProperties");
        patterns.keySet().forEach(expression -> requireRegex(spot.at("patternProperties"), expression));
        return new Node.Struct(
                spot.json(),
                typed,
                members(spot, "properties"),
                spot.has("required") ? names(spot.at("required")) : Set.of(),
                dependentNames,
                dependentSchemas,
                counts(spot, Bound.MAX_PROPERTIES, Bound.MIN_PROPERTIES),
                patterns,
                orAnything(spot, "additionalProperties"),
                since(Draft.DRAFT_2019_09, spot, "unevaluatedProperties"),
                since(Draft.DRAFT_6, spot, "propertyNames"));
    }

    private Node since(Draft draft, Spot spot, String keyword) {
        return spot.draft().isAtLeast(draft) ? orAnything(spot, keyword) : new Node.Anything(BooleanNode.TRUE);
    }

    private Map<String, Node> members(Spot spot, String keyword) {
        if (!spot.has(keyword)) {
            return Map.of();
        }
        Spot object = spot.at(keyword);
        if (!object.json().isObject()) {
            refuse(object, "is no object of schemas");
            return Map.of();
        }
        Map<String, Node> members = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object.json().properties()) {
            members.put(member.getKey(), node(object.at(member.getKey())));
        }
        return members;
    }

    private Set<String> names(Spot list) {
        if (!list.json().isArray()) {
            refuse(list, "is no list of names");
            return Set.of();
        }
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode name : list.json()) {
            if (name.isTextual()) {
                names.add(name.textValue());
            } else {
                refuse(list, "lists what is no name: " + Fragment.of(name));
            }
        }
        return names;
    }

    private void dependencies(Spot object, Map<String, Set<String>> names, Map<String, Node> schemas) {
        if (!object.json().isObject()) {
            refuse(object, "is no object");
            return;
        }
        for (Map.Entry<String, JsonNode> member : object.json().properties()) {
            Spot dependency = object.at(member.getKey());
            if (member.getValue().isArray()) {
                names.put(member.getKey(), names(dependency));
            } else {
                schemas.put(member.getKey(), node(dependency));
            }
        }
    }

    private Node listing(Spot spot, boolean typed) {
        Spot items = spot.at("items");
        boolean prefixed = spot.draft().isAtLeast(Draft.DRAFT_2020_12);
        Spot first = prefixed ? spot.at("prefixItems") : items;
        boolean isTuple = first.json().isArray();
        if (prefixed && !isTuple && spot.has("prefixItems")) {
            refuse(first, "is no list of schemas");
        }
        String rest = prefixed || !isTuple ? "items" : "additionalItems";
        boolean counted = spot.draft().isAtLeast(Draft.DRAFT_2019_09);
        return new Node.Listing(
                spot.json(),
                typed,
                isTuple,
                isTuple ? nodes(first) : List.of(),
                orAnything(spot, rest),
                since(Draft.DRAFT_2019_09, spot, "unevaluatedItems"),
                spot.has("contains") && spot.draft().isAtLeast(Draft.DRAFT_6) ? node(spot.at("contains")) : null,
                counted
                        ? counts(spot, Bound.MAX_ITEMS, Bound.MIN_ITEMS, Bound.MAX_CONTAINS, Bound.MIN_CONTAINS)
                        : counts(spot, Bound.MAX_ITEMS, Bound.MIN_ITEMS),
                flag(spot, "uniqueItems"));
    }

    private void refuse(Spot spot, String what) {
        refuse("'" + Path.print(spot.path()) + "' " + what);
    }

    private void refuse(String what) {
        if (strict) {
            throw new InvalidSchemaException(what);
        }
    }
}
