package io.concordat.api;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The rules of a data contract.
 *
 * @param migrationRules between versions
 * @param domainRules on records
 * @param encodingRules on their bytes
 * @param enableAt where they run: {@code ALL}, {@code CLIENT}, ...; empty if not said
 */
public record RuleSet(List<Rule> migrationRules, List<Rule> domainRules, List<Rule> encodingRules, String enableAt) {
    public RuleSet {
        migrationRules = List.copyOf(migrationRules);
        domainRules = List.copyOf(domainRules);
        encodingRules = List.copyOf(encodingRules);
        Objects.requireNonNull(enableAt, "enableAt");
    }

    /** All rules: migration, domain, encoding. */
    public Stream<Rule> rules() {
        return Stream.of(migrationRules, domainRules, encodingRules).flatMap(List::stream);
    }
}
