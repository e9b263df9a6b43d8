package io.concordat.avro;

import java.util.function.Consumer;
import org.apache.avro.Schema;

/**
 * A part of a schema, printed for a person: types within it by name, without documentation and defaults, and no longer
 * than fits on a few lines however large the schema is.
 */
final class Fragment {
    private static final int LONGEST = 300;
    private static final String CUT = "...";

    private final StringBuilder text = new StringBuilder();

    private Fragment() {}

    static String of(Schema schema) {
        Fragment fragment = new Fragment();
        fragment.define(schema);
        return fragment.shortened();
    }

    static String of(Schema.Field field) {
        Fragment fragment = new Fragment();
        fragment.field(field);
        return fragment.shortened();
    }

    private String shortened() {
        return text.length() <= LONGEST ? text.toString() : text.substring(0, LONGEST - CUT.length()) + CUT;
    }

    private boolean isFull() {
        return text.length() > LONGEST;
    }

    /** A named type with what is in it, one level deep. */
    private void define(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                head(schema, "record").append(",\"fields\":[");
                list(schema.getFields(), this::field);
                text.append("]}");
            }
            case ENUM -> {
                head(schema, "enum").append(",\"symbols\":[");
                list(schema.getEnumSymbols(), this::quote);
                text.append("]}");
            }
            case FIXED ->
                head(schema, "fixed")
                        .append(",\"size\":")
                        .append(schema.getFixedSize())
                        .append('}');
            default -> mention(schema);
        }
    }

    private StringBuilder head(Schema schema, String type) {
        return text.append("{\"type\":\"")
                .append(type)
                .append("\",\"name\":\"")
                .append(schema.getFullName())
                .append('"');
    }

    private void field(Schema.Field field) {
        text.append("{\"name\":\"").append(field.name()).append("\",\"type\":");
        mention(field.schema());
        text.append('}');
    }

    /** A type without what is in it. */
    private void mention(Schema schema) {
        if (isFull()) {
            return;
        }
        switch (schema.getType()) {
            case ARRAY -> {
                text.append("{\"type\":\"array\",\"items\":");
                mention(schema.getElementType());
                text.append('}');
            }
            case MAP -> {
                text.append("{\"type\":\"map\",\"values\":");
                mention(schema.getValueType());
                text.append('}');
            }
            case UNION -> {
                text.append('[');
                list(schema.getTypes(), this::mention);
                text.append(']');
            }
            default -> quote(schema.getFullName());
        }
    }

    private void quote(String name) {
        text.append('"').append(name).append('"');
    }

    private <T> void list(Iterable<T> elements, Consumer<T> print) {
        String separator = "";
        for (T element : elements) {
            if (isFull()) {
                return;
            }
            text.append(separator);
            print.accept(element);
            separator = ",";
        }
    }
}
