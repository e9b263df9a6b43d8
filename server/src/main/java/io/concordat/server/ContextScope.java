package io.concordat.server;

import io.concordat.api.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code /contexts/{context}} before the path of a route means to it. */
enum ContextScope {
    /** Nothing. */
    NONE,
    /** The subject in the path is one of the context. */
    SUBJECT {
        @Override
        Map<String, String> path(Map<String, String> path, Context context) {
            return with(path, "subject", qualified(path.getOrDefault("subject", ""), context));
        }
    },
    /** The subject among the parameters is one of the context, or the context itself if none is there. */
    SUBJECT_PARAMETER {
        @Override
        Map<String, List<String>> query(Map<String, List<String>> query, Context context) {
            return with(query, "subject", qualifiedFirst(query, "subject", context));
        }
    },
    /** Only subjects of the context are listed. */
    PREFIX_PARAMETER {
        @Override
        Map<String, List<String>> query(Map<String, List<String>> query, Context context) {
            return with(query, "subjectPrefix", qualifiedFirst(query, "subjectPrefix", context));
        }
    };

    /** The values of the names in the route's path, as seen from the context. */
    Map<String, String> path(Map<String, String> path, Context context) {
        return path;
    }

    /** The parameters, as seen from the context. */
    Map<String, List<String>> query(Map<String, List<String>> query, Context context) {
        return query;
    }

    private static List<String> qualifiedFirst(Map<String, List<String>> query, String name, Context context) {
        List<String> values = query.getOrDefault(name, List.of());
        return List.of(qualified(values.isEmpty() ? "" : values.get(0), context));
    }

    /** A name that says its context itself keeps it. */
    private static String qualified(String name, Context context) {
        return name.startsWith(":.") || name.startsWith(":*:") ? name : ":" + context.name() + ":" + name;
    }

    private static <T> Map<String, T> with(Map<String, T> values, String name, T value) {
        Map<String, T> changed = new HashMap<>(values);
        changed.put(name, value);
        return changed;
    }
}
