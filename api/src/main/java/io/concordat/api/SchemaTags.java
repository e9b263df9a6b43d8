package io.concordat.api;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The tags on one part of a schema.
 *
 * @param path the full name of a record, or that and a field's name behind a dot; in JSON Schema, whose parts have no names, the pointer
 *     to it, such as {@code #/properties/name}
 * @param entity what kind of part it is
 * @param tags free names, such as {@code PII}
 */
public record SchemaTags(String path, Entity entity, List<String> tags) {
    public SchemaTags {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(entity, "entity");
        tags = List.copyOf(tags);
    }

    /** The parts of a schema that can carry tags. */
    public enum Entity {
        RECORD("sr_record"),
        FIELD("sr_field");

        private final String json;

        Entity(String json) {
            this.json = json;
        }

        /** The entity type as requests and answers spell it. */
        public String json() {
            return json;
        }

        /** The entity type of that spelling, or empty. */
        public static Optional<Entity> find(String json) {
            return Arrays.stream(values())
                    .filter(entity -> entity.json.equals(json))
                    .findFirst();
        }
    }
}
