package io.concordat.server;

import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.VersionSpec;
import io.concordat.api.json.JsonShape;
import io.concordat.engine.Amendment;
import io.concordat.engine.TagChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema as a client sends it.
 *
 * @param content its text is empty if the client sent none
 * @param id the id it asks for, or {@link RegisterOptions#ANY_ID}
 * @param version the version it asks for, or {@link RegisterOptions#NEXT_VERSION}
 * @param tags what becomes of the tags in the text
 */
record SchemaRequest(SchemaContent content, int id, int version, TagChange tags) {
    /** @throws IllegalArgumentException if a member is of the wrong type */
    static SchemaRequest of(Map<?, ?> members) {
        return new SchemaRequest(
                new SchemaContent(
                        type(members.get("schemaType")),
                        text(members.get("schema")),
                        references(members.get("references")),
                        Optional.ofNullable(members.get("metadata")).map(JsonShape::metadata),
                        Optional.ofNullable(members.get("ruleSet")).map(JsonShape::newRuleSet)),
                number(members, "id", RegisterOptions.ANY_ID),
                number(members, "version", RegisterOptions.NEXT_VERSION),
                new TagChange(
                        TagsShape.read(members, "schemaTagsToAdd"),
                        TagsShape.read(members, "schemaTagsToRemove"),
                        members.get("propagateSchemaTags") != null
                                && JsonShape.flag("propagateSchemaTags", members.get("propagateSchemaTags"))));
    }

    /**
     * What a new version is to have that the one it is made from has not.
     *
     * @throws IllegalArgumentException if a member is of the wrong type
     */
    static Amendment amendment(Map<?, ?> members) {
        int version = number(members, "newVersion", VersionSpec.LATEST_NUMBER);
        return new Amendment(
                version > 0 ? version : VersionSpec.LATEST_NUMBER,
                new TagChange(TagsShape.read(members, "tagsToAdd"), TagsShape.read(members, "tagsToRemove"), false),
                Optional.ofNullable(members.get("metadata")).map(JsonShape::metadata),
                Optional.ofNullable(members.get("ruleSet")).map(JsonShape::newRuleSet),
                Optional.ofNullable(members.get("rulesToMerge")).map(JsonShape::newRuleSet),
                Set.copyOf(TagsShape.texts(members, "rulesToRemove")));
    }

    private static SchemaType type(@Nullable Object value) {
        return value == null ? SchemaType.AVRO : new SchemaType(JsonShape.text("schemaType", value));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : JsonShape.text("schema", value);
    }

    private static List<SchemaReference> references(@Nullable Object value) {
        return value == null ? List.of() : JsonShape.references(value);
    }

    private static int number(Map<?, ?> members, String member, int otherwise) {
        Object value = members.get(member);
        return value == null ? otherwise : JsonShape.number(member, value);
    }
}
