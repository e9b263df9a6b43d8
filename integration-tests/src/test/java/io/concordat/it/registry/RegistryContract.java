package io.concordat.it.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.concordat.api.AssociatedResource;
import io.concordat.api.Compatibility;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.CompatibilityReport;
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
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.RegistrySettings;
import io.concordat.api.Rule;
import io.concordat.api.RuleKind;
import io.concordat.api.RuleMode;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.client.SchemaRegistryClient;
import io.concordat.engine.AssociationRequest;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every registry owes its users, however it is reached. Each test has an empty one. */
@Timeout(60)
abstract class RegistryContract {
    private static final Subject ORDERS = Subject.value("orders");
    private static final Subject OTHER = Subject.of("other");
    private static final Subject MISSING = Subject.of("missing");
    private static final Context STAGING = Context.of("staging");
    private static final Subject STAGED = new Subject(STAGING, "orders-value");
    private static final UUID NO_GUID = new UUID(1, 2);

    private static final SchemaContent ORDER = order("");
    private static final SchemaContent ORDER_WITH_NOTE =
            order(",{\"name\":\"note\",\"type\":\"string\",\"default\":\"\"}");
    private static final SchemaContent ORDER_WITH_PRICE = order(",{\"name\":\"price\",\"type\":\"long\"}");
    private static final SchemaContent TAGGED = ORDER.withText(
            ORDER.text().replace("\"type\":\"string\"", "\"type\":\"string\",\"confluent:tags\":[\"PII\"]"));
    private static final SchemaContent TAGGED_WITH_NOTE = ORDER_WITH_NOTE.withText(ORDER_WITH_NOTE
            .text()
            .replace("\"id\",\"type\":\"string\"", "\"id\",\"type\":\"string\",\"confluent:tags\":[\"PII\"]"));
    private static final SchemaContent STRING = SchemaContent.avro("\"string\"");
    private static final SchemaContent INVALID = SchemaContent.avro("{\"type\":\"recrod\"}");

    private RegistryEngine engine;
    private Registry registry;

    /** The registry under test, in front of that one. */
    abstract Registry connect(RegistryEngine registry);

    /** Ends what was started for the connection. */
    void disconnect() {}

    @BeforeEach
    void open() {
        engine = RegistryEngine.open(new InMemoryEventLog(Clock.systemUTC()));
        registry = connect(engine);
    }

    @AfterEach
    void close() {
        registry.close();
        disconnect();
        engine.close();
    }

    @Test
    void register_first_isIdOneVersionOne() {
        RegisteredSchema registered = register(ORDERS, ORDER);

        assertThat(registered.subject()).isEqualTo(ORDERS);
        assertThat(registered.id()).isEqualTo(1);
        assertThat(registered.version()).isEqualTo(1);
        assertThat(registered.content()).isEqualTo(ORDER);
        assertThat(registered.guid()).isEqualTo(ORDER.guid());
        assertThat(registered.deleted()).isFalse();
    }

    @Test
    void register_again_isTheSame() {
        RegisteredSchema first = register(ORDERS, ORDER);

        assertSame(register(ORDERS, ORDER), first);
        assertSame(register(ORDERS, ORDER.withText(ORDER.text().replace(",", " ,\n"))), first);
        assertThat(registry.versions(ORDERS, Deleted.INCLUDED)).containsExactly(1);
    }

    @Test
    void register_another_isTheNextVersion() {
        register(ORDERS, ORDER);
        RegisteredSchema second = register(ORDERS, ORDER_WITH_NOTE);

        assertThat(second.id()).isEqualTo(2);
        assertThat(second.version()).isEqualTo(2);
    }

    @Test
    void register_sameContentElsewhere_hasTheSameId() {
        register(ORDERS, ORDER);
        register(ORDERS, ORDER_WITH_NOTE);
        RegisteredSchema elsewhere = register(OTHER, ORDER_WITH_NOTE);

        assertThat(elsewhere.id()).isEqualTo(2);
        assertThat(elsewhere.version()).isEqualTo(1);
    }

    @Test
    void register_otherContext_hasItsOwnIds() {
        register(ORDERS, ORDER);
        register(ORDERS, ORDER_WITH_NOTE);

        RegisteredSchema staged = register(STAGED, ORDER_WITH_NOTE);

        assertThat(staged.schemaId()).isEqualTo(new SchemaId(STAGING, 1));
        assertThat(staged.guid()).isEqualTo(ORDER_WITH_NOTE.guid());
        assertThat(registry.schema(new SchemaId(STAGING, 1)).content()).isEqualTo(ORDER_WITH_NOTE);
        assertThat(registry.schema(SchemaId.of(1)).content()).isEqualTo(ORDER);
    }

