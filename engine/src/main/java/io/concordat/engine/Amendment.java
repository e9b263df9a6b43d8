package io.concordat.engine;

import io.concordat.api.Metadata;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaContent;
import io.concordat.api.VersionSpec;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a new version has that the one it is made from has not.
 *
 * @param newVersion the number it must get, or {@link VersionSpec#LATEST_NUMBER} for whatever is next
 * @param tags what becomes of the tags in its text
 * @param metadata replaces the old, if present
 * @param ruleSet replaces the old, if present
 * @param rulesToMerge go into the rule set, each in the place of one with its name
 * @param rulesToRemove the names of rules that it loses
 */
public record Amendment(
        int newVersion,
        TagChange tags,
        Optional<Metadata> metadata,
        Optional<RuleSet> ruleSet,
        Optional<RuleSet> rulesToMerge,
        Set<String> rulesToRemove) {
    public Amendment {
        Objects.requireNonNull(tags, "tags");
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(ruleSet, "ruleSet");
        Objects.requireNonNull(rulesToMerge, "rulesToMerge");
        rulesToRemove = Set.copyOf(rulesToRemove);
    }

    SchemaContent of(SchemaContent base) {
        Optional<RuleSet> rules = RuleSets.merge(ruleSet.or(base::ruleSet), rulesToMerge);
        return base.withMetadata(metadata.or(base::metadata))
                .withRuleSet(rules.map(all -> RuleSets.without(rulesToRemove, all)));
    }

    RegisterOptions options() {
        return new RegisterOptions(false, false, RegisterOptions.ANY_ID, newVersion);
    }
}
