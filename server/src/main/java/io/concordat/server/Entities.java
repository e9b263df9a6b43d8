package io.concordat.server;

import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaTags;
import io.concordat.api.Subject;
import io.concordat.api.SubjectVersion;
import io.concordat.api.json.JsonShape;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The objects of the answers, with their members in the order of existing registries and without empty ones. */
final class Entities {
    private Entities() {}

    /** A version of a subject. */
    static Map<String, Object> version(RegisteredSchema row, Rendering rendering) {
        SchemaContent content = row.content();
        Map<String, Object> entity = new LinkedHashMap<>();
        putUnlessEmpty(entity, "subject", row.subject().qualified());
        entity.put("version", row.version());
        entity.put("id", row.id());
        entity.put("guid", row.guid().toString());
        entity.put("schemaType", content.type().name());
        putReferences(entity, rendering.references(row));
        content.metadata().ifPresent(metadata -> entity.put("metadata", JsonShape.of(metadata)));
        putUnlessEmpty(entity, "schema", rendering.text(row));
        putTags(entity, rendering.tagged(row));
        putTimestamp(entity, row);
        content.ruleSet().ifPresent(ruleSet -> entity.put("ruleSet", JsonShape.of(ruleSet)));
        return entity;
    }

    /** Adds the other names of the subject. */
    static void putAliases(Map<String, Object> entity, Collection<Subject> aliases) {
        if (!aliases.isEmpty()) {
            entity.put("aliases", aliases.stream().map(Subject::qualified).toList());
        }
    }

    /** What became of a registration. */
    static Map<String, Object> registered(RegisteredSchema row, Rendering rendering) {
        SchemaContent content = row.content();
        Map<String, Object> entity = new LinkedHashMap<>();
        entity.put("id", row.id());
        if (row.version() > 0) {
            entity.put("version", row.version());
        }
        entity.put("guid", row.guid().toString());
        entity.put("schemaType", content.type().name());
        putReferences(entity, content.references());
        content.metadata().ifPresent(metadata -> entity.put("metadata", JsonShape.of(metadata)));
        content.ruleSet().ifPresent(ruleSet -> entity.put("ruleSet", JsonShape.of(ruleSet)));
        putUnlessEmpty(entity, "schema", rendering.text(row));
        putTimestamp(entity, row);
        return entity;
    }

    /** The schema of an id, and one of the versions that carry it. */
    static Map<String, Object> schema(RegisteredSchema row, Rendering rendering, OptionalInt maxId) {
        Map<String, Object> entity = new LinkedHashMap<>();
        putUnlessEmpty(entity, "subject", row.subject().qualified());
        entity.put("version", row.version());
        putSchema(entity, row, rendering, maxId);
        return entity;
    }

    /** The schema of a GUID. */
    static Map<String, Object> schema(RegisteredSchema row, Rendering rendering) {
        Map<String, Object> entity = new LinkedHashMap<>();
        putSchema(entity, row, rendering, OptionalInt.empty());
        return entity;
    }

    static Map<String, Object> subjectVersion(SubjectVersion version) {
        Map<String, Object> entity = new LinkedHashMap<>();
        putUnlessEmpty(entity, "subject", version.subject().qualified());
        entity.put("version", version.version());
        return entity;
    }

    static Map<String, Object> contextId(SchemaId id) {
        Map<String, Object> entity = new LinkedHashMap<>();
        entity.put("context", id.context().name());
        entity.put("id", id.id());
        return entity;
    }

    private static void putSchema(
            Map<String, Object> entity, RegisteredSchema row, Rendering rendering, OptionalInt maxId) {
        SchemaContent content = row.content();
        entity.put("guid", row.guid().toString());
        entity.put("schemaType", content.type().name());
        putUnlessEmpty(entity, "schema", rendering.text(row));
        putReferences(entity, rendering.references(row));
        content.metadata().ifPresent(metadata -> entity.put("metadata", JsonShape.of(metadata)));
        content.ruleSet().ifPresent(ruleSet -> entity.put("ruleSet", JsonShape.of(ruleSet)));
        putTags(entity, rendering.tagged(row));
        maxId.ifPresent(id -> entity.put("maxId", id));
        putTimestamp(entity, row);
    }

    private static void putReferences(Map<String, Object> entity, List<SchemaReference> references) {
        if (!references.isEmpty()) {
            entity.put("references", JsonShape.of(references));
        }
    }

    private static void putTags(Map<String, Object> entity, List<SchemaTags> tagged) {
        if (!tagged.isEmpty()) {
            entity.put("schemaTags", tagged.stream().map(TagsShape::of).toList());
        }
    }

    private static void putTimestamp(Map<String, Object> entity, RegisteredSchema row) {
        row.timestamp().ifPresent(timestamp -> {
            entity.put("ts", timestamp.toEpochMilli());
            entity.put("deleted", row.deleted());
        });
    }

    private static void putUnlessEmpty(Map<String, Object> entity, String member, String value) {
        if (!value.isEmpty()) {
            entity.put(member, value);
        }
    }
}
