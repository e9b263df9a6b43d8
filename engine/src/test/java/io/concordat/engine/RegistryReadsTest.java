package io.concordat.engine;

import static io.concordat.engine.WordsFormat.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Config;
import io.concordat.api.ConfigField;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.Rule;
import io.concordat.api.RuleKind;
import io.concordat.api.RuleMode;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.SubjectVersion;
import io.concordat.api.VersionSpec;
import io.concordat.engine.log.InMemoryEventLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryReadsTest {
    private static final SchemaType SAME_WORDS = new SchemaType("SAME");

    private final RegistryEngine registry = RegistryEngine.builder(new InMemoryEventLog())
            .formats(List.of(new WordsFormat(), new WordsFormat(SAME_WORDS)))
            .open();
    private final RegistryReads reads = registry.reads();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void subjects_ofAllContexts_areSortedByTheirQualifiedNames() {
        for (String name : List.of("z", "!", ":.a:x", ":.a b:x", ":.a:", ":.aa:x", ":", "a")) {
            register(name, "w");
        }

        List<String> names =
                reads.subjects(":*:", Deleted.EXCLUDED).map(Subject::qualified).toList();

        assertThat(names).isSorted().hasSize(8).contains(":.a b:x", ":.a:");
        assertThat(reads.subjects(":*:", Deleted.EXCLUDED).skip(2).limit(3).map(Subject::qualified))
                .isEqualTo(names.subList(2, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {":*", ":.", "::", ":..", ":.no:", ":*:no", "*", ":*:\u0000", ":.x", "\uD800"})
    void subjects_oddPrefix_findsWhatBeginsSo(String prefix) {
        register("plain", "w");

        assertThat(reads.subjects(prefix, Deleted.INCLUDED).map(Subject::name))
                .allSatisfy(name -> assertThat(prefix).isEqualTo(":."));
    }

    @Test
    void schemas_latestOnly_isTheHighestOfThoseThatAreListed() {
        register("s", "a");
        register("s", "a b");
        registry.deleteVersion(Subject.of("s"), VersionSpec.of(2), false);

        assertThat(versions(new SchemaFilter("", false, Deleted.EXCLUDED, true, "")))
                .containsExactly("s 1");
        assertThat(versions(new SchemaFilter("", false, Deleted.INCLUDED, true, "")))
                .containsExactly("s 2");
        assertThat(versions(new SchemaFilter("", false, Deleted.INCLUDED, false, "")))
                .containsExactly("s 1", "s 2");
    }

    @Test
    void schemas_ruleType_areThoseWithSuchARule() {
        register("s", "a");
        registry.register(
                Subject.of("s"), words("a b").withRuleSet(Optional.of(rules("CEL"))), RegisterOptions.DEFAULT);

        assertThat(versions(new SchemaFilter("", false, Deleted.EXCLUDED, false, "CEL")))
                .containsExactly("s 2");
        assertThat(versions(new SchemaFilter("", false, Deleted.EXCLUDED, false, "JSONATA")))
                .isEmpty();
    }

    @Test
    void schemas_aliases_areFoundByTheirOtherNamesToo() {
        register("m", "a");
        register("nick-own", "b");
        alias("nick", "m");

        assertThat(versions(new SchemaFilter("nick", false, Deleted.EXCLUDED, false, "")))
                .containsExactly("nick-own 1");
        assertThat(versions(new SchemaFilter("nick", true, Deleted.EXCLUDED, false, "")))
                .containsExactly("m 1", "nick-own 1");
        assertThat(versions(new SchemaFilter("", true, Deleted.EXCLUDED, false, "")))
                .containsExactly("m 1", "nick-own 1");
        assertThat(reads.aliases(Subject.of("m"))).containsExactly(Subject.of("nick"));
    }

    @Test
    void unaliased_namesThatStandForEachOther_isOneStep() {
        alias("a", "b");
        alias("b", "a");
        alias("self", "self");

        assertThat(reads.unaliased(Subject.of("a"))).isEqualTo(Subject.of("b"));
        assertThat(reads.unaliased(Subject.of("b"))).isEqualTo(Subject.of("a"));
        assertThat(reads.unaliased(Subject.of("self"))).isEqualTo(Subject.of("self"));
    }

    @Test
    void unaliased_afterTheAliasHasChangedOrGone_followsTheSettings() {
        alias("a", "b");
        alias("a", ":.c:d");
        assertThat(reads.unaliased(Subject.of("a"))).isEqualTo(Subject.of(":.c:d"));
        assertThat(reads.aliases(Subject.of("b"))).isEmpty();

        registry.settings().updateConfig(Subject.of("a"), new ConfigUpdate(Config.EMPTY, Set.of(ConfigField.ALIAS)));
        assertThat(reads.unaliased(Subject.of("a"))).isEqualTo(Subject.of("a"));
        assertThat(reads.aliases(Subject.of(":.c:d"))).isEmpty();
    }

    @Test
    void unaliased_aliasOfAContext_isNone() {
        registry.settings()
                .updateConfig(
                        Subject.all(Context.DEFAULT),
                        ConfigUpdate.set(Config.EMPTY.with(ConfigField.ALIAS, "elsewhere")));

        assertThat(reads.unaliased(Subject.of("x"))).isEqualTo(Subject.of("x"));
        assertThat(reads.unaliased(Subject.of(""))).isEqualTo(Subject.of(""));
    }

    @Test
    void version_nameOfTheDefaultContextThatIsElsewhere_isFoundThere() {
        register(":.b:s", "x");
        register(":.a:s", "y");
        register(":.a:other", "z");

        assertThat(reads.version(Subject.of("s"), VersionSpec.LATEST, Deleted.EXCLUDED)
                        .subject())
                .isEqualTo(Subject.of(":.a:s"));
        registry.deleteSubject(Subject.of(":.a:s"), false);
        registry.deleteSubject(Subject.of(":.a:s"), true);
        assertThat(reads.version(Subject.of("s"), VersionSpec.LATEST, Deleted.EXCLUDED)
                        .subject())
                .isEqualTo(Subject.of(":.b:s"));
        assertRefused(
                () -> reads.version(Subject.of("t"), VersionSpec.LATEST, Deleted.EXCLUDED),
                ErrorCode.SUBJECT_NOT_FOUND);
    }

    @Test
    void usages_ofAnId_areTheNewestVersionOfEachSubject() {
        RegisteredSchema first = register("a", "x");
        register("b", "x");
        registry.deleteSubject(Subject.of("b"), false);

        assertThat(reads.usages(SchemaId.of(first.id()), Deleted.EXCLUDED))
                .containsExactly(new SubjectVersion(Subject.of("a"), 1));
        assertThat(reads.usages(SchemaId.of(first.id()), Deleted.INCLUDED))
                .containsExactly(new SubjectVersion(Subject.of("a"), 1), new SubjectVersion(Subject.of("b"), 1));
        assertRefused(() -> reads.usages(SchemaId.of(99), Deleted.INCLUDED), ErrorCode.SCHEMA_NOT_FOUND);
    }

    @Test
    void schema_preferredSubject_goesBeforeOthersThatCarryTheId() {
        int id = register("a", "x").id();
        register("b", "x");

        assertThat(reads.schema(Subject.of("b"), id).subject()).isEqualTo(Subject.of("b"));
        assertThat(reads.schema(Subject.of("nobody"), id).subject()).isEqualTo(Subject.of("a"));
        assertRefused(() -> reads.schema(Subject.of(":.c:"), id), ErrorCode.SCHEMA_NOT_FOUND);
    }

    @Test
    void referrers_areIdsEachOnce_withoutDeletedOnesUnlessAskedFor() {
        register("base", "a");
        SchemaContent pointing =
                words("b").withReferences(List.of(new SchemaReference("base", "base", VersionSpec.LATEST_NUMBER)));
        int id = registry.register(Subject.of("one"), pointing, RegisterOptions.DEFAULT)
                .id();
        registry.register(Subject.of("two"), pointing, RegisterOptions.DEFAULT);
        Subject base = Subject.of("base");

        assertThat(reads.referrers(base, VersionSpec.LATEST, Deleted.EXCLUDED)).containsExactly(id);
        registry.deleteSubject(Subject.of("one"), false);
        registry.deleteSubject(Subject.of("two"), false);
        assertThat(reads.referrers(base, VersionSpec.of(1), Deleted.EXCLUDED)).isEmpty();
        assertThat(reads.referrers(base, VersionSpec.of(1), Deleted.INCLUDED)).containsExactly(id);
        assertRefused(() -> reads.referrers(base, VersionSpec.of(2), Deleted.INCLUDED), ErrorCode.VERSION_NOT_FOUND);
    }

    @Test
    void newestWith_properties_isTheNewestThatHasThemAll() {
        Subject subject = Subject.of("s");
        registry.register(subject, words("a").withProperties(Map.of("k", "1", "l", "1")), RegisterOptions.DEFAULT);
        registry.register(subject, words("a b").withProperties(Map.of("k", "1")), RegisterOptions.DEFAULT);

        assertThat(reads.newestWith(Map.of("k", "1"), subject, Deleted.EXCLUDED).version())
                .isEqualTo(2);
        assertThat(reads.newestWith(Map.of("l", "1"), subject, Deleted.EXCLUDED).version())
                .isEqualTo(1);
        assertRefused(() -> reads.newestWith(Map.of("k", "2"), subject, Deleted.EXCLUDED), ErrorCode.SCHEMA_NOT_FOUND);
        assertRefused(() -> reads.newestWith(Map.of(), Subject.of("t"), Deleted.EXCLUDED), ErrorCode.SUBJECT_NOT_FOUND);
    }

    @Test
    void ids_ofEqualTextInTwoLanguages_areTwo() {
        RegisteredSchema one = register("one", "x");
        RegisteredSchema other =
                registry.register(Subject.of("other"), SchemaContent.of(SAME_WORDS, "x"), RegisterOptions.DEFAULT);

        assertThat(other.guid()).isEqualTo(one.guid());
        assertThat(other.id()).isNotEqualTo(one.id());
        assertThat(reads.row(one.guid()).id()).isEqualTo(one.id());
        assertThat(reads.ids(one.guid())).containsExactly(SchemaId.of(one.id()), SchemaId.of(other.id()));
    }

    private RegisteredSchema register(String subject, String text) {
        return registry.register(Subject.of(subject), words(text), RegisterOptions.DEFAULT);
    }

    private void alias(String name, String target) {
        registry.settings()
                .updateConfig(Subject.of(name), ConfigUpdate.set(Config.EMPTY.with(ConfigField.ALIAS, target)));
    }

    private List<String> versions(SchemaFilter filter) {
        return reads.schemas(filter)
                .map(row -> row.subject() + " " + row.version())
                .toList();
    }

    private static RuleSet rules(String type) {
        Rule rule = new Rule(
                "r",
                "",
                RuleKind.CONDITION,
                RuleMode.WRITE,
                type,
                new TreeSet<>(),
                new TreeMap<>(),
                "true",
                "",
                "",
                false);
        return new RuleSet(List.of(), List.of(rule), List.of(), "");
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
