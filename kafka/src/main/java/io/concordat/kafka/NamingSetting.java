package io.concordat.kafka;

import io.concordat.serdes.SubjectNaming;
import java.util.Map;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The value of a subject name strategy's key. */
final class NamingSetting {
    private static final Map<String, SubjectNaming> USUAL = Map.of(
            "TopicNameStrategy", SubjectNaming.TOPIC,
            "RecordNameStrategy", SubjectNaming.RECORD,
            "TopicRecordNameStrategy", SubjectNaming.TOPIC_RECORD);

    private NamingSetting() {}

    /** @throws ConfigException if the value names no strategy */
    static SubjectNaming of(String key, @Nullable Object value, Map<String, ?> configs) {
        if (value == null) {
            return SubjectNaming.TOPIC;
        }
        SubjectNaming naming = find(key, value);
        if (naming == null) {
            throw new ConfigException(key + " is '" + (value instanceof Class<?> type ? type.getName() : value)
                    + "', which is neither TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy nor a class"
                    + " that implements " + SubjectNaming.class.getName());
        }
        if (naming instanceof Configurable configurable) {
            configurable.configure(configs);
        }
        return naming;
    }

    private static @Nullable SubjectNaming find(String key, Object value) {
        if (value instanceof SubjectNaming naming) {
            return naming;
        }
        Class<?> type =
                value instanceof Class<?> given ? given : load(value.toString().trim());
        if (type != null && SubjectNaming.class.isAssignableFrom(type)) {
            return instance(key, type.asSubclass(SubjectNaming.class));
        }
        String name = type != null ? type.getName() : value.toString().trim();
        return USUAL.get(name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1));
    }

    private static @Nullable Class<?> load(String name) {
        Class<?> ofApplication = load(name, Thread.currentThread().getContextClassLoader());
        return ofApplication != null ? ofApplication : load(name, NamingSetting.class.getClassLoader());
    }

    private static @Nullable Class<?> load(String name, @Nullable ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static SubjectNaming instance(String key, Class<? extends SubjectNaming> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            ConfigException problem = new ConfigException(
                    key + ": " + type.getName() + " cannot be made with a public constructor without arguments: " + e);
            problem.initCause(e);
            throw problem;
        }
    }
}
