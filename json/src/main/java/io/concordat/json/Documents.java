package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.concordat.api.SchemaType;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ReferenceResolver.Resolved;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A schema's document and those it refers to by name. Nothing else is ever looked at: nothing is fetched. For one thread. */
final class Documents {
    private final JsonNode main;
    private final Scope mainScope;
    private final Map<String, Scope> byName = new LinkedHashMap<>();
    private @Nullable Map<String, Place> byAddress;

    /** A part of a document and where it stands. */
    record Place(JsonNode schema, Scope scope) {}

    Documents(JsonNode main, List<Resolved> references) {
        this.main = main;
        this.mainScope = Scope.of(main, Scope.NAMES);
        for (Resolved reference : references) {
            byName.put(reference.name(), named(reference));
        }
    }

    private static Scope named(Resolved reference) {
        if (!reference.schema().type().equals(SchemaType.JSON)) {
            throw new InvalidSchemaException("The reference '" + reference.name() + "' stands for a schema of type "
                    + reference.schema().type() + ", not for a JSON schema");
        }
        try {
            JsonNode document = SchemaText.parse(reference.schema().text(), false);
            URI name = address(reference.name());
            return Scope.of(document, name == null ? Scope.NAMES : name);
        } catch (InvalidSchemaException e) {
            throw new InvalidSchemaException(
                    "The schema under the reference '" + reference.name() + "' is invalid: " + e.getMessage(), e);
        }
    }

    private static @Nullable URI address(String name) {
        try {
            return Scope.NAMES.resolve(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    Place root() {
        return new Place(main, mainScope);
    }

    /** What a reference in some place means, or null if nothing that is known here. */
    @Nullable
    Place find(Scope from, String reference) {
        int hash = reference.indexOf('#');
        String address = hash < 0 ? reference : reference.substring(0, hash);
        String fragment = hash < 0 ? "" : decoded(reference.substring(hash + 1));
        if (fragment == null) {
            return null;
        }
        if (address.isEmpty()) {
            Place own = within(from, fragment);
            return own != null || isThis(from.resource(), from.document())
                    ? own
                    : within(Scope.of(from.document(), Scope.NAMES), fragment);
        }
        Scope resource = resource(from, address);
        return resource == null ? null : within(resource, fragment);
    }

    /** Schemas may be equal, and still stand in different places. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isThis(JsonNode one, JsonNode other) {
        return one == other;
    }

    private @Nullable Scope resource(Scope from, String address) {
        Scope named = byName.get(address);
        if (named != null) {
            return named;
        }
        URI full = from.resolve(address);
        Place place = full == null ? null : addresses().get(full.toString());
        if (place != null) {
            return place.scope();
        }
        URI plain = address(address);
        place = plain == null ? null : addresses().get(plain.toString());
        return place == null ? null : place.scope();
    }

    private @Nullable Place within(Scope resource, String fragment) {
        if (fragment.isEmpty()) {
            return new Place(resource.resource(), resource);
        }
        if (fragment.startsWith("/")) {
            Place place = follow(resource, fragment);
            return place == null ? follow(resource, otherSpelling(fragment)) : place;
        }
        return addresses().get(resource.base() + "#" + fragment);
    }

    /** Definitions have been kept under two names. */
    private static String otherSpelling(String pointer) {
        if (pointer.startsWith("/$defs/")) {
            return "/definitions/" + pointer.substring("/$defs/".length());
        }
        return pointer.startsWith("/definitions/") ? "/$defs/" + pointer.substring("/definitions/".length()) : pointer;
    }

    private static @Nullable Place follow(Scope resource, String pointer) {
        JsonNode json = resource.resource();
        Scope scope = resource;
        for (String escaped : pointer.substring(1).split("/", -1)) {
            String step = escaped.replace("~1", "/").replace("~0", "~");
            json = json.isArray() && isIndex(step) ? json.get(Integer.parseInt(step)) : json.get(step);
            if (json == null) {
                return null;
            }
            scope = scope.within(json);
        }
        return new Place(json, scope);
    }

    private static boolean isIndex(String step) {
        return !step.isEmpty() && step.length() < 9 && step.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static @Nullable String decoded(String fragment) {
        if (fragment.indexOf('%') < 0) {
            return fragment;
        }
        try {
            return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Every schema that says who it is, by its full address, and every anchor behind that of its resource. */
    private Map<String, Place> addresses() {
        Map<String, Place> known = byAddress;
        if (known == null) {
            known = new HashMap<>();
            byAddress = known;
            index(root());
            for (Map.Entry<String, Scope> named : byName.entrySet()) {
                Scope scope = named.getValue();
                index(new Place(scope.document(), scope));
                URI name = address(named.getKey());
                if (name != null) {
                    known.putIfAbsent(name.toString(), new Place(scope.document(), scope));
                }
            }
        }
        return known;
    }

    private void index(Place document) {
        Deque<Place> open = new ArrayDeque<>();
        open.push(document);
        while (!open.isEmpty()) {
            Place place = open.pop();
            enter(place);
            List<JsonNode> parts = new ArrayList<>();
            place.schema().elements().forEachRemaining(parts::add);
            for (int i = parts.size() - 1; i >= 0; i--) {
                JsonNode part = parts.get(i);
                if (part.isContainerNode()) {
                    open.push(new Place(part, place.scope().within(part)));
                }
            }
        }
    }

    private void enter(Place place) {
        JsonNode schema = place.schema();
        Scope scope = place.scope();
        if (isThis(scope.resource(), schema)) {
            put(scope.base().toString(), place);
        }
        String id = scope.id(schema);
        if (id != null && id.indexOf('#') >= 0 && !id.endsWith("#")) {
            put(scope.base() + id.substring(id.indexOf('#')), place);
        }
        for (String keyword : List.of("$anchor", "$dynamicAnchor")) {
            JsonNode anchor = schema.get(keyword);
            if (anchor != null && anchor.isTextual()) {
                put(scope.base() + "#" + anchor.textValue(), place);
            }
        }
    }

    private void put(String address, Place place) {
        Map<String, Place> known = byAddress;
        if (known != null) {
            known.putIfAbsent(address, place);
        }
    }
}
