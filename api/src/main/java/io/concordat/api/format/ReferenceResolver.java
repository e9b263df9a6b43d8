package io.concordat.api.format;

import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import java.util.List;

/**
 * Finds the schemas that a schema refers to.
 */
@FunctionalInterface
public interface ReferenceResolver {
    /** Refuses every reference: for schemas that stand alone. */
    ReferenceResolver NONE = references -> {
        if (!references.isEmpty()) {
            throw new InvalidSchemaException("References cannot be resolved here: " + references.get(0));
        }
        return List.of();
    };

    /**
     * The schemas meant by these references and by theirs, each after all that it refers to itself; the first of several
     * with the same reference name counts.
     *
     * @throws io.concordat.api.RegistryException if one is missing
     */
    List<Resolved> resolve(List<SchemaReference> references);

    /**
     * A schema under the name by which it is referred to.
     *
     * @param name the name in the reference
     * @param schema what it stands for
     */
    record Resolved(String name, SchemaContent schema) {}
}
