package io.concordat.engine;

import static io.concordat.engine.WordsFormat.words;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Compatibility;
import io.concordat.api.Config;
import io.concordat.api.ConfigField;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.LookupOptions;
import io.concordat.api.Metadata;
import io.concordat.api.Mode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.RegistrySettings;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaReference;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.engine.log.LogRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryEngineTest {
    private static final Subject ORDERS = Subject.of("orders");
    private static final Subject OTHER = Subject.of("other");

    private final EventLog log = new InMemoryEventLog();
    private final RegistryEngine registry = open(log);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void register_sameSchemaTwice_returnsTheFirstIdAndWritesNothing() {
        RegisteredSchema first = register(ORDERS, "a b");
        int written = LogCopies.records(log).size();

        RegisteredSchema second = register(ORDERS, "a   b");

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.version()).isEqualTo(1);
        assertThat(LogCopies.records(log)).hasSize(written);
    }

    @Test
    void register_sameSchemaElsewhere_sharesTheIdWithinAContextOnly() {
        RegisteredSchema first = register(ORDERS, "x");
        register(ORDERS, "x y");

        assertThat(register(OTHER, "x").id()).isEqualTo(first.id());
        assertThat(register(Subject.of(":.c:orders"), "x y").id()).isEqualTo(1);
        assertThat(registry.schema(new SchemaId(Context.of("c"), 1)).content().text())
                .isEqualTo("x y");
    }

    @Test
    void register_firstRecordOfAll_carriesTheIdentity() {
        String clusterId = registry.clusterId();

        register(ORDERS, "a");

        List<LogRecord> records = LogCopies.records(log);
        assertThat(new String(records.get(0).value(), UTF_8)).contains(clusterId);
        assertThat(records).hasSize(2);
        assertThat(reopenedOn(LogCopies.compacted(log)).clusterId()).isEqualTo(clusterId);
    }

    @Test
    void register_incompatible_isRefusedWithEveryReasonAndChangesNothing() {
        register(ORDERS, "a b c");

        assertRefused(
                () -> register(ORDERS, "c"),
                ErrorCode.INCOMPATIBLE_SCHEMA,
                "the new schema lacks a",
                "the new schema lacks b",
                "{oldSchemaVersion: 1}",
                "{oldSchema: 'a b c'}",
                "compatibility: 'BACKWARD'");
        assertThat(registry.versions(ORDERS, Deleted.INCLUDED)).containsExactly(1);
    }

    @Test
    void register_transitive_looksAtAllVersions() {
        register(ORDERS, "a b");
        set(ORDERS, Compatibility.NONE);
        register(ORDERS, "c");

        set(ORDERS, Compatibility.BACKWARD);
        assertThat(registry.check(ORDERS, words("c d")).compatible()).isTrue();
        set(ORDERS, Compatibility.BACKWARD_TRANSITIVE);
        assertThat(registry.check(ORDERS, words("c d")).messages()).contains("{oldSchemaVersion: 1}");
        set(ORDERS, Compatibility.FORWARD);
        assertThat(registry.check(ORDERS, words("c d")).messages()).contains("the old schema lacks d");
    }

    @Test
    void register_invalid_namesTheReason() {
        assertRefused(() -> register(ORDERS, "a !"), ErrorCode.INVALID_SCHEMA, "WORDS", "'!' is no word");
        assertRefused(() -> register(ORDERS, " "), ErrorCode.INVALID_SCHEMA, "Empty schema");
        assertRefused(
                () -> registry.register(ORDERS, SchemaContent.avro("x"), RegisterOptions.DEFAULT),
                ErrorCode.INVALID_SCHEMA,
                "Invalid schema type AVRO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"__GLOBAL", "__EMPTY", ":.__GLOBAL:x", "tab\there", ":.__concordat:x"})
    void register_reservedSubject_isRefused(String subject) {
        assertRefused(() -> register(Subject.of(subject), "a"), ErrorCode.INVALID_SUBJECT, "not a valid");
    }

    @Test
    void register_normalized_storesTheNormalForm() {
        RegisteredSchema row = registry.register(ORDERS, words("b a"), RegisterOptions.NORMALIZE);

        assertThat(row.content().text()).isEqualTo("a b");
        assertThat(register(ORDERS, "b a").id())
                .as("another spelling of the same")
                .isEqualTo(row.id());
    }

    @Test
    void register_equalTextOfAnotherGuidInput_isAnotherSchema() {
        SchemaContent one = words("w").withProperties(Map.of("a", "bc"));
        SchemaContent other = words("w").withProperties(Map.of("ab", "c"));
        assertThat(one.guid()).isEqualTo(other.guid());

        int first = registry.register(ORDERS, one, RegisterOptions.DEFAULT).id();
        int second = registry.register(OTHER, other, RegisterOptions.DEFAULT).id();

        assertThat(second).isNotEqualTo(first);
        assertThat(registry.schema(one.guid())).isEqualTo(one);
        assertThat(registry.reads().ids(one.guid())).containsExactly(SchemaId.of(first), SchemaId.of(second));
    }

    @Test
    void register_withoutMetadata_takesItOverFromTheLatest() {
        registry.register(ORDERS, words("a").withProperties(Map.of("owner", "me")), RegisterOptions.DEFAULT);

        RegisteredSchema second = register(ORDERS, "a b");

        assertThat(second.content().metadata()).contains(Metadata.ofProperties(Map.of("owner", "me")));
    }

    @Test
    void register_versionAsked_mustBeTheNext() {
        register(ORDERS, "a");

        assertRefused(
                () -> registry.register(ORDERS, words("a b"), new RegisterOptions(false, false, -1, 3)),
                ErrorCode.INVALID_SCHEMA,
                "Version is not one more than previous version");
        RegisteredSchema second = registry.register(ORDERS, words("a b"), new RegisterOptions(false, false, -1, 2));
        assertThat(second.content().metadata()).contains(Metadata.ofProperties(Map.of("confluent:version", "2")));
    }

    @Test
    void register_afterSoftDelete_getsTheOldIdAndTheNextVersion() {
        int id = register(ORDERS, "a").id();
        register(ORDERS, "a b");
        registry.deleteVersion(ORDERS, VersionSpec.of(1), false);

        RegisteredSchema again = registry.register(ORDERS, words("a"), new RegisterOptions(false, true, -1, 0));

        assertThat(again.id()).isEqualTo(id);
        assertThat(again.version()).isEqualTo(3);
        assertThat(registry.versions(ORDERS, Deleted.INCLUDED)).containsExactly(2, 3);
    }

    @Test
    void register_afterHardDelete_neverGetsTheOldId() {
        register(ORDERS, "a");
        int highest = register(OTHER, "z").id();
        registry.deleteSubject(OTHER, false);
        registry.deleteSubject(OTHER, true);

        assertRefused(() -> registry.schema(SchemaId.of(highest)), ErrorCode.SCHEMA_NOT_FOUND, "not found");
        assertThat(register(OTHER, "z").id()).isEqualTo(highest + 1);
    }

    @Test
    void register_afterHardDeleteCompactionAndRestart_neverGetsTheOldId() {
        register(ORDERS, "a");
        int highest = register(OTHER, "z").id();
        registry.deleteSubject(OTHER, false);
        registry.deleteSubject(OTHER, true);

        try (RegistryEngine restarted = reopenedOn(LogCopies.compacted(log))) {
            assertThat(restarted
                            .register(OTHER, words("y"), RegisterOptions.DEFAULT)
                            .id())
                    .isEqualTo(highest + 1);
        }
    }

    @Test
    void register_inImportModeOverAVersion_retiresItsIdForGood() {
        registry.settings().updateMode(OTHER, Mode.IMPORT, false);
        registry.register(OTHER, words("old"), new RegisterOptions(false, false, 50, 1));
        registry.register(OTHER, words("new"), new RegisterOptions(false, false, 20, 1));

        assertRefused(() -> registry.schema(SchemaId.of(50)), ErrorCode.SCHEMA_NOT_FOUND, "50");
        assertThat(registry.version(OTHER, VersionSpec.of(1)).id()).isEqualTo(20);
        try (RegistryEngine restarted = reopenedOn(LogCopies.compacted(log))) {
            assertThat(restarted
                            .register(ORDERS, words("y"), RegisterOptions.DEFAULT)
                            .id())
                    .isEqualTo(51);
        }
    }

    @Test
    void register_idOfOtherContentInImportMode_isRefused() {
        registry.settings().updateMode(OTHER, Mode.IMPORT, false);
        registry.register(OTHER, words("one"), new RegisterOptions(false, false, 7, 1));

        assertRefused(
                () -> registry.register(OTHER, words("two"), new RegisterOptions(false, false, 7, 2)),
                ErrorCode.OPERATION_NOT_PERMITTED,
                "Overwrite new schema with id 7");
    }

    @Test
    void register_lastIdOfTheRange_isFollowedByARefusal() {
        registry.settings().updateMode(OTHER, Mode.IMPORT, false);
        registry.register(OTHER, words("last"), new RegisterOptions(false, false, Integer.MAX_VALUE, 1));

        assertRefused(() -> register(ORDERS, "a"), ErrorCode.OPERATION_NOT_PERMITTED, "no id left");
        assertThat(register(Subject.of(":.fresh:s"), "a").id()).isEqualTo(1);
    }

    @Test
    void register_reference_isResolvedAndProtected() {
        register(OTHER, "base");
        SchemaContent referring = words("a").withReferences(List.of(new SchemaReference("n", "other", -1)));

        RegisteredSchema row = registry.register(ORDERS, referring, RegisterOptions.DEFAULT);

        assertThat(row.content().references()).containsExactly(new SchemaReference("n", "other", 1));
        assertRefused(
                () -> registry.deleteVersion(OTHER, VersionSpec.LATEST, false),
                ErrorCode.REFERENCE_EXISTS,
                "subject=other,version=1");
        assertRefused(() -> registry.deleteSubject(OTHER, false), ErrorCode.REFERENCE_EXISTS, "other");
        registry.deleteSubject(ORDERS, false);
        registry.deleteSubject(OTHER, false);
        assertRefused(() -> registry.deleteSubject(OTHER, true), ErrorCode.REFERENCE_EXISTS, "other");
        registry.deleteSubject(ORDERS, true);
        assertThat(registry.deleteSubject(OTHER, true)).containsExactly(1);
    }

    @Test
    void register_referenceToNothing_isRefused() {
        SchemaContent referring = words("a").withReferences(List.of(new SchemaReference("n", "nope", 1)));

        assertRefused(
                () -> registry.register(ORDERS, referring, RegisterOptions.DEFAULT),
                ErrorCode.INVALID_SCHEMA,
                "No schema reference found for subject \"nope\" and version 1");
    }

    @Test
    void register_longChainOfReferences_isResolvedWithoutRecursion() {
        register(Subject.of("link0"), "w0");
        for (int i = 1; i <= 1_000; i++) {
            SchemaReference previous = new SchemaReference("n" + i, "link" + (i - 1), 1);
            registry.register(
                    Subject.of("link" + i), words("w" + i).withReferences(List.of(previous)), RegisterOptions.DEFAULT);
        }

        assertThat(registry.version(Subject.of("link1000"), VersionSpec.LATEST)
                        .content()
                        .text())
                .isEqualTo("w1000");
    }

    @Test
    void lookUp_matrixOfMisses_saysWhatIsMissing() {
        assertRefused(
                () -> registry.lookUp(ORDERS, words("a"), LookupOptions.DEFAULT),
                ErrorCode.SUBJECT_NOT_FOUND,
                "Subject 'orders' not found.");
        register(ORDERS, "a");
        assertRefused(
                () -> registry.lookUp(ORDERS, words("b"), LookupOptions.DEFAULT),
                ErrorCode.SCHEMA_NOT_FOUND,
                "Schema not found");
        registry.deleteSubject(ORDERS, false);
        assertRefused(
                () -> registry.lookUp(ORDERS, words("a"), LookupOptions.DEFAULT),
                ErrorCode.SUBJECT_NOT_FOUND,
                "orders");
        assertThat(registry.lookUp(ORDERS, words("a"), new LookupOptions(false, true))
                        .deleted())
                .isTrue();
    }

    @Test
    void delete_inTheWrongOrder_saysWhichStepIsMissing() {
        register(ORDERS, "a");
        register(ORDERS, "a b");

        assertRefused(() -> registry.deleteSubject(ORDERS, true), ErrorCode.SUBJECT_NOT_SOFT_DELETED, "orders");
        assertRefused(
                () -> registry.deleteVersion(ORDERS, VersionSpec.of(1), true),
                ErrorCode.VERSION_NOT_SOFT_DELETED,
                "Version 1");
        assertRefused(() -> registry.deleteVersion(ORDERS, VersionSpec.of(9), false), ErrorCode.VERSION_NOT_FOUND, "9");
        assertThat(registry.deleteVersion(ORDERS, VersionSpec.LATEST, false)).isEqualTo(2);
        assertRefused(
                () -> registry.deleteVersion(ORDERS, VersionSpec.of(2), false),
                ErrorCode.VERSION_SOFT_DELETED,
                "Version 2");
        assertThat(registry.versions(ORDERS, Deleted.EXCLUDED)).containsExactly(1);
        assertThat(registry.deleteSubject(ORDERS, false)).containsExactly(1);
        assertRefused(() -> registry.deleteSubject(ORDERS, false), ErrorCode.SUBJECT_SOFT_DELETED, "orders");
        assertThat(registry.subjects("", Deleted.EXCLUDED)).isEmpty();
        assertThat(registry.subjects("", Deleted.ONLY)).containsExactly(ORDERS);
        assertThat(registry.deleteSubject(ORDERS, true)).containsExactly(1, 2);
        assertRefused(() -> registry.deleteSubject(ORDERS, true), ErrorCode.SUBJECT_NOT_FOUND, "orders");
        assertThat(register(ORDERS, "a").version()).isEqualTo(1);
    }

    @Test
    void deleteSubject_forGood_takesItsSettingsAlong() {
        register(ORDERS, "a");
        set(ORDERS, Compatibility.FULL);
        registry.settings().updateMode(ORDERS, Mode.READWRITE, false);
        registry.deleteSubject(ORDERS, false);
        assertThat(registry.settings().config(ORDERS)).isEqualTo(Config.of(Compatibility.FULL));

        registry.deleteSubject(ORDERS, true);

        assertRefused(() -> registry.settings().config(ORDERS), ErrorCode.NO_SUBJECT_COMPATIBILITY, "'orders'");
        assertRefused(() -> registry.settings().mode(ORDERS), ErrorCode.NO_SUBJECT_MODE, "'orders'");
    }

    @Test
    void settings_ofOneScope_holdForOthersAsDocumented() {
        RegistrySettings settings = registry.settings();
        assertThat(settings.config(RegistrySettings.GLOBAL)).isEqualTo(Config.of(Compatibility.BACKWARD));

        set(RegistrySettings.GLOBAL, Compatibility.FULL);
        settings.updateConfig(
                RegistrySettings.GLOBAL, ConfigUpdate.set(Config.EMPTY.with(ConfigField.NORMALIZE, true)));
        assertThat(settings.effectiveConfig(ORDERS).compatibility()).contains(Compatibility.FULL);
        assertThat(settings.effectiveConfig(Subject.of(":.c:s")).compatibility())
                .contains(Compatibility.BACKWARD);

        settings.updateConfig(ORDERS, ConfigUpdate.set(Config.EMPTY.with(ConfigField.ALIAS, "x")));
        Config effective = settings.effectiveConfig(ORDERS);
        assertThat(effective.compatibility()).contains(Compatibility.BACKWARD);
        assertThat(effective.normalize()).contains(true);
        assertThat(effective.alias()).contains("x");

        settings.updateConfig(ORDERS, new ConfigUpdate(Config.EMPTY, Set.of(ConfigField.ALIAS)));
        assertThat(settings.config(ORDERS).alias()).isEmpty();
        assertThat(settings.deleteConfig(RegistrySettings.GLOBAL).normalize()).contains(true);
        assertThat(settings.config(RegistrySettings.GLOBAL)).isEqualTo(Config.of(Compatibility.BACKWARD));
    }

    @Test
    void modes_forbidWhatTheySay() {
        register(ORDERS, "a");
        registry.settings().updateMode(RegistrySettings.GLOBAL, Mode.READONLY, false);

        assertRefused(() -> register(ORDERS, "a b"), ErrorCode.OPERATION_NOT_PERMITTED, "read-only mode");
        assertRefused(() -> registry.deleteSubject(ORDERS, false), ErrorCode.OPERATION_NOT_PERMITTED, "read-only");
        assertRefused(() -> set(ORDERS, Compatibility.NONE), ErrorCode.OPERATION_NOT_PERMITTED, "read-only");
        assertThat(register(ORDERS, "a").id()).as("what is there already").isEqualTo(1);

        registry.settings().updateMode(ORDERS, Mode.READWRITE, false);
        assertThat(register(ORDERS, "a b").version()).isEqualTo(2);
        assertThat(registry.settings().deleteMode(ORDERS)).isEqualTo(Mode.READWRITE);
        assertThat(registry.settings().effectiveMode(ORDERS)).isEqualTo(Mode.READONLY);
        assertRefused(
                () -> registry.settings().updateMode(ORDERS, Mode.IMPORT, false),
                ErrorCode.OPERATION_NOT_PERMITTED,
                "existing subjects");
        assertRefused(
                () -> registry.register(OTHER, words("a"), new RegisterOptions(false, false, 5, 0)),
                ErrorCode.OPERATION_NOT_PERMITTED,
                "read-only");
    }

    @Test
    void restart_afterEverything_answersTheSame() {
        register(ORDERS, "a");
        registry.register(ORDERS, words("a b").withProperties(Map.of("k", "v")), RegisterOptions.DEFAULT);
        register(Subject.of(":.c:s"), "x");
        register(OTHER, "z");
        registry.deleteVersion(ORDERS, VersionSpec.of(1), false);
        registry.deleteSubject(OTHER, false);
        set(ORDERS, Compatibility.FULL_TRANSITIVE);
        registry.settings().updateMode(Subject.all(Context.of("c")), Mode.READONLY, false);

        try (RegistryEngine restarted = reopenedOn(LogCopies.compacted(log))) {
            for (Subject subject : registry.subjects(":*:", Deleted.INCLUDED)) {
                assertThat(restarted.reads().versions(subject, Deleted.INCLUDED))
                        .usingRecursiveComparison()
                        .ignoringFields("timestamp")
                        .isEqualTo(registry.reads().versions(subject, Deleted.INCLUDED));
            }
            assertThat(restarted.subjects(":*:", Deleted.INCLUDED))
                    .isEqualTo(registry.subjects(":*:", Deleted.INCLUDED))
                    .hasSize(3);
            assertThat(restarted.settings().config(ORDERS))
                    .isEqualTo(registry.settings().config(ORDERS));
            assertThat(restarted.settings().effectiveMode(Subject.of(":.c:s"))).isEqualTo(Mode.READONLY);
            assertThat(restarted.recordsSetAside()).isZero();
        }
    }

    @Test
    void subjects_prefix_meansTheDefaultContextUnlessItNamesAnother() {
        register(Subject.of("ab"), "1");
        register(Subject.of("b"), "2");
        register(Subject.of(":.c:ab"), "3");

        assertThat(registry.subjects("", Deleted.EXCLUDED)).containsExactly(Subject.of("ab"), Subject.of("b"));
        assertThat(registry.subjects("a", Deleted.EXCLUDED)).containsExactly(Subject.of("ab"));
        assertThat(registry.subjects(":*:a", Deleted.EXCLUDED)).containsExactly(Subject.of(":.c:ab"), Subject.of("ab"));
        assertThat(registry.subjects(":.c:", Deleted.EXCLUDED)).containsExactly(Subject.of(":.c:ab"));
    }

    private RegisteredSchema register(Subject subject, String text) {
        return registry.register(subject, words(text), RegisterOptions.DEFAULT);
    }

    private void set(Subject scope, Compatibility level) {
        registry.settings().updateConfig(scope, ConfigUpdate.compatibility(level));
    }

    private static RegistryEngine open(EventLog log) {
        return RegistryEngine.builder(log).formats(List.of(new WordsFormat())).open();
    }

    private static RegistryEngine reopenedOn(EventLog log) {
        return open(log);
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code, String... said) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RegistryException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContainingAll(said);
        });
    }
}
