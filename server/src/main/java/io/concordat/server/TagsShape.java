package io.concordat.server;

import io.concordat.api.SchemaTags;
import io.concordat.api.json.JsonShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tags as JSON sees them. */
final class TagsShape {
    private TagsShape() {}

    static Map<String, Object> of(SchemaTags part) {
        Map<String, Object> entity = new LinkedHashMap<>();
        entity.put("entityPath", part.path());
        entity.put("entityType", part.entity().json());
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("schemaEntity", entity);
        shape.put("tags", part.tags());
        return shape;
    }

    /**
     * The tags in a member of a request, which may be missing.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static List<SchemaTags> read(Map<?, ?> members, String member) {
        @Nullable Object value = members.get(member);
        return value == null
                ? List.of()
                : JsonShape.list(member, value).stream()
                        .map(element -> part(JsonShape.object(member, element)))
                        .toList();
    }

    private static SchemaTags part(Map<?, ?> members) {
        Map<?, ?> entity = JsonShape.object("schemaEntity", members.get("schemaEntity"));
        String type = JsonShape.text("entityType", entity.get("entityType"));
        return new SchemaTags(
                JsonShape.text("entityPath", entity.get("entityPath")),
                SchemaTags.Entity.find(type)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "'entityType' must be sr_record or sr_field, found '" + type + "'")),
                texts(members, "tags"));
    }

    /** The texts in a member, which may be missing. */
    static List<String> texts(Map<?, ?> members, String member) {
        @Nullable Object value = members.get(member);
        return value == null
                ? List.of()
                : JsonShape.list(member, value).stream()
                        .map(element -> JsonShape.text(member, element))
                        .toList();
    }
}
