package io.concordat.server;

import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.json.JsonShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A schema as a client sends it.
 *
 * @param content its text is empty if the client sent none
 * @param id the id it asks for, or {@link RegisterOptions#ANY_ID}
 * @param version the version it asks for, or {@link RegisterOptions#NEXT_VERSION}
 */
record SchemaRequest(SchemaContent content, int id, int version) {
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
                number(members, "version", RegisterOptions.NEXT_VERSION));
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
