package io.concordat.json;

import java.util.Objects;

/**
 * A value together with the schema it is written under. Using the same schema object for every record is fastest.
 *
 * @param schema under which the value is written
 * @param payload what is written: a map, a {@code JsonNode}, an object of a class that Jackson knows to write
 */
public record JsonEnvelope(JsonSchema schema, Object payload) {
    public JsonEnvelope {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(payload, "payload");
    }
}
