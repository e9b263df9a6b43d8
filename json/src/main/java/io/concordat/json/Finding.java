package io.concordat.json;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.format.Incompatibility;
import org.jspecify.annotations.Nullable;

/**
 * A reason before it is put into words: most of them only tell that one of several schemas is not the right one.
 *
 * @param path from where the comparison began
 */
record Finding(Rule rule, @Nullable Path path, Node reader, Node writer) {
    Incompatibility print(Direction direction) {
        String place = Path.print(path);
        return new Incompatibility(
                rule.name(),
                place,
                "{errorType:\"" + rule + "\", description:\"" + rule.describe(place, direction) + "'}",
                Fragment.of(reader.source()),
                Fragment.of(writer.source()),
                rule.advice(direction));
    }
}
