package io.concordat.it.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes answers of different servers alike: ids become {@code #1}, {@code #2} in the order in which they are first seen,
 * timestamps and random values disappear, and so does what is particular to the scenario.
 */
final class Likeness {
    private static final Set<String> IDS = Set.of("id", "schemaId");

    private final Map<Integer, String> ids = new LinkedHashMap<>();
    private final String subjectPrefix;
    private final String identifier;

    Likeness(String subjectPrefix, String identifier) {
        this.subjectPrefix = subjectPrefix;
        this.identifier = identifier;
    }

    /** A list of ids, which nothing but its path tells from a list of numbers. */
    List<Object> ofIds(List<?> answer) {
        List<Object> alike = new ArrayList<>();
        answer.forEach(id -> alike.add(id((Integer) id)));
        return alike;
    }

    @Nullable
    Object of(@Nullable Object answer) {
        if (answer instanceof String text) {
            return of(text);
        }
        if (answer instanceof List<?> elements) {
            List<@Nullable Object> alike = new ArrayList<>();
            elements.forEach(element -> alike.add(of(element)));
            return alike;
        }
        if (answer instanceof Map<?, ?> members) {
            Map<String, @Nullable Object> alike = new LinkedHashMap<>();
            members.forEach((name, value) -> alike.put((String) name, member(members, (String) name, value)));
            return alike;
        }
        return answer;
    }

    private String of(String text) {
        return text.replace(subjectPrefix, "{{S}}").replace(identifier, "{{N}}");
    }

    private @Nullable Object member(Map<?, ?> object, String name, @Nullable Object value) {
        if (IDS.contains(name) && value instanceof Integer id) {
            return id > 0 ? id(id) : value;
        }
        if ((name.equals("ts") || name.endsWith("Ts")) && value instanceof Number) {
            return "<ts>";
        }
        if (name.equals("guid") && object.containsKey("resourceId")) {
            return "<random>";
        }
        if (name.equals("kafka-cluster")) {
            return "<cluster>";
        }
        return name.equals("message") && value instanceof String text ? message(text) : of(value);
    }

    private String id(int id) {
        return ids.computeIfAbsent(id, unseen -> "#" + (ids.size() + 1));
    }

    private String message(String text) {
        String alike = text;
        for (Map.Entry<Integer, String> id : ids.entrySet()) {
            alike = Pattern.compile("\\b(id:?|Schema|ID) " + id.getKey() + "\\b")
                    .matcher(alike)
                    .replaceAll("$1 " + id.getValue());
        }
        return of(alike);
    }
}
