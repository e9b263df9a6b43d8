package io.concordat.serdes;

import io.concordat.api.Context;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.SchemaReference;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ReferenceResolver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * References looked up in a registry.
 *
 * @param context the context of the schema that refers
 */
record RegistryReferences(Registry registry, Context context) implements ReferenceResolver {
    @Override
    public List<Resolved> resolve(List<SchemaReference> references) {
        Map<String, Resolved> resolved = new LinkedHashMap<>();
        collect(Subject.all(context), references, resolved, new HashSet<>());
        return new ArrayList<>(resolved.values());
    }

    private void collect(
            Subject referring, List<SchemaReference> references, Map<String, Resolved> resolved, Set<String> under) {
        for (SchemaReference reference : references) {
            if (resolved.containsKey(reference.name())) {
                continue;
            }
            if (!under.add(reference.name())) {
                throw new InvalidSchemaException("The reference '" + reference.name() + "' leads back to itself");
            }
            RegisteredSchema found =
                    registry.version(referring.resolve(reference.subject()), VersionSpec.of(reference.version()));
            collect(found.subject(), found.content().references(), resolved, under);
            resolved.put(reference.name(), new Resolved(reference.name(), found.content()));
        }
    }
}
