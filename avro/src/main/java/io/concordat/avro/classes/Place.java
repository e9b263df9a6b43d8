package io.concordat.avro.classes;

import io.concordat.api.format.InvalidSchemaException;
import org.jspecify.annotations.Nullable;

/**
 * Where in a class something is found.
 *
 * @param root the class it began with
 * @param path the way from there, such as {@code lines[].price}; empty at the beginning
 */
record Place(Class<?> root, String path) {
    static Place of(Class<?> root) {
        return new Place(root, "");
    }

    Place field(String name) {
        return new Place(root, path.isEmpty() ? name : path + "." + name);
    }

    Place items() {
        return new Place(root, path + "[]");
    }

    InvalidSchemaException refused(String reason) {
        return refused(reason, null);
    }

    InvalidSchemaException refused(String reason, @Nullable Throwable cause) {
        return new InvalidSchemaException(
                root.getName() + (path.isEmpty() ? "" : ", at '" + path + "'") + ": " + reason, cause);
    }
}
