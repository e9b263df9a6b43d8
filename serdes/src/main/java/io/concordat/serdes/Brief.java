package io.concordat.serdes;

import io.concordat.api.IncompatibleSchemaException;
import io.concordat.api.RegistryException;

/** What others say, short enough for a log: schemas that they quote are left out. */
final class Brief {
    private static final int SHORT = 40;
    private static final int LONGEST = 800;

    private Brief() {}

    static String message(Throwable failure) {
        return of(String.valueOf(failure.getMessage()));
    }

    /** A text without the JSON objects in it, but for small ones, and cut where it is too long even so. */
    static String of(String text) {
        StringBuilder result = new StringBuilder(Math.min(text.length(), LONGEST));
        int from = 0;
        for (int begin = text.indexOf("{\""); begin >= 0; begin = text.indexOf("{\"", from)) {
            int end = endOfObject(text, begin);
            result.append(text, from, begin);
            result.append(end - begin <= SHORT ? text.substring(begin, end) : "{...}");
            from = end;
        }
        result.append(text, from, text.length());
        return result.length() <= LONGEST ? result.toString() : result.substring(0, LONGEST) + " ...";
    }

    /** Braces within texts of the object are few, and at worst cost a bit more or less of the message. */
    private static int endOfObject(String text, int begin) {
        int depth = 0;
        for (int i = begin; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '{') {
                depth++;
            } else if (character == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    /** A registry's failure with what it was about: the same code, the failure itself as the cause. */
    static RegistryException located(String verb, Origin origin, String unnamed, RegistryException failure) {
        if (failure instanceof MessageFailure) {
            return failure;
        }
        String message = "Cannot " + verb + " " + origin.describe(unnamed) + ": " + message(failure);
        return failure instanceof IncompatibleSchemaException refusal
                ? new LocatedRefusal(message, origin, refusal)
                : new LocatedRegistryException(message, origin, failure);
    }
}
