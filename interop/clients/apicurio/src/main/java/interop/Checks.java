package interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A group of checks, in the lines that interop/run reads. */
final class Checks {
    private static boolean anyFailed;

    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private final Set<String> worked = new TreeSet<>();
    private int passed;

    private Checks() {}

    interface Body {
        void run() throws Exception;
    }

    interface Group {
        void run(Checks checks) throws Exception;
    }

    static void group(String name, Group body) {
        Checks checks = new Checks();
        try {
            body.run(checks);
        } catch (Exception e) {
            checks.failures.add(trace(e));
        }
        checks.worked.stream()
                .filter(limit -> !checks.leftOut.containsKey(limit))
                .forEach(limit -> checks.failures.add("it is no longer true: " + limit));
        if (checks.passed == 0 && checks.failures.isEmpty()) {
            checks.failures.add("nothing was checked");
        }
        checks.failures.forEach(failure -> System.out.println("    " + failure.replace("\n", "\n    ")));
        checks.leftOut.forEach((reason, times) ->
                System.out.println("deviation: " + name + ", " + times + " left out: " + reason));
        int failed = checks.failures.size();
        anyFailed |= failed > 0;
        System.out.println(
                failed == 0
                        ? "passed " + name + ": " + checks.passed + " checks"
                        : "FAILED " + name + ": " + failed + " of " + (checks.passed + failed) + " checks");
    }

    void check(String what, Body body) {
        check("", what, body);
    }

    /**
     * @param limit why the client cannot do what is checked, on any registry; empty if it can. Not all that has the same limit
     *     may work.
     */
    void check(String limit, String what, Body body) {
        try {
            body.run();
            passed++;
            if (!limit.isEmpty()) {
                worked.add(limit);
            }
        } catch (Exception | LinkageError e) {
            if (limit.isEmpty()) {
                failures.add(what + ": " + trace(e));
            } else {
                leftOut.merge(limit, 1, Integer::sum);
            }
        }
    }

    static int status() {
        return anyFailed ? 1 : 0;
    }

    /** A number is the same however it is written. */
    static void same(JsonNode actual, JsonNode expected) {
        if (!isSame(actual, expected)) {
            throw new IllegalStateException("expected " + expected + ", got " + actual);
        }
    }

    static void same(String actual, String expected) {
        if (!actual.equals(expected)) {
            throw new IllegalStateException("expected " + expected + ", got " + actual);
        }
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.getNodeType() != other.getNodeType() || one.size() != other.size()) {
            return false;
        }
        if (one.isArray()) {
            for (int i = 0; i < one.size(); i++) {
                if (!isSame(one.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (one.isObject()) {
            for (Iterator<String> names = one.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (!other.has(name) || !isSame(one.get(name), other.get(name))) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString().strip();
    }
}
