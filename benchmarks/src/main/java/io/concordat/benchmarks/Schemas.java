package io.concordat.benchmarks;

import io.concordat.api.json.Json;
import java.util.Map;

/** Avro records of about one kilobyte, each another one. */
public final class Schemas {
    private static final int FIELDS = 9;

    private Schemas() {}

    /** The text of a schema as a program sends it. */
    public static String text(int number) {
        return text("Event" + number, "last");
    }

    /** A text that may follow any other of this kind: all have the same fields but one, which has a default. */
    public static String version(int number) {
        return text("Versioned", "of_version_" + number);
    }

    /** The body of a request with such a text. */
    public static byte[] body(String text) {
        return Json.write(Map.of("schema", text));
    }

    private static String text(String name, String last) {
        StringBuilder text = new StringBuilder("{\"type\": \"record\", \"name\": \"" + name + "\", \"fields\": [");
        for (int i = 0; i < FIELDS; i++) {
            text.append("{\"name\": \"field_number_" + i + "\", \"type\": \"" + (i % 2 == 0 ? "string" : "long")
                    + "\", \"doc\": \"What stands in field number " + i + " of the event\"}, ");
        }
        return text.append("{\"name\": \"" + last + "\", \"type\": [\"null\", \"string\"], \"default\": null}]}")
                .toString();
    }
}
