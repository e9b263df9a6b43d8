package io.concordat.api;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One rule of a data contract. Texts that were not given are empty.
 *
 * @param name unique within a rule set
 * @param doc what it is for
 * @param kind what it does
 * @param mode when it runs
 * @param type the executor it needs, such as {@code CEL}
 * @param tags the tags of the fields it concerns, sorted
 * @param params settings of the executor, sorted
 * @param expr what the executor runs
 * @param onSuccess the action after a success; two, for writing and reading, are separated by a comma
 * @param onFailure the action after a failure, likewise
 * @param disabled whether it is switched off
 */
public record Rule(
        String name,
        String doc,
        RuleKind kind,
        RuleMode mode,
        String type,
        SortedSet<String> tags,
        SortedMap<String, String> params,
        String expr,
        String onSuccess,
        String onFailure,
        boolean disabled) {
    public Rule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(mode, "mode");
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    }
}
