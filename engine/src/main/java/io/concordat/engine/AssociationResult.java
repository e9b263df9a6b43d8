package io.concordat.engine;

import io.concordat.api.AssociatedResource;
import io.concordat.api.Association;
import io.concordat.api.RegisteredSchema;
import java.util.List;
import java.util.Optional;

/**
 * What a resource is associated with after a change.
 *
 * @param resource the resource
 * @param made what was asked for, as it is now; nothing for what was removed
 */
public record AssociationResult(AssociatedResource resource, List<Made> made) {
    public AssociationResult {
        made = List.copyOf(made);
    }

    /**
     * An association, and the schema that came with it.
     *
     * @param association the association as it is now
     * @param schema the version of its subject that has the schema of the request, if there was one
     */
    public record Made(Association association, Optional<RegisteredSchema> schema) {}
}
