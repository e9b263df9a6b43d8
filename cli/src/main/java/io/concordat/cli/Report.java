package io.concordat.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the demo tells, in numbered steps, and how many of its comparisons held. For one thread. */
final class Report {
    private final Console console;
    private int steps;
    private int held;
    private int failed;

    Report(Console console) {
        this.console = console;
    }

    void title(String text) {
        console.print(console.bold(text));
    }

    void step(String text) {
        steps++;
        console.print("");
        console.print(console.bold(steps + ". " + text));
    }

    void line(String text) {
        console.print("   " + text);
    }

    /** Compares and says so. */
    void compare(String what, @Nullable Object expected, @Nullable Object actual) {
        if (expect(what, expected, actual)) {
            line(console.good("same") + "  " + what);
        }
    }

    /** Compares, and says something only if it does not hold. */
    boolean expect(String what, @Nullable Object expected, @Nullable Object actual) {
        if (expected == null ? actual == null : expected.equals(actual)) {
            held++;
            return true;
        }
        failed++;
        line(console.bad("DIFFERENT") + "  " + what);
        line("           expected " + expected);
        line("           but got  " + actual);
        return false;
    }

    /** Says how it all went. */
    boolean verdict(long millis) {
        console.print("");
        String time = String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        if (failed == 0) {
            console.print(console.good("All " + held + " comparisons held") + " (" + time + ").");
        } else {
            console.print(console.bad(failed + " of " + (held + failed) + " comparisons failed") + " (" + time + ").");
        }
        return failed == 0;
    }
}
