package io.concordat.it.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which answers are not as recorded, and why: the file {@code deviations.txt}, which explains itself. */
final class Deviations {
    private static final Pattern REWRITE = Pattern.compile("rewrite /(.*)/ /(.*)/ : .+");
    private static final Pattern STEPS =
            Pattern.compile("(\\d\\d) ((?:#\\d+(?:-\\d+)?,?)+) (text|ours)(?: (\\d{3})(?:/(\\d+))?)? : (.+)");

    private final List<Rewrite> rewrites = new ArrayList<>();
    private final Map<String, Deviation> deviations = new HashMap<>();
    private int entries;

    /** How an answer may differ. */
    enum Kind {
        /** In the words of its message only. */
        TEXT,
        /** In having that status and error code instead. */
        OURS
    }

    record Deviation(Kind kind, OptionalInt status, OptionalInt code, String reason) {}

    private record Rewrite(Pattern pattern, String replacement) {}

    static Deviations load() {
        Deviations loaded = new Deviations();
        try {
            for (String line : Files.readAllLines(Scenario.resource("deviations.txt"))) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    loaded.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return loaded;
    }

    /** The recorded text without the internals of the server that was recorded. */
    String withoutInternals(String text) {
        String rest = text;
        for (Rewrite rewrite : rewrites) {
            rest = rewrite.pattern().matcher(rest).replaceAll(rewrite.replacement());
        }
        return rest;
    }

    Optional<Deviation> of(Scenario scenario, Scenario.Step step) {
        return Optional.ofNullable(deviations.get(key(scenario, step.number())));
    }

    /** How many there are, the rewritten words among them. */
    int entries() {
        return entries;
    }

    /** The listed steps that no scenario has. */
    Set<String> unknown(List<Scenario> scenarios) {
        Set<String> unknown = new HashSet<>(deviations.keySet());
        for (Scenario scenario : scenarios) {
            scenario.steps().forEach(step -> unknown.remove(key(scenario, step.number())));
        }
        return unknown;
    }

    private void add(String line) {
        entries++;
        Matcher rewrite = REWRITE.matcher(line);
        if (rewrite.matches()) {
            rewrites.add(new Rewrite(Pattern.compile(rewrite.group(1), Pattern.DOTALL), rewrite.group(2)));
            return;
        }
        Matcher steps = STEPS.matcher(line);
        if (!steps.matches()) {
            throw new IllegalArgumentException("Not a deviation: " + line);
        }
        Deviation deviation = new Deviation(
                Kind.valueOf(steps.group(3).toUpperCase(java.util.Locale.ROOT)),
                number(steps.group(4)),
                number(steps.group(5)),
                steps.group(6));
        if (deviation.status().isPresent() != (deviation.kind() == Kind.OURS)) {
            throw new IllegalArgumentException("Only an answer of our own has a status: " + line);
        }
        for (String range : steps.group(2).replace("#", "").split(",", -1)) {
            String[] ends = range.split("-", -1);
            for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
                if (deviations.put(steps.group(1) + " #" + i, deviation) != null) {
                    throw new IllegalArgumentException("Step " + i + " is listed twice: " + line);
                }
            }
        }
    }

    private static OptionalInt number(@Nullable String text) {
        return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    }

    private static String key(Scenario scenario, int step) {
        return scenario.file().substring(0, 2) + " #" + step;
    }
}
