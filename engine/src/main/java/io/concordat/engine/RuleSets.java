package io.concordat.engine;

import io.concordat.api.ErrorCode;
import io.concordat.api.Metadata;
import io.concordat.api.RegistryException;
import io.concordat.api.Rule;
import io.concordat.api.RuleMode;
import io.concordat.api.RuleSet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What makes a rule set valid, and how rule sets and metadata from several places become one. */
final class RuleSets {
    private static final int LONGEST_NAME = 256;
    private static final Set<RuleMode> MIGRATION = EnumSet.of(RuleMode.UPGRADE, RuleMode.DOWNGRADE, RuleMode.UPDOWN);
    private static final Set<RuleMode> ON_RECORDS = EnumSet.of(RuleMode.WRITE, RuleMode.READ, RuleMode.WRITEREAD);
    private static final Set<RuleMode> WITH_TWO_ACTIONS = EnumSet.of(RuleMode.WRITEREAD, RuleMode.UPDOWN);

    private RuleSets() {}

    /** @throws RegistryException {@link ErrorCode#INVALID_RULE_SET} */
    static void requireValid(RuleSet ruleSet) {
        Set<String> names = new HashSet<>();
        ruleSet.rules().forEach(rule -> requireValid(rule, names));
        requireModes(ruleSet.migrationRules(), MIGRATION, "Migration rules can only be UPGRADE, DOWNGRADE, UPDOWN");
        requireModes(ruleSet.domainRules(), ON_RECORDS, "Domain rules can only be WRITE, READ, WRITEREAD");
        requireModes(ruleSet.encodingRules(), ON_RECORDS, "Encoding rules can only be WRITE, READ, WRITEREAD");
    }

    private static void requireValid(Rule rule, Set<String> names) {
        requireValidName(rule.name());
        boolean twoActions = rule.onSuccess().contains(",") || rule.onFailure().contains(",");
        if (twoActions && !WITH_TWO_ACTIONS.contains(rule.mode())) {
            throw invalid("Multiple actions only valid with WRITEREAD and UPDOWN");
        }
        if (!names.add(rule.name())) {
            throw invalid("Found rule with duplicate name '" + rule.name() + "'");
        }
    }

    private static void requireValidName(String name) {
        if (name.isEmpty()) {
            throw invalid("Empty rule name");
        }
        if (name.length() > LONGEST_NAME) {
            throw invalid("Rule name too long");
        }
        if (!Character.isLetter(name.charAt(0)) && name.charAt(0) != '_') {
            throw invalid("Illegal initial character in rule name: " + name);
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '_' && c != '-') {
                throw invalid("Illegal character in rule name: " + name);
            }
        }
    }

    private static void requireModes(List<Rule> rules, Set<RuleMode> allowed, String message) {
        if (!rules.stream().allMatch(rule -> allowed.contains(rule.mode()))) {
            throw invalid(message);
        }
    }

    private static RegistryException invalid(String message) {
        return new RegistryException(ErrorCode.INVALID_RULE_SET, message);
    }

    /** Both, where the later one wins name by name. */
    static Optional<RuleSet> merge(Optional<RuleSet> first, Optional<RuleSet> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.or(() -> second);
        }
        RuleSet one = first.get();
        RuleSet other = second.get();
        return Optional.of(new RuleSet(
                merge(one.migrationRules(), other.migrationRules()),
                merge(one.domainRules(), other.domainRules()),
                merge(one.encodingRules(), other.encodingRules()),
                other.enableAt().isEmpty() ? one.enableAt() : other.enableAt()));
    }

    /** The rules that are not of those names. */
    static RuleSet without(Set<String> names, RuleSet ruleSet) {
        return new RuleSet(
                without(names, ruleSet.migrationRules()),
                without(names, ruleSet.domainRules()),
                without(names, ruleSet.encodingRules()),
                ruleSet.enableAt());
    }

    private static List<Rule> without(Set<String> names, List<Rule> rules) {
        return rules.stream().filter(rule -> !names.contains(rule.name())).toList();
    }

    private static List<Rule> merge(List<Rule> first, List<Rule> second) {
        Map<String, Rule> byName = new LinkedHashMap<>();
        for (List<Rule> rules : List.of(first, second)) {
            rules.forEach(rule -> {
                byName.remove(rule.name());
                byName.put(rule.name(), rule);
            });
        }
        return new ArrayList<>(byName.values());
    }

    /** Both, where the later one wins name by name. */
    static Optional<Metadata> mergeMetadata(Optional<Metadata> first, Optional<Metadata> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.or(() -> second);
        }
        SortedMap<String, SortedSet<String>> tags = new TreeMap<>(first.get().tags());
        tags.putAll(second.get().tags());
        SortedMap<String, String> properties = new TreeMap<>(first.get().properties());
        properties.putAll(second.get().properties());
        SortedSet<String> sensitive = new TreeSet<>(first.get().sensitive());
        sensitive.addAll(second.get().sensitive());
        return Optional.of(new Metadata(tags, properties, sensitive));
    }
}
