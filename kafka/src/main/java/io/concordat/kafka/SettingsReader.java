package io.concordat.kafka;

import io.concordat.api.SchemaType;
import io.concordat.kafka.NamingSetting.Association;
import io.concordat.kafka.Settings.Choice;
import io.concordat.kafka.Settings.LatestCache;
import io.concordat.kafka.Settings.Registering;
import io.concordat.serdes.ContextNaming;
import io.concordat.serdes.IdPlacement;
import io.concordat.serdes.IdSource;
import io.concordat.serdes.SubjectNaming;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Reads values one by one and gathers what is wrong with them. */
final class SettingsReader {
    private static final Pattern BARE_GUID =
            Pattern.compile("(\\p{XDigit}{8})(\\p{XDigit}{4})(\\p{XDigit}{4})(\\p{XDigit}{4})(\\p{XDigit}{12})");
    private static final List<SchemaType> LANGUAGES = List.of(SchemaType.AVRO, SchemaType.JSON, SchemaType.PROTOBUF);
    private static final Duration USUAL_TIME_TO_LIVE = Duration.ofSeconds(60);
    private static final String MAX_POLL_INTERVAL_MS = "max.poll.interval.ms";
    private static final Duration USUAL_MAX_POLL_INTERVAL = Duration.ofMinutes(5);
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(10);

