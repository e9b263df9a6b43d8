package io.concordat.server;

import io.concordat.api.AssociatedResource;
import io.concordat.api.Association;
import io.concordat.engine.AssociationResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** Associations as answers show them, with their members in the order of existing registries. */
final class AssociationEntities {
    private AssociationEntities() {}

    static Map<String, Object> association(Association association) {
        Map<String, Object> entity = new LinkedHashMap<>();
        entity.put("subject", association.subject().qualified());
        entity.put("guid", association.guid().toString());
        putResource(entity, association.resource());
        entity.put("associationType", association.type());
        putRules(entity, association);
        association.created().ifPresent(created -> entity.put("createTs", created.toEpochMilli()));
        association.updated().ifPresent(updated -> entity.put("updateTs", updated.toEpochMilli()));
        return entity;
    }

    /** What became of a change. */
    static Map<String, Object> result(AssociationResult result, Rendering rendering) {
        Map<String, Object> entity = new LinkedHashMap<>();
        putResource(entity, result.resource());
        entity.put(
                "associations",
                result.made().stream().map(made -> made(made, rendering)).toList());
        return entity;
    }

    private static Map<String, Object> made(AssociationResult.Made made, Rendering rendering) {
        Association association = made.association();
        Map<String, Object> entity = new LinkedHashMap<>();
        entity.put("subject", association.subject().qualified());
        entity.put("associationType", association.type());
        putRules(entity, association);
        made.schema().ifPresent(row -> entity.put("schema", Entities.version(row, rendering)));
        return entity;
    }

    private static void putResource(Map<String, Object> entity, AssociatedResource resource) {
        entity.put("resourceName", resource.name());
        entity.put("resourceNamespace", resource.namespace());
        entity.put("resourceId", resource.id());
        entity.put("resourceType", resource.type());
    }

    private static void putRules(Map<String, Object> entity, Association association) {
        entity.put("lifecycle", association.lifecycle().name());
        entity.put("frozen", association.frozen());
    }
}
