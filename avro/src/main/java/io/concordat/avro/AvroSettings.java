package io.concordat.avro;

import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.avro.classes.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What an application says about Avro's values.
 *
 * @param generated where generated classes are looked for, or null if they are not wanted
 * @param type the class that values are of; null if they tell themselves
 * @param reflection whether schemas are derived as Avro's reflection does
 * @param allowNull whether reflection lets anything be null that may be
 * @param converters whether logical types become Java's own in generic records
 * @param withoutJavaProperties whether schemas are registered without attributes for Java alone
 * @param exact whether bytes behind a record are an error
 * @param effort what records may cost
 */
record AvroSettings(
        @Nullable ClassLoader generated,
        @Nullable Class<?> type,
        boolean reflection,
        boolean allowNull,
        boolean converters,
        boolean withoutJavaProperties,
        boolean exact,
        Effort effort) {
    static final String SPECIFIC = "specific.avro.reader";
    static final String KEY_TYPE = "specific.avro.key.type";
    static final String VALUE_TYPE = "specific.avro.value.type";
    static final String REFLECTION = "schema.reflection";
    static final String ALLOW_NULL = "avro.reflection.allow.null";
    static final String CONVERTERS = "avro.use.logical.type.converters";
    static final String WITHOUT_JAVA_PROPERTIES = "avro.remove.java.properties";
    static final String EXACT = "avro.fail.on.trailing.data";

    static final Set<String> NAMES = Stream.concat(
                    Stream.of(
                            SPECIFIC,
                            KEY_TYPE,
                            VALUE_TYPE,
                            REFLECTION,
                            ALLOW_NULL,
                            CONVERTERS,
                            WITHOUT_JAVA_PROPERTIES,
                            EXACT),
                    Effort.NAMES.stream())
            .collect(Collectors.toUnmodifiableSet());

    static final AvroSettings DEFAULT = new AvroSettings(null, null, false, false, false, false, false, Effort.DEFAULT);

    /** What is known about a class that no schema was the origin of. */
    JavaClass javaClass(Class<?> plain) {
        return reflection ? JavaClass.reflected(plain, allowNull) : JavaClass.of(plain);
    }

    AvroSettings withType(Class<?> newType) {
        return new AvroSettings(
                generated, newType, reflection, allowNull, converters, withoutJavaProperties, exact, effort);
    }

    AvroSettings withEffort(Effort newEffort) {
        return new AvroSettings(
                generated, type, reflection, allowNull, converters, withoutJavaProperties, exact, newEffort);
    }

    /** @param effort what is not set otherwise */
    static AvroSettings of(CodecSettings settings, Effort effort) {
        Parsing parsing = new Parsing(settings, effort);
        AvroSettings parsed = parsing.parsed();
        if (!parsing.problems.isEmpty()) {
            throw new IllegalArgumentException("Invalid Avro settings: " + String.join("; ", parsing.problems));
        }
        return parsed;
    }

    /** Reads settings, and gathers what is wrong with them. */
    private static final class Parsing {
        private final Map<String, ?> values;
        private final CodecSettings settings;
        private final Effort effort;
        private final List<String> problems = new ArrayList<>();

        private Parsing(CodecSettings settings, Effort effort) {
            this.settings = settings;
            this.effort = effort;
            this.values = settings.values();
        }

        private AvroSettings parsed() {
            boolean specific = bool(SPECIFIC);
            AvroSettings parsed = new AvroSettings(
                    specific ? settings.classLoader() : null,
                    type(settings.forKeys() ? KEY_TYPE : VALUE_TYPE, specific),
                    bool(REFLECTION),
                    bool(ALLOW_NULL),
                    bool(CONVERTERS),
                    bool(WITHOUT_JAVA_PROPERTIES),
                    bool(EXACT),
                    effort.with(settings, problems));
            requireSchema(parsed);
            if (parsed.allowNull && !parsed.reflection) {
                Advice.warnOnce("'" + ALLOW_NULL + "' has no effect without '" + REFLECTION + "'");
            }
            if (parsed.reflection && specific) {
                Advice.warnOnce("'" + SPECIFIC + "' and '" + REFLECTION
                        + "' are both true: generated classes are read where there are any");
            }
            return parsed;
        }

        /** A class without a schema would make every record a bad one. */
        private void requireSchema(AvroSettings parsed) {
            Class<?> type = parsed.type;
            if (type == null || GenericContainer.class.isAssignableFrom(type)) {
                return;
            }
            try {
                parsed.javaClass(type).schema();
            } catch (InvalidSchemaException e) {
                problems.add("'" + (settings.forKeys() ? KEY_TYPE : VALUE_TYPE) + "' names a class without a schema: "
                        + e.getMessage());
            }
        }

        private boolean bool(String key) {
            Object value = values.get(key);
            if (value == null || value instanceof Boolean) {
                return Boolean.TRUE.equals(value);
            }
            String text = value.toString().strip().toLowerCase(Locale.ROOT);
            if (!text.equals("true") && !text.equals("false")) {
                problems.add("'" + key + "' is '" + value + "', which is neither true nor false");
            }
            return text.equals("true");
        }

        private @Nullable Class<?> type(String key, boolean specific) {
            Object value = values.get(key);
            Class<?> type = value == null || value instanceof Class ? (Class<?>) value : named(key, value.toString());
            if (type != null && !specific && SpecificRecord.class.isAssignableFrom(type)) {
                Advice.warnOnce("'" + key + "' has no effect without '" + SPECIFIC + "': set that to true to read "
                        + type.getName());
                return null;
            }
            return type;
        }

        /** Looks a class up without initialising it. */
        private @Nullable Class<?> named(String key, String name) {
            try {
                return Class.forName(name.strip(), false, settings.classLoader());
            } catch (ClassNotFoundException | LinkageError e) {
                problems.add("'" + key + "' names the class '" + name + "', which the application does not have: " + e);
                return null;
            }
        }
    }
}
