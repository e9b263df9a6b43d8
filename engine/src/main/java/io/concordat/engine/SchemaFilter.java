package io.concordat.engine;

import io.concordat.api.Deleted;
import io.concordat.api.RegisteredSchema;
import io.concordat.engine.state.SubjectState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which versions are to be listed.
 *
 * @param subjectPrefix what their subjects begin with; {@code :*:} before it looks in all contexts
 * @param aliases whether a subject is also listed if another name of it begins so
 * @param deleted whether soft-deleted versions are listed
 * @param latestOnly whether only the highest of the listed versions of a subject is meant
 * @param ruleType lists only versions with a rule of that type, unless empty
 * @param associated lists only subjects with such an association
 */
public record SchemaFilter(
        String subjectPrefix,
        boolean aliases,
        Deleted deleted,
        boolean latestOnly,
        String ruleType,
        Optional<AssociationFilter> associated) {
    /** Without regard to associations. */
    public SchemaFilter(String subjectPrefix, boolean aliases, Deleted deleted, boolean latestOnly, String ruleType) {
        this(subjectPrefix, aliases, deleted, latestOnly, ruleType, Optional.empty());
    }

    public SchemaFilter {
        Objects.requireNonNull(subjectPrefix, "subjectPrefix");
        Objects.requireNonNull(deleted, "deleted");
        Objects.requireNonNull(ruleType, "ruleType");
    }

    Stream<RegisteredSchema> of(SubjectState subject) {
        List<RegisteredSchema> rows = subject.rows(deleted);
        List<RegisteredSchema> meant =
                latestOnly && !rows.isEmpty() ? rows.subList(rows.size() - 1, rows.size()) : rows;
        return meant.stream().filter(this::hasRule);
    }

    private boolean hasRule(RegisteredSchema row) {
        return ruleType.isEmpty()
                || row.content()
                        .ruleSet()
                        .filter(rules ->
                                rules.rules().anyMatch(rule -> rule.type().equals(ruleType)))
                        .isPresent();
    }
}
