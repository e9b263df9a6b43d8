package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Values that bring their schema along: {@link JsonEnvelope}s, and JSON objects with members {@code schema} and
 * {@code payload}, perhaps {@code references} and {@code resolvedReferences}. Safe for many threads.
 */
final class Envelopes {
    private static final int MAX_KNOWN = 1_000;

    private final boolean detects;
    private final Map<List<JsonNode>, JsonSchema> known = new ConcurrentHashMap<>();

    /** @param detects whether JSON objects may be envelopes */
    Envelopes(boolean detects) {
        this.detects = detects;
    }

    /** The schema a value brings along, the same object for the same schema; or null. */
    @Nullable
    JsonSchema schemaOf(Object value) {
        if (value instanceof JsonEnvelope envelope) {
            return envelope.schema();
        }
        return isEnvelope(value) ? schemaOf((ObjectNode) value) : null;
    }

    /** What is written of a value. */
    Object payloadOf(Object value) {
        if (value instanceof JsonEnvelope envelope) {
            return envelope.payload();
        }
        return isEnvelope(value) ? ((ObjectNode) value).get("payload") : value;
    }

    private boolean isEnvelope(Object value) {
        return detects && value instanceof ObjectNode object && object.has("schema") && object.has("payload");
    }

    private JsonSchema schemaOf(ObjectNode envelope) {
        // Equality, not identity: a tree may have been changed since it was last seen.
        List<JsonNode> key =
                List.of(envelope.get("schema"), envelope.path("references"), envelope.path("resolvedReferences"));
        JsonSchema schema = known.get(key);
        if (schema == null) {
            if (known.size() >= MAX_KNOWN) {
                known.clear();
            }
            List<JsonNode> copy = key.stream().<JsonNode>map(JsonNode::deepCopy).toList();
            schema = known.computeIfAbsent(copy, parts -> parse(parts.get(0), parts.get(1), parts.get(2)));
        }
        return schema;
    }

    private static JsonSchema parse(JsonNode schema, JsonNode references, JsonNode resolved) {
        String text = schema.isTextual() ? schema.textValue() : SchemaText.print(schema);
        List<SchemaReference> named = new ArrayList<>();
        for (JsonNode reference : references) {
            named.add(reference(reference));
        }
        List<Resolved> known = new ArrayList<>();
        resolved.properties()
                .forEach(member -> known.add(new Resolved(
                        member.getKey(),
                        SchemaContent.of(SchemaType.JSON, member.getValue().asText()))));
        return JsonSchema.parse(
                SchemaContent.of(SchemaType.JSON, text).withReferences(named), known, Strictness.LENIENT);
    }

    private static SchemaReference reference(JsonNode reference) {
        return new SchemaReference(
                reference.path("name").asText(),
                reference.path("subject").asText(),
                reference.path("version").asInt());
    }
}
