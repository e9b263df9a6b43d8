package io.concordat.engine;

import io.concordat.api.Association;
import io.concordat.api.Lifecycle;
import java.util.Optional;
import java.util.Set;

/**
 * Which associations are meant.
 *
 * @param resourceType the kind of resource; any if empty
 * @param types what for; anything if empty
 * @param lifecycle how closely; any if empty
 */
public record AssociationFilter(String resourceType, Set<String> types, Optional<Lifecycle> lifecycle) {
    /** All of them. */
    public static final AssociationFilter ANY = new AssociationFilter("", Set.of(), Optional.empty());

    public AssociationFilter {
        types = Set.copyOf(types);
    }

    boolean accepts(Association association) {
        return (resourceType.isEmpty()
                        || resourceType.equals(association.resource().type()))
                && (types.isEmpty() || types.contains(association.type()))
                && lifecycle.map(wanted -> wanted == association.lifecycle()).orElse(true);
    }
}
