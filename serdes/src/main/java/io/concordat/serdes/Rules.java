package io.concordat.serdes;

import io.concordat.api.Rule;
import io.concordat.api.RuleMode;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaContent;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules of a schema that would have to run on a record. None can be executed here, and to skip one may mean to write in
 * the clear what should be encrypted: so where there is one, the record fails.
 */
final class Rules {
    private static final Set<RuleMode> WRITING = EnumSet.of(RuleMode.WRITE, RuleMode.WRITEREAD);
    private static final Set<RuleMode> READING = EnumSet.of(RuleMode.READ, RuleMode.WRITEREAD);

    private Rules() {}

    /** Why records must not be written with this schema, if so. */
    static Optional<String> againstWriting(SchemaContent schema) {
        return first(recordRules(schema).filter(rule -> WRITING.contains(rule.mode())));
    }

    /** Why records of this schema must not be read, if so. */
    static Optional<String> againstReading(SchemaContent schema) {
        return first(recordRules(schema).filter(rule -> READING.contains(rule.mode())));
    }

    /** Why records of other versions must not be read with this one, if so. */
    static Optional<String> againstMigrating(SchemaContent schema) {
        return first(schema.ruleSet().map(RuleSet::migrationRules).stream().flatMap(List::stream));
    }

    private static Stream<Rule> recordRules(SchemaContent schema) {
        return schema.ruleSet().stream()
                .flatMap(rules -> Stream.of(rules.domainRules(), rules.encodingRules()))
                .flatMap(List::stream);
    }

    private static Optional<String> first(Stream<Rule> rules) {
        return rules.filter(rule -> !rule.disabled())
                .findFirst()
                .map(rule -> "its schema carries the rule '" + rule.name() + "' of type '" + rule.type()
                        + "', which this serializer cannot execute; it is not skipped, since it may protect data");
    }
}
