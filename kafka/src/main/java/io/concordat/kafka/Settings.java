package io.concordat.kafka;

import io.concordat.serdes.RecordPart;
import io.concordat.serdes.SubjectNaming;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What the keys say, for one part of the record.
 *
 * @param part the part
 * @param autoRegister whether unknown schemas are registered
 * @param useLatest whether the latest version takes the place of the value's own schema
 * @param latestTimeToLive after what time the latest version is asked for again
 * @param normalize whether schemas are brought into normal form
 * @param specific whether generated classes are used
 * @param naming where schemas are kept
 */
record Settings(
        RecordPart part,
        boolean autoRegister,
        boolean useLatest,
        Duration latestTimeToLive,
        boolean normalize,
        boolean specific,
        SubjectNaming naming) {

    /** @throws ConfigException that names every problem */
    static Settings of(Map<String, ?> configs, boolean isKey) {
        Reader reader = new Reader(configs);
        Settings settings = new Settings(
                isKey ? RecordPart.KEY : RecordPart.VALUE,
                reader.flag(RegistrySerdeConfig.AUTO_REGISTER_SCHEMAS, true),
                reader.flag(RegistrySerdeConfig.USE_LATEST_VERSION, false),
                reader.latestTimeToLive(),
                reader.flag(RegistrySerdeConfig.NORMALIZE_SCHEMAS, false),
                reader.flag(RegistrySerdeConfig.SPECIFIC_AVRO_READER, false),
                reader.naming(isKey));
        reader.failOnProblems();
        KeyAdvice.warnAbout(configs.keySet());
        return settings;
    }

    /** Reads values one by one and gathers what is wrong with them. */
    private static final class Reader {
        private final Map<String, ?> configs;
        private final List<String> problems = new ArrayList<>();

        private Reader(Map<String, ?> configs) {
            this.configs = configs;
        }

        private boolean flag(String key, boolean absent) {
            return parsed(key, ConfigDef.Type.BOOLEAN) instanceof Boolean flag ? flag : absent;
        }

        private Duration latestTimeToLive() {
            String key = RegistrySerdeConfig.LATEST_CACHE_TTL_SEC;
            long seconds = parsed(key, ConfigDef.Type.LONG) instanceof Long number ? number : 60;
            if (seconds < -1) {
                problems.add(key + " is " + seconds + ", which is neither a number of seconds nor -1 for never");
            }
            return seconds < 0 ? ChronoUnit.FOREVER.getDuration() : Duration.ofSeconds(seconds);
        }

        private SubjectNaming naming(boolean isKey) {
            String key = isKey
                    ? RegistrySerdeConfig.KEY_SUBJECT_NAME_STRATEGY
                    : RegistrySerdeConfig.VALUE_SUBJECT_NAME_STRATEGY;
            try {
                return NamingSetting.of(key, configs.get(key), configs);
            } catch (ConfigException e) {
                problems.add(e.getMessage());
                return SubjectNaming.TOPIC;
            }
        }

        private @Nullable Object parsed(String key, ConfigDef.Type type) {
            try {
                return ConfigDef.parseType(key, configs.get(key), type);
            } catch (ConfigException e) {
                problems.add(key + " is '" + configs.get(key) + "', which is no " + describe(type));
                return null;
            }
        }

        private static String describe(ConfigDef.Type type) {
            return type == ConfigDef.Type.BOOLEAN ? "truth value: use true or false" : "whole number";
        }

        private void failOnProblems() {
            if (!problems.isEmpty()) {
                throw new ConfigException("Invalid settings of a registry serializer: " + String.join("; ", problems));
            }
        }
    }
}
