package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;

/** A part of a schema, printed for a person: no longer than fits on a few lines however large the schema is. */
final class Fragment {
    private static final int LONGEST = 300;
    private static final int DEEPEST = 6;
    private static final String CUT = "...";

    private final StringBuilder text = new StringBuilder();

    private Fragment() {}

    static String of(JsonNode json) {
        Fragment fragment = new Fragment();
        fragment.print(json, 0);
        return fragment.shortened();
    }

    private String shortened() {
        return text.length() <= LONGEST ? text.toString() : text.substring(0, LONGEST - CUT.length()) + CUT;
    }

    private boolean isFull() {
        return text.length() > LONGEST;
    }

    private void print(JsonNode json, int depth) {
        if (isFull()) {
            return;
        }
        if (json.isContainerNode() && depth == DEEPEST) {
            text.append(CUT);
        } else if (json.isObject()) {
            printMembers(json, depth);
        } else if (json.isArray()) {
            printElements(json, depth);
        } else {
            text.append(json);
        }
    }

    private void printMembers(JsonNode json, int depth) {
        text.append('{');
        Iterator<Map.Entry<String, JsonNode>> members = json.properties().iterator();
        while (members.hasNext() && !isFull()) {
            Map.Entry<String, JsonNode> member = members.next();
            text.append('"').append(member.getKey()).append("\":");
            print(member.getValue(), depth + 1);
            text.append(members.hasNext() ? "," : "");
        }
        text.append('}');
    }

    private void printElements(JsonNode json, int depth) {
        text.append('[');
        Iterator<JsonNode> elements = json.elements();
        while (elements.hasNext() && !isFull()) {
            print(elements.next(), depth + 1);
            text.append(elements.hasNext() ? "," : "");
        }
        text.append(']');
    }
}
