package io.concordat.avro;

import com.fasterxml.jackson.databind.JsonNode;
import io.concordat.api.format.InvalidSchemaException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.util.internal.Accessor;

/**
 * The check that default values are values of their fields. It accepts what Avro accepts, a default of any branch of a
 * union included, but looks at each value once per type.
 */
final class DefaultValues {
    private static final int MAX_PRINTED = 300;

    private final Map<Twosome, Boolean> answers = new HashMap<>();

    private DefaultValues() {}

    /**
     * Refuses a schema with a default that is none.
     *
     * @param checkedElsewhere the full names of types that are not looked at
     */
    static void requireValid(Schema root, Set<String> checkedElsewhere) {
        DefaultValues check = new DefaultValues();
        for (Schema type : SchemaGraph.types(root)) {
            if (type.getType() == Schema.Type.RECORD && !checkedElsewhere.contains(type.getFullName())) {
                type.getFields().forEach(check::requireValid);
            }
        }
    }

    private void requireValid(Schema.Field field) {
        JsonNode value = Accessor.defaultValue(field);
        if (value != null && !fits(field.schema(), value)) {
            throw new InvalidSchemaException("Invalid default for field " + field.name() + ": " + print(value)
                    + " not a " + print(field.schema()));
        }
    }

    private static String print(Object part) {
        String text = part.toString();
        return text.length() > MAX_PRINTED ? text.substring(0, MAX_PRINTED) + "..." : text;
    }

    private boolean fits(Schema schema, JsonNode value) {
        return switch (schema.getType()) {
            case STRING, BYTES, ENUM, FIXED -> value.isTextual();
            case INT -> value.isIntegralNumber() && value.canConvertToInt();
            case LONG -> value.isIntegralNumber() && value.canConvertToLong();
            case FLOAT, DOUBLE -> value.isNumber();
            case BOOLEAN -> value.isBoolean();
            case NULL -> value.isNull();
            case ARRAY, MAP, UNION, RECORD -> fitsOnce(schema, value);
        };
    }

    private boolean fitsOnce(Schema schema, JsonNode value) {
        Twosome question = new Twosome(schema, value);
        Boolean known = answers.get(question);
        if (known == null) {
            known = fitsParts(schema, value);
            answers.put(question, known);
        }
        return known;
    }

    private boolean fitsParts(Schema schema, JsonNode value) {
        return switch (schema.getType()) {
            case ARRAY -> value.isArray() && allFit(schema.getElementType(), value);
            case MAP -> value.isObject() && allFit(schema.getValueType(), value);
            case UNION -> schema.getTypes().stream().anyMatch(branch -> fits(branch, value));
            default -> value.isObject() && schema.getFields().stream().allMatch(field -> hasFitting(field, value));
        };
    }

    private boolean allFit(Schema schema, JsonNode values) {
        for (JsonNode value : values) {
            if (!fits(schema, value)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasFitting(Schema.Field field, JsonNode record) {
        JsonNode value = record.get(field.name());
        return value == null ? field.hasDefaultValue() : fits(field.schema(), value);
    }
}
