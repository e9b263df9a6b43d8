package io.concordat.serdes;

import io.concordat.api.Rule;
import io.concordat.api.RuleMode;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaContent;
import io.concordat.api.format.ParsedSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Which rules of a schema run on a record, and in what order. A rule that nothing can carry out is among them: to skip it may
 * mean to write in the clear what should be encrypted, so it fails the record.
 */
final class Rules {
    private final RuleSettings settings;

    Rules(RuleSettings settings) {
        this.settings = settings;
    }

    /**
     * The rules on a record that is written, in the order they stand in.
     *
     * @param stored the schema as the registry has it, which may carry rules that the caller's does not
     */
    RuleChain onWriting(SchemaContent stored, ParsedSchema schema) {
        return chain(stored, schema, RuleSet::domainRules, RuleMode.WRITE, RuleMode.WRITEREAD);
    }

    /** The rules on the bytes of a record that is written, likewise. */
    RuleChain onWritingBytes(SchemaContent stored, ParsedSchema schema) {
        return chain(stored, schema, RuleSet::encodingRules, RuleMode.WRITE, RuleMode.WRITEREAD);
    }

    /** The rules on a record that is read, the last one first. */
    RuleChain onReading(SchemaContent stored, ParsedSchema schema) {
        return reversed(chain(stored, schema, RuleSet::domainRules, RuleMode.READ, RuleMode.WRITEREAD));
    }

    /** The rules on the bytes of a record that is read, the last one first. */
    RuleChain onReadingBytes(SchemaContent stored, ParsedSchema schema) {
        return reversed(chain(stored, schema, RuleSet::encodingRules, RuleMode.READ, RuleMode.WRITEREAD));
    }

    /** The rules that make a record of the version before one of this one. */
    RuleChain onUpgrading(SchemaContent stored, ParsedSchema schema) {
        return chain(stored, schema, RuleSet::migrationRules, RuleMode.UPGRADE, RuleMode.UPDOWN);
    }

    /** The rules that make a record of this version one of the version before, the last one first. */
    RuleChain onDowngrading(SchemaContent stored, ParsedSchema schema) {
        return reversed(chain(stored, schema, RuleSet::migrationRules, RuleMode.DOWNGRADE, RuleMode.UPDOWN));
    }

    private RuleChain chain(
            SchemaContent stored,
            ParsedSchema schema,
            Function<RuleSet, List<Rule>> phase,
            RuleMode direction,
            RuleMode both) {
        return new RuleChain(stored.ruleSet().filter(settings::runsHere).map(phase).orElse(List.of()).stream()
                .filter(rule -> rule.mode() == direction || rule.mode() == both)
                .filter(rule -> !settings.isDisabled(rule))
                .map(rule -> settings.step(rule, direction, schema, stored))
                .toList());
    }

    private static RuleChain reversed(RuleChain chain) {
        List<RuleStep> steps = new ArrayList<>(chain.steps());
        Collections.reverse(steps);
        return new RuleChain(steps);
    }
}