    @Test
    void register_incompatible_isRefusedWithTheReason() {
        register(ORDERS, ORDER);

        RegistryException refusal = refusal(() -> register(ORDERS, ORDER_WITH_PRICE));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INCOMPATIBLE_SCHEMA);
        assertThat(refusal).hasMessageContainingAll("\"orders-value\"", "READER_FIELD_MISSING_DEFAULT_VALUE", "price");
        assertThat(registry.versions(ORDERS, Deleted.INCLUDED)).containsExactly(1);
    }

    @Test
    void register_forced_isNotCompared() {
        register(ORDERS, ORDER);

        RegisteredSchema forced = registry.register(
                ORDERS,
                ORDER_WITH_PRICE,
                new RegisterOptions(false, true, RegisterOptions.ANY_ID, RegisterOptions.NEXT_VERSION));

        assertThat(forced.version()).isEqualTo(2);
    }

    @Test
    void register_nextVersionNamed_becomesIt() {
        register(ORDERS, ORDER);

        assertRefused(ErrorCode.INVALID_SCHEMA, () -> registry.register(ORDERS, ORDER_WITH_NOTE, asVersion(3)));
        assertThat(registry.register(ORDERS, ORDER_WITH_NOTE, asVersion(2)).version())
                .isEqualTo(2);
    }

    @Test
    void register_invalid_isRefused() {
        assertRefused(ErrorCode.INVALID_SCHEMA, () -> register(ORDERS, INVALID));
        assertRefused(ErrorCode.INVALID_SCHEMA, () -> register(ORDERS, SchemaContent.avro("")));
        assertRefused(ErrorCode.INVALID_SCHEMA, () -> register(ORDERS, SchemaContent.avro("not json")));
        assertRefused(
                ErrorCode.INVALID_SCHEMA, () -> register(ORDERS, SchemaContent.of(new SchemaType("COBOL"), "01 X.")));
        assertThat(registry.subjects(":*:", Deleted.INCLUDED)).isEmpty();
    }

    @Test
    void register_badSubject_isRefused() {
        assertRefused(ErrorCode.INVALID_SUBJECT, () -> register(Subject.of("__GLOBAL"), ORDER));
        assertRefused(ErrorCode.INVALID_SUBJECT, () -> register(Subject.of("a\tb"), ORDER));
        assertRefused(ErrorCode.INVALID_SUBJECT, () -> register(new Subject(Context.GLOBAL, "a"), ORDER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "/",
                "a//b",
                "100%",
                "a%2Fb",
                "a?b=c&d",
                "a#b",
                "a;v=1",
                "a+b",
                "a b",
                "a\\b",
                "a\"b",
                "{a}",
                "straße",
                "日本",
                "😀",
                "a:b",
                ":",
                ".",
                "..",
                "a/../b",
                "versions",
                "-",
                "*",
                ":.staging:a/b",
                ":.staging:versions",
                "",
                ":.staging:"
            })
    void register_anyName_isThatName(String name) {
        Subject subject = Subject.of(name);

        RegisteredSchema registered = register(subject, ORDER);

        assertThat(registered.subject()).isEqualTo(subject);
        assertSame(registry.version(subject, VersionSpec.LATEST), registered);
        assertSame(registry.lookUp(subject, ORDER, LookupOptions.DEFAULT), registered);
        assertThat(registry.subjects(":*:", Deleted.EXCLUDED)).containsExactly(subject);
        assertThat(registry.subjects(subject.qualified(), Deleted.EXCLUDED)).containsExactly(subject);
        assertThat(registry.check(subject, ORDER_WITH_PRICE).compatible()).isFalse();
        registry.settings().updateConfig(subject, ConfigUpdate.compatibility(Compatibility.NONE));
        assertThat(registry.settings().config(subject)).isEqualTo(Config.of(Compatibility.NONE));
        assertThat(registry.deleteSubject(subject, false)).containsExactly(1);
        assertThat(registry.deleteSubject(subject, true)).containsExactly(1);
    }

    @Test
    void register_normalized_isFoundInAnyOrder() {
        String text = ORDER.text();
        RegisteredSchema registered = registry.register(ORDERS, ORDER, RegisterOptions.NORMALIZE);
        SchemaContent shuffled = ORDER.withText(
                "{\"fields\":[{\"type\":\"string\",\"name\":\"id\"}],\"name\":\"acme.Order\",\"type\":\"record\"}");

        assertThat(shuffled.text()).isNotEqualTo(text);
        assertSame(registry.register(ORDERS, shuffled, RegisterOptions.NORMALIZE), registered);
        assertSame(registry.lookUp(ORDERS, shuffled, new LookupOptions(true, false)), registered);
    }

    @Test
    void register_withEverything_keepsIt() {
        Rule rule = new Rule(
                "checkId",
                "ids are short",
                RuleKind.CONDITION,
                RuleMode.WRITE,
                "CEL",
                new TreeSet<>(Set.of("PII")),
                new TreeMap<>(Map.of("a", "b")),
                "size(message.id) < 9",
                "NONE",
                "DLQ",
                false);
        SchemaContent full = new SchemaContent(
                SchemaType.AVRO,
                ORDER.text(),
                List.of(),
                Optional.of(Metadata.of(
                        Map.of("acme.Order.id", Set.of("PII", "B")), Map.of("owner", "me"), Set.of("owner"))),
                Optional.of(new RuleSet(List.of(), List.of(rule), List.of(), "")));

        RegisteredSchema registered = register(ORDERS, full);

        assertThat(registered.content()).isEqualTo(full);
        assertThat(registered.guid()).isEqualTo(full.guid()).isNotEqualTo(ORDER.guid());
        assertThat(registry.schema(SchemaId.of(registered.id())).content()).isEqualTo(full);
        assertThat(registry.schema(full.guid())).isEqualTo(full);
    }

    @Test
    void register_badRuleSet_isRefused() {
        Rule nameless = new Rule(
                "",
                "",
                RuleKind.CONDITION,
                RuleMode.WRITE,
                "CEL",
                new TreeSet<>(),
                new TreeMap<>(),
                "true",
                "",
                "",
                false);
        SchemaContent schema = ORDER.withRuleSet(Optional.of(new RuleSet(List.of(), List.of(nameless), List.of(), "")));

        assertRefused(ErrorCode.INVALID_RULE_SET, () -> register(ORDERS, schema));
    }

    @Test
    void register_reference_isResolvedAndProtected() {
        register(OTHER, ORDER);
        SchemaContent basket = basket(new SchemaReference("acme.Order", "other", 1));

        RegisteredSchema registered = register(ORDERS, basket);

        assertThat(registered.content().references()).containsExactly(new SchemaReference("acme.Order", "other", 1));
        assertSame(registry.version(ORDERS, VersionSpec.LATEST), registered);
        assertRefused(ErrorCode.REFERENCE_EXISTS, () -> registry.deleteSubject(OTHER, false));
        assertRefused(ErrorCode.REFERENCE_EXISTS, () -> registry.deleteVersion(OTHER, VersionSpec.of(1), false));
    }

    @Test
    void register_danglingReference_isRefused() {
        assertRefused(
                ErrorCode.INVALID_SCHEMA,
                () -> register(ORDERS, basket(new SchemaReference("acme.Order", "missing", 1))));
    }

    @Test
    void register_idWithoutImport_isNotPermitted() {
        assertRefused(ErrorCode.OPERATION_NOT_PERMITTED, () -> registry.register(ORDERS, ORDER, imported(9, 3)));
    }

    @Test
    void register_import_keepsIdAndVersion() {
        registry.settings().updateMode(ORDERS, Mode.IMPORT, false);

        RegisteredSchema registered = registry.register(ORDERS, ORDER, imported(9, 3));

        assertThat(registered.id()).isEqualTo(9);
        assertThat(registered.version()).isEqualTo(3);
        assertThat(registry.schema(SchemaId.of(9)).content()).isEqualTo(ORDER);
        assertRefused(ErrorCode.OPERATION_NOT_PERMITTED, () -> register(ORDERS, ORDER_WITH_NOTE));
        assertRefused(
                ErrorCode.OPERATION_NOT_PERMITTED, () -> registry.register(ORDERS, ORDER_WITH_NOTE, imported(9, 4)));
    }

    @Test
    void register_readOnly_findsOnlyWhatIsThere() {
        RegisteredSchema first = register(ORDERS, ORDER);
        registry.settings().updateMode(ORDERS, Mode.READONLY, false);

        assertSame(register(ORDERS, ORDER), first);
        assertRefused(ErrorCode.OPERATION_NOT_PERMITTED, () -> register(ORDERS, ORDER_WITH_NOTE));
        assertRefused(ErrorCode.OPERATION_NOT_PERMITTED, () -> registry.deleteSubject(ORDERS, false));
    }

    @Test
    void register_manyThreads_agree() throws Exception {
        int threads = 16;
        CountDownLatch everybody = new CountDownLatch(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Future<RegisteredSchema>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                Subject subject = Subject.of("s" + i % 4);
                answers.add(executor.submit(() -> {
                    everybody.countDown();
                    everybody.await();
                    return register(subject, ORDER);
                }));
            }
            for (Future<RegisteredSchema> answer : answers) {
                assertThat(answer.get().id()).isEqualTo(1);
                assertThat(answer.get().version()).isEqualTo(1);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void register_afterAHardDelete_getsANewId() {
        register(ORDERS, ORDER);
        deleteForGood(ORDERS);

        assertThat(register(ORDERS, ORDER).id()).isEqualTo(2);
        assertRefused(ErrorCode.SCHEMA_NOT_FOUND, () -> registry.schema(SchemaId.of(1)));
    }

    @Test
    void lookUp_registered_isItsVersion() {
        register(ORDERS, ORDER);
        RegisteredSchema second = register(ORDERS, ORDER_WITH_NOTE);

        assertSame(registry.lookUp(ORDERS, ORDER_WITH_NOTE, LookupOptions.DEFAULT), second);
    }

    @Test
    void lookUp_missing_saysWhatIs() {
        register(ORDERS, ORDER);

        assertRefused(ErrorCode.SUBJECT_NOT_FOUND, () -> registry.lookUp(MISSING, ORDER, LookupOptions.DEFAULT));
        assertRefused(
                ErrorCode.SCHEMA_NOT_FOUND, () -> registry.lookUp(ORDERS, ORDER_WITH_NOTE, LookupOptions.DEFAULT));
    }

    @Test
    void lookUp_deleted_isFoundIfAskedFor() {
        register(ORDERS, ORDER);
        register(ORDERS, ORDER_WITH_NOTE);
        registry.deleteVersion(ORDERS, VersionSpec.of(1), false);

        assertRefused(ErrorCode.SCHEMA_NOT_FOUND, () -> registry.lookUp(ORDERS, ORDER, LookupOptions.DEFAULT));
        assertThat(registry.lookUp(ORDERS, ORDER, new LookupOptions(false, true))
                        .version())
                .isEqualTo(1);
    }

    @Test
    void schemaById_everyState_isReadUntilItIsGone() {
        RegisteredSchema registered = register(ORDERS, ORDER);
        assertSame(registry.schema(SchemaId.of(1)), registered);

        registry.deleteSubject(ORDERS, false);
        RegisteredSchema deleted = registry.schema(SchemaId.of(1));
        assertThat(deleted.content()).isEqualTo(ORDER);
        assertThat(deleted.deleted()).isTrue();

        registry.deleteSubject(ORDERS, true);
        assertRefused(ErrorCode.SCHEMA_NOT_FOUND, () -> registry.schema(SchemaId.of(1)));
    }

    @Test
    void schemaById_missing_isNotFound() {
        register(ORDERS, ORDER);

        assertRefused(ErrorCode.SCHEMA_NOT_FOUND, () -> registry.schema(SchemaId.of(2)));
        assertRefused(ErrorCode.SCHEMA_NOT_FOUND, () -> registry.schema(SchemaId.of(0)));
        assertRefused(ErrorCode.SCHEMA_NOT_FOUND, () -> registry.schema(SchemaId.of(-1)));
        assertRefused(ErrorCode.SCHEMA_NOT_FOUND, () -> registry.schema(SchemaId.of(Integer.MAX_VALUE)));
        assertRefused(ErrorCode.SCHEMA_NOT_FOUND, () -> registry.schema(new SchemaId(STAGING, 1)));
    }

    @Test
    void schemaByGuid_registered_isItsContent() {
        register(ORDERS, ORDER);
        assertThat(registry.schema(ORDER.guid())).isEqualTo(ORDER);

        deleteForGood(ORDERS);
        assertRefused(ErrorCode.SCHEMA_NOT_FOUND, () -> registry.schema(ORDER.guid()));
        assertRefused(ErrorCode.SCHEMA_NOT_FOUND, () -> registry.schema(NO_GUID));
    }

    @Test
    void version_numberOrLatest_isFound() {
        RegisteredSchema first = register(ORDERS, ORDER);
        assertSame(registry.version(ORDERS, VersionSpec.LATEST), first);
        RegisteredSchema second = register(ORDERS, ORDER_WITH_NOTE);

        assertSame(registry.version(ORDERS, VersionSpec.of(1)), first);
        assertSame(registry.version(ORDERS, VersionSpec.of(2)), second);
        assertSame(registry.version(ORDERS, VersionSpec.LATEST), second);
        assertThat(registry.version(ORDERS, VersionSpec.LATEST).timestamp()).isPresent();
    }

    @Test
    void version_missing_saysWhatIs() {
        register(ORDERS, ORDER);

        assertRefused(ErrorCode.SUBJECT_NOT_FOUND, () -> registry.version(MISSING, VersionSpec.of(1)));
        assertRefused(ErrorCode.SUBJECT_NOT_FOUND, () -> registry.version(MISSING, VersionSpec.LATEST));
        assertRefused(ErrorCode.VERSION_NOT_FOUND, () -> registry.version(ORDERS, VersionSpec.of(2)));
    }

    @Test
    void version_deleted_isNotThere() {
        RegisteredSchema first = register(ORDERS, ORDER);
        register(ORDERS, ORDER_WITH_NOTE);
        assertThat(registry.version(ORDERS, VersionSpec.of(2)).id()).isEqualTo(2);
        registry.deleteVersion(ORDERS, VersionSpec.LATEST, false);

        assertRefused(ErrorCode.VERSION_NOT_FOUND, () -> registry.version(ORDERS, VersionSpec.of(2)));
        assertSame(registry.version(ORDERS, VersionSpec.LATEST), first);
    }

    @Test
    void versions_byState_areListed() {
        register(ORDERS, ORDER);
        register(ORDERS, ORDER_WITH_NOTE);
        registry.deleteVersion(ORDERS, VersionSpec.of(1), false);

        assertThat(registry.versions(ORDERS, Deleted.EXCLUDED)).containsExactly(2);
        assertThat(registry.versions(ORDERS, Deleted.INCLUDED)).containsExactly(1, 2);
        assertThat(registry.versions(ORDERS, Deleted.ONLY)).containsExactly(1);
    }

    @Test
    void versions_noneToName_isSubjectNotFound() {
        register(ORDERS, ORDER);

        assertRefused(ErrorCode.SUBJECT_NOT_FOUND, () -> registry.versions(MISSING, Deleted.INCLUDED));
        registry.deleteSubject(ORDERS, false);
        assertRefused(ErrorCode.SUBJECT_NOT_FOUND, () -> registry.versions(ORDERS, Deleted.EXCLUDED));
        assertThat(registry.versions(ORDERS, Deleted.INCLUDED)).containsExactly(1);
    }

    @Test
    void subjects_prefixes_selectByContextAndName() {
        Subject b = Subject.of("b");
        Subject bc = Subject.of("bc");
        Subject staged = new Subject(STAGING, "b");
        List.of(staged, bc, b, ORDERS).forEach(subject -> register(subject, STRING));

        assertThat(registry.subjects("", Deleted.EXCLUDED)).containsExactly(b, bc, ORDERS);
        assertThat(registry.subjects("b", Deleted.EXCLUDED)).containsExactly(b, bc);
        assertThat(registry.subjects("bc", Deleted.EXCLUDED)).containsExactly(bc);
        assertThat(registry.subjects("x", Deleted.EXCLUDED)).isEmpty();
        assertThat(registry.subjects(":.staging:", Deleted.EXCLUDED)).containsExactly(staged);
        assertThat(registry.subjects(":.nowhere:", Deleted.EXCLUDED)).isEmpty();
        assertThat(registry.subjects(":*:", Deleted.EXCLUDED)).containsExactly(staged, b, bc, ORDERS);
        assertThat(registry.subjects(":*:b", Deleted.EXCLUDED)).containsExactly(staged, b, bc);
    }

    @Test
    void subjects_byState_areListed() {
        register(ORDERS, ORDER);
        register(OTHER, ORDER);
        registry.deleteSubject(OTHER, false);

        assertThat(registry.subjects("", Deleted.EXCLUDED)).containsExactly(ORDERS);
        assertThat(registry.subjects("", Deleted.INCLUDED)).containsExactly(ORDERS, OTHER);
        assertThat(registry.subjects("", Deleted.ONLY)).containsExactly(OTHER);
    }

    @Test
    void check_compatible_hasNothingToSay() {
        register(ORDERS, ORDER);

        assertThat(registry.check(ORDERS, ORDER_WITH_NOTE)).isEqualTo(CompatibilityReport.COMPATIBLE);
        assertThat(registry.check(ORDERS, VersionSpec.of(1), ORDER_WITH_NOTE))
                .isEqualTo(CompatibilityReport.COMPATIBLE);
        assertThat(registry.versions(ORDERS, Deleted.INCLUDED)).containsExactly(1);
    }

    @Test
    void check_incompatible_saysWhy() {
        register(ORDERS, ORDER);

        for (CompatibilityReport report : List.of(
                registry.check(ORDERS, ORDER_WITH_PRICE),
                registry.check(ORDERS, VersionSpec.of(1), ORDER_WITH_PRICE),
                registry.check(ORDERS, VersionSpec.LATEST, ORDER_WITH_PRICE))) {
            assertThat(report.compatible()).isFalse();
            assertThat(report.messages()).isNotEmpty();
            assertThat(report.messages().get(0)).contains("READER_FIELD_MISSING_DEFAULT_VALUE", "price");
        }
    }

    @Test
    void check_nothingToCompareWith_isCompatible() {
        assertThat(registry.check(MISSING, ORDER).compatible()).isTrue();
        assertThat(registry.check(MISSING, VersionSpec.LATEST, ORDER).compatible())
                .isTrue();
    }

    @Test
    void check_missingVersion_saysWhatIs() {
        register(ORDERS, ORDER);

        assertRefused(ErrorCode.VERSION_NOT_FOUND, () -> registry.check(ORDERS, VersionSpec.of(2), ORDER));
        assertThat(refusal(() -> registry.check(MISSING, VersionSpec.of(1), ORDER))
                        .code()
                        .httpStatus())
                .isEqualTo(404);
    }

    @Test
    void check_invalid_isNotAVerdict() {
        register(ORDERS, ORDER);

        assertRefused(ErrorCode.INVALID_SCHEMA, () -> registry.check(ORDERS, INVALID));
        assertRefused(ErrorCode.INVALID_SCHEMA, () -> registry.check(ORDERS, VersionSpec.of(1), INVALID));
    }

    @Test
    void deleteSubject_softThenForGood_namesTheVersions() {
        register(ORDERS, ORDER);
        register(ORDERS, ORDER_WITH_NOTE);

        assertRefused(ErrorCode.SUBJECT_NOT_SOFT_DELETED, () -> registry.deleteSubject(ORDERS, true));
        assertThat(registry.deleteSubject(ORDERS, false)).containsExactly(1, 2);
        assertRefused(ErrorCode.SUBJECT_SOFT_DELETED, () -> registry.deleteSubject(ORDERS, false));
        assertThat(registry.deleteSubject(ORDERS, true)).containsExactly(1, 2);
        assertRefused(ErrorCode.SUBJECT_NOT_FOUND, () -> registry.deleteSubject(ORDERS, true));
        assertRefused(ErrorCode.SUBJECT_NOT_FOUND, () -> registry.deleteSubject(ORDERS, false));
    }

    @Test
    void deleteSubject_registeredAgain_isANewVersion() {
        register(ORDERS, ORDER);
        registry.deleteSubject(ORDERS, false);

        RegisteredSchema again = register(ORDERS, ORDER);

        assertThat(again.id()).isEqualTo(1);
        assertThat(again.version()).isEqualTo(2);
    }

    @Test
    void deleteVersion_softThenForGood_namesTheVersion() {
        register(ORDERS, ORDER);
        register(ORDERS, ORDER_WITH_NOTE);

        assertRefused(
                ErrorCode.VERSION_NOT_SOFT_DELETED, () -> registry.deleteVersion(ORDERS, VersionSpec.of(1), true));
        assertThat(registry.deleteVersion(ORDERS, VersionSpec.of(1), false)).isEqualTo(1);
        assertRefused(ErrorCode.VERSION_SOFT_DELETED, () -> registry.deleteVersion(ORDERS, VersionSpec.of(1), false));
        assertThat(registry.deleteVersion(ORDERS, VersionSpec.of(1), true)).isEqualTo(1);
        assertRefused(ErrorCode.VERSION_NOT_FOUND, () -> registry.deleteVersion(ORDERS, VersionSpec.of(1), true));
        assertThat(registry.deleteVersion(ORDERS, VersionSpec.LATEST, false)).isEqualTo(2);
        assertRefused(ErrorCode.SUBJECT_NOT_FOUND, () -> registry.deleteVersion(MISSING, VersionSpec.of(1), false));
    }

    @Test
    void config_untouched_isTheDefault() {
        RegistrySettings settings = registry.settings();

        assertThat(settings.config(RegistrySettings.GLOBAL)).isEqualTo(Config.of(Compatibility.BACKWARD));
        assertThat(settings.effectiveConfig(RegistrySettings.GLOBAL)).isEqualTo(Config.of(Compatibility.BACKWARD));
        assertThat(settings.effectiveConfig(ORDERS).compatibility()).contains(Compatibility.BACKWARD);
        assertRefused(ErrorCode.NO_SUBJECT_COMPATIBILITY, () -> settings.config(ORDERS));
        assertRefused(ErrorCode.NO_SUBJECT_COMPATIBILITY, () -> settings.config(Subject.all(STAGING)));
    }

    @ParameterizedTest
    @EnumSource(Compatibility.class)
    void updateConfig_everyLevel_isKept(Compatibility level) {
        RegistrySettings settings = registry.settings();

        for (Subject scope : List.of(RegistrySettings.GLOBAL, ORDERS, Subject.all(STAGING), STAGED)) {
            assertThat(settings.updateConfig(scope, ConfigUpdate.compatibility(level)))
                    .isEqualTo(Config.of(level));
            assertThat(settings.config(scope)).isEqualTo(Config.of(level));
        }
    }

    @Test
    void updateConfig_partly_leavesTheRest() {
        RegistrySettings settings = registry.settings();
        settings.updateConfig(
                ORDERS, ConfigUpdate.set(Config.of(Compatibility.FULL).with(ConfigField.COMPATIBILITY_GROUP, "major")));

        Config updated = settings.updateConfig(
                ORDERS,
                new ConfigUpdate(
                        Config.EMPTY.with(ConfigField.NORMALIZE, true).with(ConfigField.ALIAS, "real"),
                        Set.of(ConfigField.COMPATIBILITY_GROUP)));

        assertThat(updated)
                .isEqualTo(Config.of(Compatibility.FULL)
                        .with(ConfigField.NORMALIZE, true)
                        .with(ConfigField.ALIAS, "real"))
                .isEqualTo(settings.config(ORDERS));
    }

    @Test
    void updateConfig_everyField_isKept() {
        Metadata metadata = Metadata.ofProperties(Map.of("owner", "me"));
        RuleSet rules = new RuleSet(List.of(), List.of(), List.of(), "CLIENT");
        Config all = Config.of(Compatibility.NONE)
                .with(ConfigField.ALIAS, "real")
                .with(ConfigField.ALIAS_FOR_DEKS, "deks")
                .with(ConfigField.NORMALIZE, true)
                .with(ConfigField.VALIDATE_FIELDS, true)
                .with(ConfigField.VALIDATE_NEW_SCHEMAS, false)
                .with(ConfigField.VALIDATE_RULES, true)
                .with(ConfigField.COMPATIBILITY_POLICY, CompatibilityPolicy.LENIENT)
                .with(ConfigField.COMPATIBILITY_GROUP, "major")
                .with(ConfigField.DEFAULT_METADATA, metadata)
                .with(ConfigField.OVERRIDE_METADATA, metadata)
                .with(ConfigField.DEFAULT_RULE_SET, rules)
                .with(ConfigField.OVERRIDE_RULE_SET, rules);

        assertThat(registry.settings().updateConfig(ORDERS, ConfigUpdate.set(all)))
                .isEqualTo(all);
        assertThat(registry.settings().config(ORDERS)).isEqualTo(all);
    }

    @Test
    void effectiveConfig_nothingOfItsOwn_isThatOfTheNextScope() {
        RegistrySettings settings = registry.settings();
        settings.updateConfig(RegistrySettings.GLOBAL, ConfigUpdate.compatibility(Compatibility.FULL));
        settings.updateConfig(Subject.all(STAGING), ConfigUpdate.compatibility(Compatibility.NONE));

        assertThat(settings.effectiveConfig(ORDERS).compatibility()).contains(Compatibility.FULL);
        assertThat(settings.effectiveConfig(STAGED).compatibility()).contains(Compatibility.NONE);
    }

    @Test
    void updateConfig_level_countsForTheNextRegistration() {
        register(ORDERS, ORDER);
        registry.settings().updateConfig(ORDERS, ConfigUpdate.compatibility(Compatibility.NONE));

        assertThat(registry.check(ORDERS, ORDER_WITH_PRICE).compatible()).isTrue();
        assertThat(register(ORDERS, ORDER_WITH_PRICE).version()).isEqualTo(2);
    }

    @Test
    void updateConfig_badScope_isRefused() {
        assertRefused(
                ErrorCode.INVALID_SUBJECT,
                () -> registry.settings()
                        .updateConfig(Subject.of("__GLOBAL"), ConfigUpdate.compatibility(Compatibility.NONE)));
    }

    @Test
    void deleteConfig_set_givesItBack() {
        RegistrySettings settings = registry.settings();
        settings.updateConfig(ORDERS, ConfigUpdate.compatibility(Compatibility.FULL));

        assertThat(settings.deleteConfig(ORDERS)).isEqualTo(Config.of(Compatibility.FULL));
        assertRefused(ErrorCode.NO_SUBJECT_COMPATIBILITY, () -> settings.config(ORDERS));
        assertRefused(ErrorCode.SUBJECT_NOT_FOUND, () -> settings.deleteConfig(ORDERS));
    }

    @Test
    void deleteConfig_global_isTheDefaultAgain() {
        RegistrySettings settings = registry.settings();
        settings.updateConfig(RegistrySettings.GLOBAL, ConfigUpdate.compatibility(Compatibility.FULL));

        assertThat(settings.deleteConfig(RegistrySettings.GLOBAL)).isEqualTo(Config.of(Compatibility.FULL));
        assertThat(settings.config(RegistrySettings.GLOBAL)).isEqualTo(Config.of(Compatibility.BACKWARD));
    }

    @Test
    void mode_untouched_isReadWrite() {
        RegistrySettings settings = registry.settings();

        assertThat(settings.mode(RegistrySettings.GLOBAL)).isEqualTo(Mode.READWRITE);
        assertThat(settings.effectiveMode(ORDERS)).isEqualTo(Mode.READWRITE);
        assertRefused(ErrorCode.NO_SUBJECT_MODE, () -> settings.mode(ORDERS));
    }

    @Test
    void updateMode_everyScope_isKept() {
        RegistrySettings settings = registry.settings();

        for (Subject scope : List.of(RegistrySettings.GLOBAL, ORDERS, Subject.all(STAGING), STAGED)) {
            assertThat(settings.updateMode(scope, Mode.READONLY, false)).isEqualTo(Mode.READONLY);
            assertThat(settings.mode(scope)).isEqualTo(Mode.READONLY);
        }
        assertThat(settings.effectiveMode(OTHER)).isEqualTo(Mode.READONLY);
        assertThat(settings.effectiveMode(new Subject(STAGING, "x"))).isEqualTo(Mode.READONLY);
        assertThat(settings.effectiveMode(Subject.of(":.elsewhere:x"))).isEqualTo(Mode.READWRITE);
    }

    @Test
    void updateMode_importOverSchemas_needsForce() {
        RegistrySettings settings = registry.settings();
        register(ORDERS, ORDER);

        assertRefused(ErrorCode.OPERATION_NOT_PERMITTED, () -> settings.updateMode(ORDERS, Mode.IMPORT, false));
        assertThat(settings.updateMode(ORDERS, Mode.IMPORT, true)).isEqualTo(Mode.IMPORT);
    }

    @Test
    void updateMode_forwardForASubject_isRefused() {
        assertRefused(ErrorCode.INVALID_MODE, () -> registry.settings().updateMode(ORDERS, Mode.FORWARD, false));
    }

    @Test
    void deleteMode_set_givesItBack() {
        RegistrySettings settings = registry.settings();
        settings.updateMode(ORDERS, Mode.READONLY, false);

        assertThat(settings.deleteMode(ORDERS)).isEqualTo(Mode.READONLY);
        assertThat(settings.effectiveMode(ORDERS)).isEqualTo(Mode.READWRITE);
        assertRefused(ErrorCode.SUBJECT_NOT_FOUND, () -> settings.deleteMode(ORDERS));
    }

    @Test
    void client_everyQuestion_isAnswered() {
        try (SchemaRegistryClient client = SchemaRegistryClient.of(registry)) {
            assertThat(client.latest(ORDERS)).isEmpty();
            assertThat(client.findVersion(ORDERS, ORDER)).isEmpty();
            assertThat(client.findById(1)).isEmpty();

            RegisteredSchema registered = client.register(ORDERS, ORDER);

            assertSame(client.findById(1).orElseThrow(), registered);
            assertSame(client.latest(ORDERS).orElseThrow(), registered);
            assertThat(client.findVersion(ORDERS, ORDER)).hasValue(1);
            assertThat(client.isCompatible(ORDERS, ORDER_WITH_NOTE)).isTrue();
            assertThat(client.check(ORDERS, VersionSpec.LATEST, ORDER_WITH_PRICE)
                            .messages())
                    .isNotEmpty();
            client.setCompatibility(Compatibility.FULL_TRANSITIVE);
            assertThat(client.compatibility(ORDERS)).isEqualTo(Compatibility.FULL_TRANSITIVE);
            client.setCompatibility(ORDERS, Compatibility.NONE);
            assertThat(client.compatibility(ORDERS)).isEqualTo(Compatibility.NONE);
            assertThat(client.compatibility()).isEqualTo(Compatibility.FULL_TRANSITIVE);
            assertThat(client.topicSubjects().values()).containsExactly("orders");
            assertThat(client.deleteSubject(ORDERS)).containsExactly(1);
        }
    }

    @Test
    void schemaTypes_always_haveAvro() {
        assertThat(registry.schemaTypes()).contains(SchemaType.AVRO);
    }

    @Test
    void clusterId_always_isThatOfTheRegistry() {
        String clusterId = registry.clusterId();
        register(ORDERS, ORDER);

        assertThat(clusterId).isNotBlank().isEqualTo(registry.clusterId()).isEqualTo(engine.clusterId());
    }

    private RegisteredSchema register(Subject subject, SchemaContent schema) {
        return registry.register(subject, schema, RegisterOptions.DEFAULT);
    }

    private void deleteForGood(Subject subject) {
        registry.deleteSubject(subject, false);
        registry.deleteSubject(subject, true);
    }

    /** All but the time, which not every answer tells. */
    private static void assertSame(RegisteredSchema actual, RegisteredSchema expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .ignoringFields("timestamp")
                .isEqualTo(expected);
    }

    @Test
    void ids_guid_areThoseOfItsContexts() {
        register(ORDERS, STRING);
        register(OTHER, ORDER);
        register(STAGED, ORDER);

        assertThat(registry.ids(ORDER.guid())).containsExactly(SchemaId.of(2), new SchemaId(STAGING, 1));
        assertThat(registry.ids(NO_GUID)).isEmpty();
    }

    @Test
    void version_softDeleted_isThereIfAskedFor() {
        register(ORDERS, ORDER);
        RegisteredSchema second = register(ORDERS, ORDER_WITH_NOTE);
        registry.deleteVersion(ORDERS, VersionSpec.of(2), false);

        RegisteredSchema deleted = registry.version(ORDERS, VersionSpec.of(2), Deleted.INCLUDED);

        assertThat(deleted.id()).isEqualTo(second.id());
        assertThat(deleted.content()).isEqualTo(ORDER_WITH_NOTE);
        assertThat(registry.version(ORDERS, VersionSpec.LATEST, Deleted.INCLUDED)
                        .version())
                .isEqualTo(1);
        assertRefused(ErrorCode.VERSION_NOT_FOUND, () -> registry.version(ORDERS, VersionSpec.of(2), Deleted.EXCLUDED));
    }

    @Test
    void newestWith_properties_isTheNewestLiveOneThatHasThemAll() {
        register(ORDERS, ORDER.withProperties(Map.of("app", "a & b", "line", "1")));
        RegisteredSchema second = register(ORDERS, ORDER_WITH_NOTE.withProperties(Map.of("app", "a & b", "line", "1")));
        register(ORDERS, ORDER_WITH_NOTE.withProperties(Map.of("app", "a & b", "line", "2")));

        assertThat(registry.newestWith(Map.of("line", "1", "app", "a & b"), ORDERS)
                        .version())
                .isEqualTo(second.version());
        registry.deleteVersion(ORDERS, VersionSpec.of(2), false);
        assertThat(registry.newestWith(Map.of("line", "1"), ORDERS).version()).isEqualTo(1);
        assertRefused(ErrorCode.SCHEMA_NOT_FOUND, () -> registry.newestWith(Map.of("line", "3"), ORDERS));
        assertRefused(ErrorCode.SUBJECT_NOT_FOUND, () -> registry.newestWith(Map.of("line", "1"), MISSING));
    }

    @Test
    void associated_topic_isTheSubjectOfThatPart() {
        register(ORDERS, ORDER);
        register(STAGED, ORDER);
        associate("lkc-1", "shop", ORDERS);
        associate("lkc-2", "shop", STAGED);

        assertThat(registry.associated("lkc-1", "shop", "value")).containsExactly(ORDERS);
        assertThat(registry.associated("lkc-2", "shop", "value")).containsExactly(STAGED);
        assertThat(registry.associated(Registry.ANY_CLUSTER, "shop", "value"))
                .containsExactlyInAnyOrder(ORDERS, STAGED);
        assertThat(registry.associated("lkc-1", "shop", "key")).isEmpty();
        assertThat(registry.associated("lkc-3", "shop", "value")).isEmpty();
        assertThat(registry.associated("lkc-1", "a b/c", "value")).isEmpty();
    }

    private void associate(String cluster, String topic, Subject subject) {
        AssociatedResource resource =
                new AssociatedResource(topic, cluster, cluster + "-" + topic, AssociatedResource.TOPIC);
        AssociationRequest.Change change = new AssociationRequest.Change(
                AssociationRequest.Operation.CREATE,
                "value",
                Optional.of(subject),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        engine.associations()
                .changeAsync(new AssociationRequest(resource, List.of(change)), false, Runnable::run)
                .toCompletableFuture()
                .join();
    }

    @Test
    void register_tagsOfTheLatest_areTakenOverIfAskedFor() {
        register(ORDERS, TAGGED);

        RegisteredSchema without = register(ORDERS, ORDER_WITH_NOTE);
        register(ORDERS, TAGGED_WITH_NOTE);
        RegisteredSchema with = registry.register(
                ORDERS,
                order(",{\"name\":\"memo\",\"type\":\"string\",\"default\":\"\"}"),
                new RegisterOptions(false, false, RegisterOptions.ANY_ID, RegisterOptions.NEXT_VERSION, true, ""));

        assertThat(registry.schema(without.schemaId()).content().text()).doesNotContain("PII");
        assertThat(registry.schema(with.schemaId()).content().text()).contains("memo", "\"PII\"");
    }

    @Test
    void register_anotherSpelling_isAnsweredInIt() {
        register(ORDERS, ORDER);
        SchemaContent basket = basket(new SchemaReference("acme.Order", ORDERS.name(), 1));

        RegisteredSchema registered = registry.register(
                OTHER,
                basket,
                new RegisterOptions(
                        false, false, RegisterOptions.ANY_ID, RegisterOptions.NEXT_VERSION, false, "resolved"));

        assertThat(registered.content().text()).contains("\"id\"");
        SchemaContent stored = registry.schema(registered.schemaId()).content();
        assertThat(stored.text()).contains("Basket").doesNotContain("\"id\"");
        assertThat(registered.guid()).isEqualTo(stored.guid());
    }

    private static void assertRefused(ErrorCode code, Runnable call) {
        RegistryException refusal = refusal(call);

        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        assertThat(refusal.number()).isEqualTo(code.number());
        assertThat(refusal.getMessage()).isNotBlank();
    }

    private static RegistryException refusal(Runnable call) {
        RegistryException refusal = catchThrowableOfType(RegistryException.class, call::run);
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }

    private static SchemaContent order(String moreFields) {
        return SchemaContent.avro("{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"acme\",\"fields\":"
                + "[{\"name\":\"id\",\"type\":\"string\"}" + moreFields + "]}");
    }

    private static SchemaContent basket(SchemaReference reference) {
        return SchemaContent.avro("{\"type\":\"record\",\"name\":\"Basket\",\"namespace\":\"acme\",\"fields\":"
                        + "[{\"name\":\"order\",\"type\":\"acme.Order\"}]}")
                .withReferences(List.of(reference));
    }

    private static RegisterOptions asVersion(int version) {
        return new RegisterOptions(false, false, RegisterOptions.ANY_ID, version);
    }

    private static RegisterOptions imported(int id, int version) {
        return new RegisterOptions(false, false, id, version);
    }
}
