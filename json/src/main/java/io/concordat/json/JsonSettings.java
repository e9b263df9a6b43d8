package io.concordat.json;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.concordat.api.format.CodecSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How values become JSON and back.
 *
 * @param validates whether values are held against their schema, written and read
 * @param failsOnUnknown whether a member is an error that the class read into does not have
 * @param isoDates whether dates are written as texts
 * @param draft what derived schemas say they are of
 * @param nullablesAsOneOf whether derived schemas allow {@code null} where Java does
 * @param inclusion which properties are written; null for all
 * @param indents whether the JSON is laid out in lines
 * @param detectsEnvelopes whether a {@code JsonNode} with a schema and a payload is taken apart
 * @param type what values are read into
 * @param typeProperty the member of a schema that may name a class
 * @param allowedTypes the classes and packages that it may name
 * @param classLoader where that class is looked for
 */
record JsonSettings(
        boolean validates,
        boolean failsOnUnknown,
        boolean isoDates,
        Draft draft,
        boolean nullablesAsOneOf,
        @Nullable Include inclusion,
        boolean indents,
        boolean detectsEnvelopes,
        Class<?> type,
        String typeProperty,
        Set<String> allowedTypes,
        ClassLoader classLoader) {

    static final String FAIL_INVALID_SCHEMA = "json.fail.invalid.schema";
    static final String FAIL_UNKNOWN_PROPERTIES = "json.fail.unknown.properties";
    static final String WRITE_DATES_ISO8601 = "json.write.dates.iso8601";
    static final String SCHEMA_SPEC_VERSION = "json.schema.spec.version";
    static final String ONEOF_FOR_NULLABLES = "json.oneof.for.nullables";
    static final String DEFAULT_PROPERTY_INCLUSION = "json.default.property.inclusion";
    static final String INDENT_OUTPUT = "json.indent.output";
    static final String ENVELOPE_DETECTION = "json.envelope.detection";
    static final String KEY_TYPE = "json.key.type";
    static final String VALUE_TYPE = "json.value.type";
    static final String TYPE_PROPERTY = "type.property";
    static final String TYPE_ALLOWED_PACKAGES = "json.type.allowed.packages";

    static final Set<String> NAMES = Set.of(
            FAIL_INVALID_SCHEMA,
            FAIL_UNKNOWN_PROPERTIES,
            WRITE_DATES_ISO8601,
            SCHEMA_SPEC_VERSION,
            ONEOF_FOR_NULLABLES,
            DEFAULT_PROPERTY_INCLUSION,
            INDENT_OUTPUT,
            ENVELOPE_DETECTION,
            KEY_TYPE,
            VALUE_TYPE,
            TYPE_PROPERTY,
            TYPE_ALLOWED_PACKAGES);

    static final JsonSettings DEFAULT = of(new CodecSettings(Map.of(), false, JsonSettings.class.getClassLoader()));

    /** @throws IllegalArgumentException that names every setting that makes no sense */
    static JsonSettings of(CodecSettings settings) {
        Values values = new Values(settings);
        JsonSettings read = new JsonSettings(
                values.flag(FAIL_INVALID_SCHEMA, false),
                values.flag(FAIL_UNKNOWN_PROPERTIES, true),
                values.flag(WRITE_DATES_ISO8601, false),
                values.draft(),
                values.flag(ONEOF_FOR_NULLABLES, true),
                values.inclusion(),
                values.flag(INDENT_OUTPUT, false),
                values.flag(ENVELOPE_DETECTION, true),
                values.type(settings.forKeys() ? KEY_TYPE : VALUE_TYPE),
                values.text(TYPE_PROPERTY, "javaType"),
                values.allowedTypes(),
                settings.classLoader());
        if (!values.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", values.problems));
        }
        return read;
    }

    /** Whether a schema may name a class: only one that a setting names, itself or its package. */
    boolean allows(String className) {
        for (String name = className; !name.isEmpty(); name = around(name)) {
            if (allowedTypes.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private static String around(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** Reads values one by one and gathers what is wrong with them. */
    private static final class Values {
        private final CodecSettings settings;
        private final List<String> problems = new ArrayList<>();

        private Values(CodecSettings settings) {
            this.settings = settings;
        }

        private @Nullable Object value(String key) {
            Object value = settings.values().get(key);
            return value instanceof String text ? text.trim() : value;
        }

        private boolean flag(String key, boolean absent) {
            Object value = value(key);
            if (value instanceof Boolean flag) {
                return flag;
            }
            String text =
                    value == null ? Boolean.toString(absent) : value.toString().toLowerCase(Locale.ROOT);
            if (!text.equals("true") && !text.equals("false")) {
                problems.add(key + " is '" + value + "', which is no truth value: use true or false");
            }
            return text.equals("true");
        }

        private String text(String key, String absent) {
            Object value = value(key);
            return value == null ? absent : value.toString();
        }

        private Draft draft() {
            String name = text(SCHEMA_SPEC_VERSION, Draft.DRAFT_7.setting());
            return Draft.named(name.toLowerCase(Locale.ROOT)).orElseGet(() -> {
                problems.add(SCHEMA_SPEC_VERSION + " is '" + name + "': use one of "
                        + names(Draft.values(), Draft::setting));
                return Draft.DRAFT_7;
            });
        }

        private @Nullable Include inclusion() {
            String name = text(DEFAULT_PROPERTY_INCLUSION, "");
            if (name.isEmpty()) {
                return null;
            }
            try {
                return Include.valueOf(name.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                problems.add(DEFAULT_PROPERTY_INCLUSION + " is '" + name + "': use one of "
                        + names(Include.values(), Include::name));
                return null;
            }
        }

        private static <T> String names(T[] values, Function<T, String> name) {
            return Arrays.stream(values).map(name).collect(Collectors.joining(", "));
        }

        private Class<?> type(String key) {
            Object value = value(key);
            if (value instanceof Class<?> type) {
                return type;
            }
            if (value == null || value.toString().isEmpty()) {
                return Object.class;
            }
            try {
                return Class.forName(value.toString(), false, settings.classLoader());
            } catch (ClassNotFoundException | LinkageError e) {
                problems.add(key + " is '" + value + "', which is no class of the application");
                return Object.class;
            }
        }

        private Set<String> allowedTypes() {
            Object value = value(TYPE_ALLOWED_PACKAGES);
            if (value == null) {
                return Set.of();
            }
            Set<String> names = new LinkedHashSet<>();
            if (value instanceof Collection<?> list) {
                list.forEach(name -> names.add(String.valueOf(name).trim()));
            } else {
                Arrays.stream(value.toString().split(",")).map(String::trim).forEach(names::add);
            }
            names.remove("");
            if (names.contains("*")) {
                problems.add(TYPE_ALLOWED_PACKAGES + " is '*', which would let any schema name any class:"
                        + " name the packages or classes");
            }
            return Set.copyOf(names);
        }
    }
}
