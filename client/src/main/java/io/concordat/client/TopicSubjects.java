package io.concordat.client;

import io.concordat.api.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Subjects by the part of a topic's records they describe, as the usual naming tells.
 *
 * @param keys the topics with a schema for keys: {@link Subject#key(String)} gives the subject
 * @param values the topics with a schema for values: {@link Subject#value(String)} gives the subject
 * @param others the subjects that are not named after a topic
 */
public record TopicSubjects(List<String> keys, List<String> values, List<Subject> others) {
    private static final String KEY = "-key";
    private static final String VALUE = "-value";

    public TopicSubjects {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
        others = List.copyOf(others);
    }

    static TopicSubjects of(Collection<Subject> subjects) {
        List<String> keys = new ArrayList<>();
        List<String> values = new ArrayList<>();
        List<Subject> others = new ArrayList<>();
        for (Subject subject : subjects) {
            if (hasSuffix(subject, KEY)) {
                keys.add(topic(subject, KEY));
            } else if (hasSuffix(subject, VALUE)) {
                values.add(topic(subject, VALUE));
            } else {
                others.add(subject);
            }
        }
        return new TopicSubjects(keys, values, others);
    }

    private static boolean hasSuffix(Subject subject, String suffix) {
        return subject.name().length() > suffix.length() && subject.name().endsWith(suffix);
    }

    private static String topic(Subject subject, String suffix) {
        String name = subject.qualified();
        return name.substring(0, name.length() - suffix.length());
    }
}
