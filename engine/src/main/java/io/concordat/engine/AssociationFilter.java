package io.concordat.engine;

import io.concordat.api.Association;
import io.concordat.api.Lifecycle;
import java.util.Set;

/**
 * Which associations are meant.
 *
 * @param resourceType the kind of resource; any if empty
 * @param types what for; anything if empty
 * @param lifecycles how closely; anyhow if empty
 */
public record AssociationFilter(String resourceType, Set<String> types, Set<Lifecycle> lifecycles) {
    /** All of them. */
    public static final AssociationFilter ANY = new AssociationFilter("", Set.of(), Set.of());

    public AssociationFilter {
        types = Set.copyOf(types);
        lifecycles = Set.copyOf(lifecycles);
    }

    boolean accepts(Association association) {
        return (resourceType.isEmpty()
                        || resourceType.equals(association.resource().type()))
                && (types.isEmpty() || types.contains(association.type()))
                && (lifecycles.isEmpty() || lifecycles.contains(association.lifecycle()));
    }
}
