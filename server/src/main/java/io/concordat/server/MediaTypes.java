package io.concordat.server;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The media types that the server speaks. */
final class MediaTypes {
    /** What is answered if the client does not care. */
    static final String PREFERRED = "application/vnd.schemaregistry.v1+json";

    static final String JSON = "application/json";

    /** What can be answered, dearest first. */
    static final List<String> PRODUCED = List.of(PREFERRED, "application/vnd.schemaregistry+json", JSON);

    /** A body without a type comes as bytes from some clients. */
    static final List<String> READ =
            List.of(PREFERRED, "application/vnd.schemaregistry+json", JSON, "application/octet-stream");

    private MediaTypes() {}

    /** What a content type says about a body. */
    enum Reading {
        POSSIBLE,
        UNSUPPORTED,
        MALFORMED
    }

    static Reading reading(@Nullable String contentType) {
        if (contentType == null) {
            return Reading.POSSIBLE;
        }
        String type = essence(contentType);
        int slash = type.indexOf('/');
        if (slash <= 0 || slash == type.length() - 1) {
            return Reading.MALFORMED;
        }
        return READ.contains(type) ? Reading.POSSIBLE : Reading.UNSUPPORTED;
    }

    /**
     * The type of the answer: the one the client likes best, and of several the one the server likes best.
     *
     * @return empty if the client accepts none
     */
    static Optional<String> negotiate(@Nullable String accept) {
        if (accept == null || accept.isBlank() || accept.equals("*/*") || accept.equals(PREFERRED)) {
            return Optional.of(PREFERRED);
        }
        String[] ranges = accept.split(",", -1);
        Optional<String> best = Optional.empty();
        double bestQuality = 0;
        for (String candidate : PRODUCED) {
            double quality = quality(candidate, ranges);
            if (quality > bestQuality) {
                best = Optional.of(candidate);
                bestQuality = quality;
            }
        }
        return best;
    }

    /** The quality that the most specific of the ranges gives to a type. */
    private static double quality(String type, String[] ranges) {
        double quality = 0;
        int specific = 0;
        for (String range : ranges) {
            int match = match(type, essence(range));
            if (match > specific) {
                specific = match;
                quality = quality(range);
            }
        }
        return quality;
    }

    private static int match(String type, String range) {
        if (range.equals(type)) {
            return 3;
        }
        if (range.equals("application/*")) {
            return 2;
        }
        return range.equals("*/*") ? 1 : 0;
    }

    private static double quality(String range) {
        for (String parameter : range.split(";", -1)) {
            String text = parameter.trim().toLowerCase(Locale.ROOT);
            if (text.startsWith("q=")) {
                try {
                    return Double.parseDouble(text.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }

    /** The type without its parameters. */
    private static String essence(String text) {
        int parameters = text.indexOf(';');
        return (parameters < 0 ? text : text.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    }
}
