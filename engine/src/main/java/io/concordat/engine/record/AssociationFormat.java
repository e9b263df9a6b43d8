package io.concordat.engine.record;

import io.concordat.api.AssociatedResource;
import io.concordat.api.Association;
import io.concordat.api.Lifecycle;
import io.concordat.api.Subject;
import io.concordat.api.json.JsonShape;
import io.concordat.engine.record.LogEvent.AssociationRemoved;
import io.concordat.engine.record.LogEvent.AssociationRow;
import io.concordat.engine.record.LogEvent.Unknown;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The keys and values of the records about associations. The order of their members is binding. */
final class AssociationFormat {
    static final String KIND = "ASSOC";

    private static final String TENANT = "default";

    private AssociationFormat() {}

    static Map<String, Object> key(AssociationKey key) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("keytype", KIND);
        members.put("tenant", TENANT);
        putUnlessEmpty(members, "resourceName", key.resourceName());
        putUnlessEmpty(members, "resourceNamespace", key.resourceNamespace());
        putUnlessEmpty(members, "resourceType", key.resourceType());
        putUnlessEmpty(members, "associationType", key.type());
        putUnlessEmpty(members, "subject", key.subject().qualified());
        members.put("magic", 0);
        return members;
    }

    static Map<String, Object> value(Association association) {
        AssociatedResource resource = association.resource();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("guid", association.guid().toString());
        members.put("tenant", TENANT);
        putUnlessEmpty(members, "resourceName", resource.name());
        putUnlessEmpty(members, "resourceNamespace", resource.namespace());
        putUnlessEmpty(members, "resourceId", resource.id());
        putUnlessEmpty(members, "resourceType", resource.type());
        putUnlessEmpty(members, "associationType", association.type());
        putUnlessEmpty(members, "subject", association.subject().qualified());
        members.put("lifecycle", association.lifecycle().name());
        members.put("frozen", association.frozen());
        // A first record is as old as the association.
        association.created().ifPresent(created -> members.put("createTs", created.toEpochMilli()));
        return members;
    }

    /** @throws IllegalArgumentException if a member is missing or of the wrong type */
    static LogEvent decode(Map<?, ?> key, @Nullable Map<?, ?> value) {
        String tenant = textOrEmpty(key, "tenant");
        if (!tenant.isEmpty() && !tenant.equals(TENANT)) {
            return new Unknown("The record is of the unknown tenant '" + tenant + "'", false);
        }
        AssociationKey named = new AssociationKey(
                textOrEmpty(key, "resourceName"),
                textOrEmpty(key, "resourceNamespace"),
                textOrEmpty(key, "resourceType"),
                textOrEmpty(key, "associationType"),
                Subject.of(textOrEmpty(key, "subject")));
        return value == null ? new AssociationRemoved(named) : new AssociationRow(association(named, value));
    }

    private static Association association(AssociationKey key, Map<?, ?> value) {
        String lifecycle = JsonShape.text("lifecycle", value.get("lifecycle"));
        return new Association(
                key.subject(),
                UUID.fromString(JsonShape.text("guid", value.get("guid"))),
                new AssociatedResource(
                        key.resourceName(),
                        key.resourceNamespace(),
                        textOrEmpty(value, "resourceId"),
                        key.resourceType()),
                key.type(),
                Lifecycle.find(lifecycle)
                        .orElseThrow(() -> new IllegalArgumentException("There is no lifecycle '" + lifecycle + "'")),
                value.get("frozen") != null && JsonShape.flag("frozen", value.get("frozen")),
                created(value.get("createTs")),
                Optional.empty());
    }

    private static Optional<Instant> created(@Nullable Object value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(Instant.ofEpochMilli(((Number) value).longValue()));
        }
        throw new IllegalArgumentException("'createTs' must be a time in milliseconds, found '" + value + "'");
    }

    private static String textOrEmpty(Map<?, ?> members, String member) {
        Object value = members.get(member);
        return value == null ? "" : JsonShape.text(member, value);
    }

    private static void putUnlessEmpty(Map<String, Object> members, String member, String value) {
        if (!value.isEmpty()) {
            members.put(member, value);
        }
    }
}
