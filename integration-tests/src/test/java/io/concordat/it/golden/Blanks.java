package io.concordat.it.golden;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The blanks in the requests of one conversation, and what has been put into them. */
final class Blanks {
    private static final Pattern BLANK = Pattern.compile("\\{\\{(\\w+)}}");

    private final Map<String, Object> values = new HashMap<>();

    Blanks(String subjectPrefix, String identifier) {
        values.put("S", subjectPrefix);
        values.put("N", identifier);
    }

    /** A blank for which no answer has given a value. */
    static final class MissingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingException(String name) {
            super("No earlier answer has given a value for {{" + name + "}}");
        }
    }

    /** Remembers what an answer has at some place, if it has. */
    void save(String name, @Nullable Object answer, String place) {
        Object value = answer;
        for (String token : place.split("/", -1)) {
            if (token.isEmpty()) {
                continue;
            }
            if (value instanceof Map<?, ?> members) {
                value = members.get(token);
            } else if (value instanceof List<?> elements
                    && token.matches("\\d+")
                    && Integer.parseInt(token) < elements.size()) {
                value = elements.get(Integer.parseInt(token));
            } else {
                return;
            }
        }
        if (value != null) {
            values.put(name, value);
        }
    }

    /** @throws MissingException if a blank has no value */
    String filled(String text) {
        return BLANK.matcher(text).replaceAll(blank -> Matcher.quoteReplacement(String.valueOf(value(blank))));
    }

    /**
     * The same JSON value with its blanks filled; a text that is nothing but a blank becomes the value itself.
     *
     * @throws MissingException if a blank has no value
     */
    @Nullable
    Object filled(@Nullable Object json) {
        if (json instanceof String text) {
            Matcher whole = BLANK.matcher(text);
            return whole.matches() ? value(whole) : filled(text);
        }
        if (json instanceof List<?> elements) {
            List<@Nullable Object> filled = new ArrayList<>();
            elements.forEach(element -> filled.add(filled(element)));
            return filled;
        }
        if (json instanceof Map<?, ?> members) {
            Map<String, @Nullable Object> filled = new LinkedHashMap<>();
            members.forEach((name, value) -> filled.put(filled(String.valueOf(name)), filled(value)));
            return filled;
        }
        return json;
    }

    private Object value(MatchResult blank) {
        Object value = values.get(blank.group(1));
        if (value == null) {
            throw new MissingException(blank.group(1));
        }
        return value;
    }
}
