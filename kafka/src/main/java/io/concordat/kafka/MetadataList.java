package io.concordat.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of names and values in one text: {@code name=value,other=value}. What stands between two {@code '} is taken as it is,
 * two of them within stand for one.
 */
final class MetadataList {
    private static final char QUOTE = '\'';

    private MetadataList() {}

    /** @throws IllegalArgumentException that says what is wrong with it */
    static Map<String, String> parse(String text) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String item : items(text)) {
            int equals = item.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'" + item + "' is not of the form name=value");
            }
            String name = item.substring(0, equals).trim();
            if (properties.put(name, item.substring(equals + 1).trim()) != null) {
                throw new IllegalArgumentException("'" + name + "' is there twice");
            }
        }
        return properties;
    }

    private static List<String> items(String text) {
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == QUOTE && quoted && i + 1 < text.length() && text.charAt(i + 1) == QUOTE) {
                item.append(QUOTE);
                i++;
            } else if (character == QUOTE) {
                quoted = !quoted;
            } else if (character == ',' && !quoted) {
                items.add(item.toString());
                item.setLength(0);
            } else {
                item.append(character);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote (') is not closed");
        }
        items.add(item.toString());
        return items;
    }
}
