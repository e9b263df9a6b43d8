package io.concordat.protobuf;

import com.google.protobuf.Message;
import io.concordat.api.format.CodecSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an application says about Protobuf.
 *
 * @param referenceSubject the subject under which an imported file is registered, by its path
 * @param looksReferencesUp whether imported files have to be registered already
 * @param skipsKnown whether well-known files are imported without a reference
 * @param specificType the generated class that records are read into, whatever they are; null for none
 * @param derivesType whether records are read into the class that their schema names
 * @param classLoader where that class is looked for
 */
record ProtobufSettings(
        UnaryOperator<String> referenceSubject,
        boolean looksReferencesUp,
        boolean skipsKnown,
        @Nullable Class<? extends Message> specificType,
        boolean derivesType,
        ClassLoader classLoader) {
    static final String REFERENCE_NAMING = "reference.subject.name.strategy";
    static final String LOOKUP_ONLY = "reference.lookup.only";
    static final String SKIP_KNOWN = "skip.known.types";
    static final String KEY_TYPE = "specific.protobuf.key.type";
    static final String VALUE_TYPE = "specific.protobuf.value.type";
    static final String DERIVE_TYPE = "derive.type";

    static final Set<String> NAMES =
            Set.of(REFERENCE_NAMING, LOOKUP_ONLY, SKIP_KNOWN, KEY_TYPE, VALUE_TYPE, DERIVE_TYPE);

    static final ProtobufSettings DEFAULT = new ProtobufSettings(
            UnaryOperator.identity(), false, true, null, false, ProtobufSettings.class.getClassLoader());

    /** @throws IllegalArgumentException if a value makes no sense; the message names every such setting */
    static ProtobufSettings of(CodecSettings settings) {
        return new Reading(settings).all();
    }

    /** Reads values one by one and gathers what is wrong with them. */
    private static final class Reading {
        private final Map<String, ?> values;
        private final CodecSettings settings;
        private final List<String> problems = new ArrayList<>();

        Reading(CodecSettings settings) {
            this.values = settings.values();
            this.settings = settings;
        }

        ProtobufSettings all() {
            ProtobufSettings read = new ProtobufSettings(
                    naming(),
                    flag(LOOKUP_ONLY, false),
                    flag(SKIP_KNOWN, true),
                    messageClass(settings.forKeys() ? KEY_TYPE : VALUE_TYPE),
                    flag(DERIVE_TYPE, false),
                    settings.classLoader());
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", problems));
            }
            return read;
        }

        private boolean flag(String key, boolean absent) {
            Object value = values.get(key);
            if (value == null || value instanceof Boolean) {
                return value == null ? absent : (Boolean) value;
            }
            return switch (value.toString().trim().toLowerCase(java.util.Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> {
                    problems.add(key + " is '" + value + "', neither true nor false");
                    yield absent;
                }
            };
        }

        private UnaryOperator<String> naming() {
            Object value = values.get(REFERENCE_NAMING);
            String name = value instanceof Class<?> type ? type.getName() : String.valueOf(value);
            return switch (name.substring(name.lastIndexOf('.') + 1)) {
                case "null", "DefaultReferenceSubjectNameStrategy" -> UnaryOperator.identity();
                case "QualifiedReferenceSubjectNameStrategy" -> Reading::qualified;
                default -> {
                    problems.add(
                            REFERENCE_NAMING + " is '" + name + "', neither DefaultReferenceSubjectNameStrategy nor"
                                    + " QualifiedReferenceSubjectNameStrategy");
                    yield UnaryOperator.identity();
                }
            };
        }

        private static String qualified(String path) {
            String name = path.endsWith(".proto") ? path.substring(0, path.length() - ".proto".length()) : path;
            return name.replace('/', '.');
        }

        private @Nullable Class<? extends Message> messageClass(String key) {
            Object value = values.get(key);
            if (value == null || value.equals(Object.class) || value.equals(Object.class.getName())) {
                return null;
            }
            try {
                Class<?> type = value instanceof Class<?> given
                        ? given
                        : Class.forName(value.toString().trim(), true, settings.classLoader());
                return GeneratedClasses.requireMessage(type);
            } catch (ClassNotFoundException | LinkageError e) {
                problems.add(key + " is '" + value + "', and there is no such class");
            } catch (IllegalArgumentException e) {
                problems.add(key + " is '" + value + "', which is no class that protoc has generated for a message");
            }
            return null;
        }
    }
}