    private final Map<String, ?> configs;
    private final boolean isKey;
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Map<String, ?> configs, boolean isKey) {
        this.configs = configs;
        this.isKey = isKey;
    }

    void failOnProblems() {
        if (!problems.isEmpty()) {
            throw new ConfigException("Invalid settings of a registry serializer: " + String.join("; ", problems));
        }
    }

    boolean flag(String key, boolean absent) {
        return parsed(key, ConfigDef.Type.BOOLEAN, "truth value: use true or false") instanceof Boolean flag
                ? flag
                : absent;
    }

    Registering registering() {
        return new Registering(
                flag(RegistrySerdeConfig.AUTO_REGISTER_SCHEMAS, true),
                flag(RegistrySerdeConfig.NORMALIZE_SCHEMAS, false),
                flag(RegistrySerdeConfig.PROPAGATE_SCHEMA_TAGS, false),
                text(RegistrySerdeConfig.SCHEMA_FORMAT, ""));
    }

    Choice choice() {
        Integer id = number(RegistrySerdeConfig.USE_SCHEMA_ID) instanceof Integer given && given >= 0 ? given : null;
        Map<String, String> properties = properties();
        boolean latest = flag(RegistrySerdeConfig.USE_LATEST_VERSION, false);
        return new Choice(
                id,
                guid(),
                properties != null ? properties : latest ? Map.of() : null,
                flag(RegistrySerdeConfig.ID_COMPATIBILITY_STRICT, true),
                flag(RegistrySerdeConfig.LATEST_COMPATIBILITY_STRICT, true));
    }

    LatestCache latest() {
        return new LatestCache(
                seconds(RegistrySerdeConfig.LATEST_CACHE_TTL_SEC, USUAL_TIME_TO_LIVE),
                size(RegistrySerdeConfig.LATEST_CACHE_SIZE));
    }

    OptionalInt maxSchemas() {
        return size(RegistrySerdeConfig.MAX_SCHEMAS_PER_SUBJECT);
    }

    IdPlacement placement() {
        String key =
                isKey ? RegistrySerdeConfig.KEY_SCHEMA_ID_SERIALIZER : RegistrySerdeConfig.VALUE_SCHEMA_ID_SERIALIZER;
        return switch (simpleName(key, "PrefixSchemaIdSerializer")) {
            case "PrefixSchemaIdSerializer" -> IdPlacement.PREFIX;
            case "HeaderSchemaIdSerializer" -> IdPlacement.HEADER;
            default -> {
                refuse(key, "neither PrefixSchemaIdSerializer nor HeaderSchemaIdSerializer");
                yield IdPlacement.PREFIX;
            }
        };
    }

    @Nullable
    IdSource source(Choice choice) {
        String key = isKey
                ? RegistrySerdeConfig.KEY_SCHEMA_ID_DESERIALIZER
                : RegistrySerdeConfig.VALUE_SCHEMA_ID_DESERIALIZER;
        switch (simpleName(key, "DualSchemaIdDeserializer")) {
            case "DualSchemaIdDeserializer" -> {
                return IdSource.HEADER_OR_PREFIX;
            }
            case "PrefixSchemaIdDeserializer" -> {
                return IdSource.PREFIX;
            }
            case "ConfigSchemaIdDeserializer" -> {
                if (choice.id() == null && choice.guid() == null) {
                    problems.add(key + " is ConfigSchemaIdDeserializer, which needs "
                            + RegistrySerdeConfig.USE_SCHEMA_ID + " or " + RegistrySerdeConfig.USE_SCHEMA_GUID);
                }
                return null;
            }
            default -> {
                refuse(
                        key,
                        "none of DualSchemaIdDeserializer, PrefixSchemaIdDeserializer and"
                                + " ConfigSchemaIdDeserializer");
                return IdSource.HEADER_OR_PREFIX;
            }
        }
    }

    @Nullable
    SchemaType language() {
        String ofPart = isKey ? RegistrySerdeConfig.KEY_SCHEMA_TYPE : RegistrySerdeConfig.VALUE_SCHEMA_TYPE;
        String key = configs.get(ofPart) == null ? RegistrySerdeConfig.SCHEMA_TYPE : ofPart;
        String name = text(key, "");
        if (name.isEmpty()) {
            return null;
        }
        for (SchemaType type : LANGUAGES) {
            if (type.name().equals(name.toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        refuse(key, "none of AVRO, JSON and PROTOBUF");
        return null;
    }

    BadRecordPolicy badRecords() {
        String ofPart = isKey ? RegistrySerdeConfig.KEY_BAD_RECORD_POLICY : RegistrySerdeConfig.VALUE_BAD_RECORD_POLICY;
        String key = configs.get(ofPart) == null ? RegistrySerdeConfig.BAD_RECORD_POLICY : ofPart;
        return switch (text(key, "fail").toLowerCase(Locale.ROOT)) {
            case "fail" -> BadRecordPolicy.FAIL;
            case "null" -> BadRecordPolicy.NULL;
            case "wrap" -> BadRecordPolicy.WRAP;
            default -> {
                refuse(key, "none of fail, null and wrap");
                yield BadRecordPolicy.FAIL;
            }
        };
    }

    Duration outageWait() {
        String key = RegistrySerdeConfig.OUTAGE_WAIT_MS;
        Duration wait = millis(key, Duration.ZERO);
        if (wait.isNegative()) {
            problems.add(key + " is " + wait.toMillis() + ", which is negative");
            return Duration.ZERO;
        }
        Duration between = millis(MAX_POLL_INTERVAL_MS, USUAL_MAX_POLL_INTERVAL);
        Duration lastAttempt = millis(ConnectionConfig.DEADLINE_MS, USUAL_DEADLINE);
        if (!wait.isZero() && wait.plus(lastAttempt).compareTo(between) >= 0) {
            problems.add(key + " is " + wait.toMillis() + ": together with the last attempt ("
                    + ConnectionConfig.DEADLINE_MS + ", " + lastAttempt.toMillis() + ") that is not less than "
                    + MAX_POLL_INTERVAL_MS + ", " + between.toMillis() + ", after which Kafka gives the consumer up");
        }
        return wait;
    }

    /** Numbers that are none are told elsewhere, where they are settings of others. */
    private Duration millis(String key, Duration absent) {
        return parsed(key, ConfigDef.Type.LONG, "whole number") instanceof Long millis
                ? Duration.ofMillis(millis)
                : absent;
    }

    NamingSetting naming() {
        String key =
                isKey ? RegistrySerdeConfig.KEY_SUBJECT_NAME_STRATEGY : RegistrySerdeConfig.VALUE_SUBJECT_NAME_STRATEGY;
        return new NamingSetting(strategy(key), association(), contexts());
    }

    private @Nullable SubjectNaming strategy(String key) {
        Object value = configs.get(key);
        if (value == null) {
            return null;
        }
        SubjectNaming own = instance(SubjectNaming.class, key, value);
        SubjectNaming found = own != null ? own : NamingSetting.USUAL.get(NamedClass.simpleName(value));
        if (found == null && !NamedClass.simpleName(value).equals("AssociatedNameStrategy")) {
            refuse(
                    key,
                    "neither AssociatedNameStrategy, TopicNameStrategy, RecordNameStrategy or"
                            + " TopicRecordNameStrategy nor a class that implements " + SubjectNaming.class.getName());
        }
        return found;
    }

    private @Nullable ContextNaming contexts() {
        String key = RegistrySerdeConfig.CONTEXT_NAME_STRATEGY;
        Object value = configs.get(key);
        if (value == null || NamedClass.simpleName(value).equals("NullContextNameStrategy")) {
            return null;
        }
        ContextNaming own = instance(ContextNaming.class, key, value);
        if (own == null) {
            refuse(key, "neither NullContextNameStrategy nor a class that implements " + ContextNaming.class.getName());
        }
        return own;
    }

    private <T> @Nullable T instance(Class<T> role, String key, Object value) {
        try {
            return NamedClass.instance(role, key, value, configs);
        } catch (ConfigException e) {
            problems.add(e.getMessage());
            return null;
        }
    }

    private Association association() {
        String cluster = text(RegistrySerdeConfig.SUBJECT_NAME_STRATEGY_KAFKA_CLUSTER_ID, "");
        Duration expiry =
                seconds(RegistrySerdeConfig.SUBJECT_NAME_STRATEGY_CACHE_EXPIRY_SECS, ChronoUnit.FOREVER.getDuration());
        return new Association(
                cluster.isEmpty() ? null : cluster,
                fallback(),
                expiry.equals(ChronoUnit.FOREVER.getDuration()) ? null : expiry,
                size(RegistrySerdeConfig.SUBJECT_NAME_STRATEGY_CACHE_SIZE).orElse(Association.USUAL_SIZE));
    }

    private @Nullable SubjectNaming fallback() {
        String key = RegistrySerdeConfig.SUBJECT_NAME_STRATEGY_FALLBACK_TYPE;
        return switch (text(key, "TOPIC").toUpperCase(Locale.ROOT)) {
            case "TOPIC" -> SubjectNaming.TOPIC;
            case "RECORD" -> SubjectNaming.RECORD;
            case "TOPIC_RECORD" -> SubjectNaming.TOPIC_RECORD;
            case "NONE" -> null;
            default -> {
                refuse(key, "none of TOPIC, RECORD, TOPIC_RECORD and NONE");
                yield null;
            }
        };
    }

    private @Nullable UUID guid() {
        String text = text(RegistrySerdeConfig.USE_SCHEMA_GUID, "");
        if (text.isEmpty()) {
            return null;
        }
        try {
            return UUID.fromString(BARE_GUID.matcher(text).replaceFirst("$1-$2-$3-$4-$5"));
        } catch (IllegalArgumentException e) {
            refuse(RegistrySerdeConfig.USE_SCHEMA_GUID, "no GUID");
            return null;
        }
    }

    /** Null if none are set. */
    private @Nullable Map<String, String> properties() {
        String key = RegistrySerdeConfig.USE_LATEST_WITH_METADATA;
        Object value = configs.get(key);
        if (value == null || value.toString().isBlank()) {
            return null;
        }
        try {
            return value instanceof Map<?, ?> map ? texts(map) : MetadataList.parse(listed(value));
        } catch (IllegalArgumentException e) {
            problems.add(key + " is '" + value + "': " + e.getMessage());
            return null;
        }
    }

    private static Map<String, String> texts(Map<?, ?> map) {
        Map<String, String> texts = new HashMap<>();
        map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        return texts;
    }

    private static String listed(Object value) {
        return value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : value.toString();
    }

    /** -1 says for ever. */
    private Duration seconds(String key, Duration absent) {
        if (!(parsed(key, ConfigDef.Type.LONG, "whole number") instanceof Long seconds)) {
            return absent;
        }
        if (seconds < -1) {
            problems.add(key + " is " + seconds + ", which is neither a number of seconds nor -1 for never");
        }
        return seconds < 0 ? ChronoUnit.FOREVER.getDuration() : Duration.ofSeconds(seconds);
    }

    private OptionalInt size(String key) {
        Object size = number(key);
        if (!(size instanceof Integer number)) {
            return OptionalInt.empty();
        }
        if (number < 1) {
            problems.add(key + " is " + number + ", which is not positive");
            return OptionalInt.empty();
        }
        return OptionalInt.of(number);
    }

    private @Nullable Object number(String key) {
        return parsed(key, ConfigDef.Type.INT, "whole number");
    }

    private @Nullable Object parsed(String key, ConfigDef.Type type, String kind) {
        try {
            return ConfigDef.parseType(key, configs.get(key), type);
        } catch (ConfigException e) {
            refuse(key, "no " + kind);
            return null;
        }
    }

    private String simpleName(String key, String absent) {
        Object value = configs.get(key);
        return value == null ? absent : NamedClass.simpleName(value);
    }

    private String text(String key, String absent) {
        Object value = configs.get(key);
        return value == null || value.toString().isBlank()
                ? absent
                : value.toString().trim();
    }

    private void refuse(String key, String what) {
        Object value = configs.get(key);
        problems.add(key + " is '" + (value == null ? "" : NamedClass.shown(value)) + "', which is " + what);
    }
}
