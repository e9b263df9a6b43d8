package io.concordat.client;

import io.concordat.api.Context;
import io.concordat.api.Metadata;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.json.JsonShape;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Schemas as the REST API writes them. Reading makes up for what older and other registries leave out; what cannot be made
 * up for is an {@link IllegalArgumentException}.
 */
final class SchemaShape {
    private static final Pattern BARE_GUID =
            Pattern.compile("(\\p{XDigit}{8})(\\p{XDigit}{4})(\\p{XDigit}{4})" + "(\\p{XDigit}{4})(\\p{XDigit}{12})");

    private SchemaShape() {}

    static Map<String, Object> of(SchemaContent schema) {
        Map<String, Object> shape = new LinkedHashMap<>();
        if (!schema.type().equals(SchemaType.AVRO)) {
            // Registries that know only Avro do not know the member either.
            shape.put("schemaType", schema.type().name());
        }
        if (!schema.references().isEmpty()) {
            shape.put("references", JsonShape.of(schema.references()));
        }
        schema.metadata().ifPresent(metadata -> shape.put("metadata", JsonShape.of(metadata)));
        schema.ruleSet().ifPresent(ruleSet -> shape.put("ruleSet", JsonShape.of(ruleSet)));
        shape.put("schema", schema.text());
        return shape;
    }

    static Map<String, Object> of(SchemaContent schema, RegisterOptions options) {
        Map<String, Object> shape = of(schema);
        if (options.version() != RegisterOptions.NEXT_VERSION) {
            shape.put("version", options.version());
        }
        if (options.hasId()) {
            shape.put("id", options.id());
        }
        if (options.propagateTags()) {
            shape.put("propagateSchemaTags", true);
        }
        return shape;
    }

    /** One of the ids of a GUID. */
    static SchemaId id(Object json) {
        Map<?, ?> members = JsonShape.object("answer", json);
        return new SchemaId(
                Context.of(JsonShape.text("context", members.get("context"))),
                JsonShape.number("id", members.get("id")));
    }

    /** The subject of an association. */
    static Subject subjectOf(Object json) {
        return Subject.of(
                JsonShape.text("subject", JsonShape.object("answer", json).get("subject")));
    }

    static SchemaContent content(Object json) {
        Map<?, ?> members = JsonShape.object("answer", json);
        Object type = members.get("schemaType");
        Object references = members.get("references");
        Optional<Metadata> metadata =
                Optional.ofNullable(members.get("metadata")).map(JsonShape::metadata);
        Optional<RuleSet> ruleSet = Optional.ofNullable(members.get("ruleSet")).map(JsonShape::ruleSet);
        return new SchemaContent(
                type == null ? SchemaType.AVRO : new SchemaType(JsonShape.text("schemaType", type)),
                JsonShape.text("schema", members.get("schema")),
                references == null ? List.<SchemaReference>of() : JsonShape.references(references),
                metadata,
                ruleSet);
    }

    /** A version as it is answered to a question for one. */
    static RegisteredSchema version(Subject asked, Object json) {
        Map<?, ?> members = JsonShape.object("answer", json);
        return registered(
                members, subject(members, asked), JsonShape.number("id", members.get("id")), content(members));
    }

    /** The answer to a registration. Older registries say nothing but the id. */
    static RegisteredSchema registration(Subject subject, SchemaContent sent, Object json) {
        Map<?, ?> members = JsonShape.object("answer", json);
        SchemaContent content = members.get("schema") == null ? sent : content(members);
        return registered(members, subject, JsonShape.number("id", members.get("id")), content);
    }

    /** The answer to a question for an id. Older registries do not say where it is registered. */
    static RegisteredSchema byId(Subject wholeContext, int id, Object json) {
        Map<?, ?> members = JsonShape.object("answer", json);
        return registered(members, subject(members, wholeContext), id, content(members));
    }

    /** An answer that was written down, about a subject that is known. */
    static RegisteredSchema stored(Subject subject, Map<?, ?> members) {
        return registered(members, subject, JsonShape.number("id", members.get("id")), content(members));
    }

    /** An empty name is left out like anything empty. */
    private static Subject subject(Map<?, ?> members, Subject otherwise) {
        Object subject = members.get("subject");
        return subject == null ? otherwise : Subject.of(JsonShape.text("subject", subject));
    }

    private static RegisteredSchema registered(Map<?, ?> members, Subject subject, int id, SchemaContent content) {
        Object version = members.get("version");
        Object guid = members.get("guid");
        Object timestamp = members.get("ts");
        Object deleted = members.get("deleted");
        return new RegisteredSchema(
                subject,
                version == null ? 0 : JsonShape.number("version", version),
                id,
                guid == null ? content.guid() : guid(JsonShape.text("guid", guid)),
                content,
                timestamp instanceof Number millis
                        ? Optional.of(Instant.ofEpochMilli(millis.longValue()))
                        : Optional.empty(),
                deleted != null && JsonShape.flag("deleted", deleted));
    }

    private static UUID guid(String text) {
        return UUID.fromString(BARE_GUID.matcher(text).replaceFirst("$1-$2-$3-$4-$5"));
    }
}
