package io.concordat.json;

import org.jspecify.annotations.Nullable;

/** A place in a schema; null is its root. */
record Path(@Nullable Path parent, String step) {
    /** A path that goes on from where another one ends. */
    static Path join(@Nullable Path path, Path further) {
        Path parent = further.parent();
        return new Path(parent == null ? path : join(path, parent), further.step());
    }

    /** Such as {@code #/properties/name}; the root is {@code #/}. */
    static String print(@Nullable Path path) {
        StringBuilder text = new StringBuilder();
        for (Path p = path; p != null; p = p.parent()) {
            text.insert(0, p.step());
            if (p.parent() != null) {
                text.insert(0, '/');
            }
        }
        return text.insert(0, "#/").toString();
    }
}
