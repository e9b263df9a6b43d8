package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.RecordException;
import io.concordat.json.Documents.Place;
import io.concordat.json.Node.Criterion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The classes that a schema names for its values, as far as the settings allow for them. A schema of several ({@code oneOf}
 * and the like) stands for the class of the first one that a value fits.
 */
final class NamedTypes {
    private static final List<String> SHARED = List.of("$schema", "$id", "id", "definitions", "$defs");

    private final JsonSettings settings;

    /** A class for the values of a part of a schema. */
    record Alternative(Validation part, Class<?> type) {
        boolean fits(JsonNode value, int size) {
            try {
                part.require(value, size);
                return true;
            } catch (RecordException e) {
                return false;
            }
        }
    }

    NamedTypes(JsonSettings settings) {
        this.settings = settings;
    }

    /**
     * The class that the schema itself names.
     *
     * @throws InvalidSchemaException if the application does not have it
     */
    Optional<Class<?>> of(JsonNode schema) {
        JsonNode named = schema.path(settings.typeProperty());
        return named.isTextual() && settings.allows(named.textValue())
                ? Optional.of(load(named.textValue()))
                : Optional.empty();
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, false, settings.classLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new InvalidSchemaException(
                    "The schema names the class '" + name + "', which the application does not have", e);
        }
    }

    /** The classes that its parts name, in their order. */
    List<Alternative> alternatives(JsonSchema schema) {
        List<Alternative> alternatives = new ArrayList<>();
        if (!settings.allowedTypes().isEmpty() && schema.json() instanceof ObjectNode root) {
            Documents documents = new Documents(root, schema.references());
            for (Criterion criterion : Criterion.values()) {
                for (JsonNode part : root.path(criterion.keyword())) {
                    of(target(part, documents))
                            .ifPresent(type ->
                                    alternatives.add(new Alternative(Validation.of(alone(part, root, schema)), type)));
                }
            }
        }
        return alternatives;
    }

    private static JsonNode target(JsonNode part, Documents documents) {
        JsonNode reference = part.path("$ref");
        Place place = reference.isTextual() ? documents.find(documents.root().scope(), reference.textValue()) : null;
        return place == null ? part : place.schema();
    }

    private static JsonSchema alone(JsonNode part, ObjectNode root, JsonSchema schema) {
        ObjectNode alone = root.objectNode();
        SHARED.stream().filter(root::has).forEach(keyword -> alone.set(keyword, root.get(keyword)));
        alone.putArray(Criterion.ALL_OF.keyword()).add(part);
        return JsonSchema.of(alone, schema.references());
    }
}
