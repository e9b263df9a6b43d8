package io.concordat.serdes;

import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.LookupOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.api.SubjectVersion;
import io.concordat.api.VersionSpec;
import io.concordat.serdes.LatestVersions.Latest;
import io.concordat.serdes.WriterSchemas.WriterSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** The rules between a writer's version and another one of its subject. */
final class Migrations {
    private static final Set<ErrorCode> NOT_THERE =
            Set.of(ErrorCode.SUBJECT_NOT_FOUND, ErrorCode.VERSION_NOT_FOUND, ErrorCode.SCHEMA_NOT_FOUND);

    private final Registry registry;
    private final WriterSchemas schemas;
    private final Rules rules;

    Migrations(Registry registry, WriterSchemas schemas, Rules rules) {
        this.registry = registry;
        this.schemas = schemas;
        this.rules = rules;
    }

    /**
     * The rules that make of a record of one version a record of another, one version after the other.
     *
     * @throws RuleException if the writer's schema is no version of the subject, and rules wait for those that are
     */
    RuleChain between(WriterSchema writer, Latest latest, Subject subject) {
        int to = latest.registered().version();
        if (latest.parsed().isEquivalentTo(writer.parsed()) || to < 1) {
            return RuleChain.NONE;
        }
        OptionalInt from = versionOf(writer, subject);
        if (from.isEmpty()) {
            return refusedIfThereAreRules(latest, subject);
        }
        List<RuleStep> steps = new ArrayList<>();
        if (from.getAsInt() < to) {
            inner(subject, from.getAsInt() + 1, to)
                    .forEach(version -> steps.addAll(upgrade(version.content(), subject)));
            steps.addAll(upgrade(latest.registered().content(), subject));
        } else if (from.getAsInt() > to) {
            steps.addAll(downgrade(writer.content(), subject));
            List<RegisteredSchema> between = inner(subject, to + 1, from.getAsInt());
            for (int i = between.size() - 1; i >= 0; i--) {
                steps.addAll(downgrade(between.get(i).content(), subject));
            }
        }
        return new RuleChain(steps);
    }

    private RuleChain refusedIfThereAreRules(Latest latest, Subject subject) {
        List<RuleStep> waiting = upgrade(latest.registered().content(), subject);
        if (!waiting.isEmpty()) {
            throw new RuleException("the schema it was written with is no version of '" + subject
                    + "', so it is not known whether the rule '"
                    + waiting.get(0).rule().name()
                    + "' of the latest version would have to run");
        }
        return RuleChain.NONE;
    }

    private OptionalInt versionOf(WriterSchema writer, Subject subject) {
        Optional<SubjectVersion> home =
                writer.home().filter(known -> known.subject().equals(subject));
        if (home.isPresent()) {
            return OptionalInt.of(home.get().version());
        }
        return find(() -> registry.lookUp(subject, writer.content(), new LookupOptions(false, true)))
                .map(found -> OptionalInt.of(found.version()))
                .orElse(OptionalInt.empty());
    }

    /** The versions from one number to before another, as far as they have not been deleted for good. */
    private List<RegisteredSchema> inner(Subject subject, int first, int end) {
        if (first >= end) {
            return List.of();
        }
        return registry.versions(subject, Deleted.INCLUDED).stream()
                .filter(number -> number >= first && number < end)
                .flatMap(number ->
                        find(() -> registry.version(subject, VersionSpec.of(number), Deleted.INCLUDED)).stream())
                .toList();
    }

    private static Optional<RegisteredSchema> find(Supplier<RegisteredSchema> question) {
        try {
            return Optional.of(question.get());
        } catch (RegistryException e) {
            if (NOT_THERE.contains(e.code())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private List<RuleStep> upgrade(SchemaContent content, Subject subject) {
        return hasMigrations(content)
                ? rules.onUpgrading(content, schemas.parse(content, subject.context()))
                        .steps()
                : List.of();
    }

    private List<RuleStep> downgrade(SchemaContent content, Subject subject) {
        return hasMigrations(content)
                ? rules.onDowngrading(content, schemas.parse(content, subject.context()))
                        .steps()
                : List.of();
    }

    private static boolean hasMigrations(SchemaContent content) {
        return content.ruleSet().map(RuleSet::migrationRules).stream()
                .flatMap(List::stream)
                .findFirst()
                .isPresent();
    }
}
