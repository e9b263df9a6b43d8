package io.concordat.engine;

import static io.concordat.engine.WordsFormat.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.AssociatedResource;
import io.concordat.api.Association;
import io.concordat.api.Config;
import io.concordat.api.ConfigField;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.Lifecycle;
import io.concordat.api.Mode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaReference;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.engine.AssociationRequest.Change;
import io.concordat.engine.AssociationRequest.NewSchema;
import io.concordat.engine.AssociationRequest.Operation;
import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.engine.log.NewRecord;
import io.concordat.engine.record.LogEvent;
import io.concordat.engine.record.RecordFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AssociationsTest {
    private static final Subject ORDERS = Subject.of("orders");
    private static final Subject OWN = Subject.of(":.lkc-1:t-value");
    private static final AssociatedResource T = topic("t", "lkc-1", "id-t");
    private static final AssociatedResource U = topic("u", "lkc-1", "id-u");

    private final EventLog log = new InMemoryEventLog();
    private final RegistryEngine registry = open(log);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void create_ofALiveSubject_isFoundByEverything() {
        register(ORDERS, "a");

        AssociationResult result = change(T, create("value", ORDERS));

        assertThat(result.resource()).isEqualTo(T);
        Association made = result.made().get(0).association();
        assertThat(made.lifecycle()).isEqualTo(Lifecycle.WEAK);
        assertThat(made.frozen()).isFalse();
        assertThat(found(registry)).hasSize(1).allSatisfy(association -> {
            assertThat(association.guid()).isEqualTo(made.guid());
            assertThat(association.created()).isPresent().isEqualTo(association.updated());
        });
        assertThat(registry.associations().ofResource("id-t", AssociationFilter.ANY))
                .isEqualTo(found(registry));
        assertThat(registry.associations().ofResource("lkc-1", "t", AssociationFilter.ANY))
                .isEqualTo(found(registry));
        assertThat(registry.associations().ofResource("-", "t", AssociationFilter.ANY))
                .isEqualTo(found(registry));
        assertThat(registry.associations().ofResource("lkc-2", "t", AssociationFilter.ANY))
                .isEmpty();
    }

    @Test
    void ofResource_inAnyNamespace_findsNoLongerNames() {
        register(ORDERS, "a");
        change(T, create("value", ORDERS));
        change(topic("t", "a", "1"), create("value", ORDERS));
        change(topic("t2", "a", "2"), create("value", ORDERS));

        assertThat(registry.associations()
                        .ofResource("-", "t", AssociationFilter.ANY)
                        .map(association -> association.resource().namespace()))
                .containsExactly("a", "lkc-1");
    }

    @Test
    void filter_eachPart_narrows() {
        register(ORDERS, "a");
        change(T, create("value", ORDERS), create("key", ORDERS));

        assertThat(ofT(new AssociationFilter("topic", Set.of("key"), Set.of()))).hasSize(1);
        assertThat(ofT(new AssociationFilter("", Set.of("key", "value"), Set.of(Lifecycle.WEAK))))
                .hasSize(2);
        assertThat(ofT(new AssociationFilter("table", Set.of(), Set.of()))).isEmpty();
        assertThat(ofT(new AssociationFilter("", Set.of(), Set.of(Lifecycle.STRONG))))
                .isEmpty();
    }

    @Test
    void create_again_writesNothing() {
        register(ORDERS, "a");
        change(T, create("value", ORDERS, Lifecycle.STRONG));
        int written = LogCopies.records(log).size();

        AssociationResult again = change(T, create("value", ORDERS, Lifecycle.STRONG));

        assertThat(again.made().get(0).association()).isEqualTo(found(registry).get(0));
        assertThat(LogCopies.records(log)).hasSize(written);
    }

    @Test
    void create_otherwiseThanItIs_isRefused() {
        register(ORDERS, "a");
        register(OWN, "a");
        change(T, create("value", ORDERS));

        assertRefused(
                ErrorCode.ASSOCIATION_FOR_RESOURCE_EXISTS, () -> change(T, create("value", ORDERS, Lifecycle.STRONG)));
        assertRefused(ErrorCode.ASSOCIATION_FOR_RESOURCE_EXISTS, () -> change(T, create("value", OWN)));
        assertRefused(ErrorCode.ASSOCIATION_FOR_RESOURCE_EXISTS, () -> change(T, upsert("value", OWN)));
        assertRefused(
                ErrorCode.ASSOCIATION_FOR_RESOURCE_EXISTS,
                () -> change(topic("t", "lkc-1", "another"), create("key", ORDERS)));
        assertRefused(
                ErrorCode.ASSOCIATION_FOR_RESOURCE_EXISTS,
                () -> change(topic("another", "lkc-1", "id-t"), create("key", ORDERS)));
    }

    @Test
    void create_strongAndOthers_excludeEachOther() {
        register(ORDERS, "a");
        register(OWN, "a");
        change(T, create("value", ORDERS, Lifecycle.STRONG));
        change(U, create("value", OWN));

        assertRefused(ErrorCode.STRONG_ASSOCIATION_EXISTS, () -> change(U, create("key", ORDERS)));
        assertRefused(ErrorCode.STRONG_ASSOCIATION_EXISTS, () -> change(T, create("key", ORDERS)));
        assertRefused(ErrorCode.ASSOCIATION_FOR_SUBJECT_EXISTS, () -> change(T, create("key", OWN, Lifecycle.STRONG)));
        register(Subject.of("s"), "a");
        assertRefused(
                ErrorCode.STRONG_ASSOCIATION_EXISTS,
                () -> change(
                        topic("v", "n", "id-v"),
                        create("value", Subject.of("s"), Lifecycle.STRONG),
                        create("key", Subject.of("s"))));
        assertThat(registry.associations().ofResource("id-v", AssociationFilter.ANY))
                .isEmpty();
    }

    @Test
    void create_withoutALiveVersion_isRefused() {
        assertRefused(ErrorCode.NO_ACTIVE_VERSION_FOR_ASSOCIATION, () -> change(T, create("value", ORDERS)));
        register(ORDERS, "a");
        registry.deleteSubject(ORDERS, false);
        assertRefused(ErrorCode.NO_ACTIVE_VERSION_FOR_ASSOCIATION, () -> change(T, create("value", ORDERS)));
    }

    @Test
    void create_withSchemas_registersThemInTheSameCommit() {
        AssociationResult result = change(
                T,
                create("value", Optional.empty(), "a b", Lifecycle.STRONG, true),
                create("key", Optional.of(Subject.of("k")), "k", Lifecycle.WEAK, false));

        assertThat(result.made().get(0).association().subject()).isEqualTo(OWN);
        assertThat(result.made())
                .extracting(made -> made.schema().orElseThrow().subject().qualified())
                .containsExactly(":.lkc-1:t-value", "k");
        assertThat(registry.versions(OWN, Deleted.EXCLUDED)).containsExactly(1);
        assertThat(registry.schema(SchemaId.of(1)).content().text()).isEqualTo("k");
        assertThat(ofT(AssociationFilter.ANY)).hasSize(2);
    }

    @Test
    void create_twoSchemasOfOneContext_getTwoIds() {
        AssociationResult result = change(
                T,
                create("value", Optional.of(ORDERS), "a", Lifecycle.WEAK, false),
                create("key", Optional.of(Subject.of("k")), "b", Lifecycle.WEAK, false));

        assertThat(result.made())
                .extracting(made -> made.schema().orElseThrow().id())
                .containsExactly(1, 2);
    }

    @Test
    void create_secondSchemaUnderTheSameSubject_isItsNextVersion() {
        AssociationResult result = change(
                T,
                create("value", Optional.of(ORDERS), "a", Lifecycle.WEAK, false),
                create("key", Optional.of(ORDERS), "a b", Lifecycle.WEAK, false));

        assertThat(result.made())
                .extracting(made -> made.schema().orElseThrow().version())
                .containsExactly(1, 2);
        assertThat(registry.versions(ORDERS, Deleted.EXCLUDED)).containsExactly(1, 2);
    }

    @Test
    void create_withABadSchema_changesNothing() {
        assertRefused(
                ErrorCode.INVALID_SCHEMA,
                () -> change(
                        T,
                        create("value", Optional.of(ORDERS), "a", Lifecycle.WEAK, false),
                        create("key", Optional.of(Subject.of("k")), "!", Lifecycle.WEAK, false)));

        assertThat(registry.subjects("", Deleted.INCLUDED)).isEmpty();
        assertThat(LogCopies.records(log)).isEmpty();
    }

    @Test
    void change_dryRun_saysTheSameAndWritesNothing() {
        AssociationRequest request =
                new AssociationRequest(T, List.of(create("value", Optional.of(ORDERS), "a", Lifecycle.STRONG, false)));

        AssociationResult result = join(registry.associations().changeAsync(request, true, Runnable::run));

        assertThat(result.made().get(0).schema().orElseThrow().id()).isEqualTo(1);
        assertThat(LogCopies.records(log)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',lkc-1,id,topic,value,resourceName",
        "t,'',id,topic,value,resourceNamespace",
        "t,-,id,topic,value,resourceNamespace",
        "t,lkc-1,'',topic,value,resourceId",
        "t,lkc-1,id,table,value,resourceType",
        "t,lkc-1,id,topic,values,associationType"
    })
    void create_invalid_namesTheProperty(
            String name, String namespace, String id, String kind, String type, String property) {
        register(ORDERS, "a");

        assertRefused(
                ErrorCode.INVALID_ASSOCIATION,
                () -> change(new AssociatedResource(name, namespace, id, kind), create(type, ORDERS)),
                "'" + property + "'");
    }

    @Test
    void create_withNothingToDo_isRefused() {
        assertRefused(ErrorCode.INVALID_ASSOCIATION, () -> change(T), "'associations'");
    }

    @Test
    void frozen_unlessStrongAndOfItsOwnSubject_isRefused() {
        register(ORDERS, "a");
        register(OWN, "a");

        assertRefused(
                ErrorCode.INVALID_ASSOCIATION,
                () -> change(T, rules(Operation.CREATE, OWN, Lifecycle.WEAK, true)),
                "'frozen'");
        assertRefused(
                ErrorCode.INVALID_ASSOCIATION,
                () -> change(T, rules(Operation.CREATE, ORDERS, Lifecycle.STRONG, true)),
                "'subject'",
                ":.lkc-1:t-value");
        assertRefused(
                ErrorCode.INVALID_ASSOCIATION,
                () -> change(topic("t", "a:b", "id"), create("value", Optional.empty(), "a", Lifecycle.WEAK, false)),
                "colon");
    }

    @Test
    void frozen_onceItIs_staysAsItIs() {
        register(OWN, "a");
        change(T, rules(Operation.CREATE, OWN, Lifecycle.STRONG, true));

        change(T, upsert("value", OWN));
        AssociationResult known = change(T, schema(Operation.UPSERT, OWN, "a"));

        assertThat(known.made().get(0).schema().orElseThrow().version()).isEqualTo(1);
        assertRefused(
                ErrorCode.ASSOCIATION_FROZEN, () -> change(T, rules(Operation.UPSERT, OWN, Lifecycle.WEAK, false)));
        assertRefused(ErrorCode.ASSOCIATION_FROZEN, () -> change(T, schema(Operation.UPSERT, OWN, "a b")));
        assertRefused(ErrorCode.ASSOCIATION_FROZEN, () -> remove("id-t", false));
        assertThat(registry.versions(OWN, Deleted.INCLUDED)).containsExactly(1);
    }

    @Test
    void upsert_otherRules_keepsGuidAndCreation() {
        register(ORDERS, "a");
        change(T, create("value", ORDERS));
        Association before = found(registry).get(0);

        change(T, rules(Operation.UPSERT, ORDERS, Lifecycle.STRONG, false));

        Association after = found(registry).get(0);
        assertThat(after.lifecycle()).isEqualTo(Lifecycle.STRONG);
        assertThat(after.guid()).isEqualTo(before.guid());
        assertThat(after.created()).isEqualTo(before.created());
        assertRefused(ErrorCode.STRONG_ASSOCIATION_EXISTS, () -> change(U, create("value", ORDERS)));
        change(T, rules(Operation.UPSERT, ORDERS, Lifecycle.WEAK, false));
        change(U, create("value", ORDERS));
        assertRefused(
                ErrorCode.ASSOCIATION_FOR_SUBJECT_EXISTS,
                () -> change(T, rules(Operation.UPSERT, ORDERS, Lifecycle.STRONG, false)));
    }

    @Test
    void upsert_byIdAlone_knowsTheResource() {
        register(ORDERS, "a");
        change(T, create("value", ORDERS));

        AssociationResult result = change(topic("", "", "id-t"), create("key", ORDERS));

        assertThat(result.resource()).isEqualTo(T);
        assertRefused(ErrorCode.INVALID_ASSOCIATION, () -> change(topic("", "", "new"), create("key", ORDERS)));
    }

    @Test
    void change_deleteAndCreateInOne_movesTheTopic() {
        register(ORDERS, "a");
        register(OWN, "a");
        change(T, create("value", ORDERS));

        change(T, delete("value", false), create("value", OWN));

        assertThat(ofT(AssociationFilter.ANY)).extracting(Association::subject).containsExactly(OWN);
        assertRefused(ErrorCode.ASSOCIATION_NOT_FOUND, () -> change(T, delete("key", false)));
    }

    @Test
    void change_deleteWithItsSubjectAndUseThat_isRefused() {
        register(ORDERS, "a");
        change(T, create("value", ORDERS, Lifecycle.STRONG));

        assertRefused(
                ErrorCode.NO_ACTIVE_VERSION_FOR_ASSOCIATION,
                () -> change(T, delete("value", true), schema(Operation.CREATE, ORDERS, "a")));
    }

    @Test
    void remove_withoutCascade_leavesTheSubject() {
        register(ORDERS, "a");
        change(T, create("value", ORDERS, Lifecycle.STRONG));

        remove("id-t", false);

        assertThat(found(registry)).isEmpty();
        assertThat(registry.versions(ORDERS, Deleted.EXCLUDED)).containsExactly(1);
        assertRefused(ErrorCode.ASSOCIATION_NOT_FOUND, () -> remove("id-t", false), "'id-t' not found.");
        registry.deleteSubject(ORDERS, false);
    }

    @Test
    void remove_withCascade_deletesOnlyWhatBelongsToTheResource() {
        register(ORDERS, "a");
        register(OWN, "a");
        change(T, rules(Operation.CREATE, OWN, Lifecycle.STRONG, true), create("key", ORDERS));

        remove("id-t", true);

        assertThat(registry.versions(ORDERS, Deleted.EXCLUDED)).containsExactly(1);
        assertThat(registry.subjects(":.lkc-1:", Deleted.EXCLUDED)).isEmpty();
        assertThat(registry.versions(OWN, Deleted.ONLY)).containsExactly(1);
    }

    @Test
    void remove_withCascadeOfAReferencedSubject_isRefusedAsAWhole() {
        register(ORDERS, "a");
        change(T, create("value", ORDERS, Lifecycle.STRONG));
        registry.register(
                Subject.of("other"),
                words("b").withReferences(List.of(new SchemaReference("a", "orders", 1))),
                RegisterOptions.DEFAULT);

        assertRefused(ErrorCode.REFERENCE_EXISTS, () -> remove("id-t", true));

        assertThat(found(registry)).hasSize(1);
    }

    @Test
    void remove_filtered_leavesTheRest() {
        register(ORDERS, "a");
        change(T, create("value", ORDERS), create("key", ORDERS));
        AssociationFilter keys = new AssociationFilter("topic", Set.of("key"), Set.of());

        join(registry.associations().removeAsync("id-t", keys, false, true));
        assertThat(found(registry)).hasSize(2);
        join(registry.associations().removeAsync("id-t", keys, false, false));

        assertThat(found(registry)).extracting(Association::type).containsExactly("value");
    }

    @Test
    void deleteSubject_associated_isRefused() {
        register(ORDERS, "a");
        register(ORDERS, "a b");
        change(T, create("value", ORDERS));

        assertRefused(
                ErrorCode.ASSOCIATION_FOR_SUBJECT_EXISTS, () -> registry.deleteSubject(ORDERS, false), "topic 't'");
        registry.deleteVersion(ORDERS, VersionSpec.of(1), false);
        assertRefused(
                ErrorCode.NO_ACTIVE_VERSION_FOR_ASSOCIATION,
                () -> registry.deleteVersion(ORDERS, VersionSpec.of(2), false));
        registry.deleteVersion(ORDERS, VersionSpec.of(1), true);
        remove("id-t", false);
        registry.deleteVersion(ORDERS, VersionSpec.of(2), false);
    }

    @ParameterizedTest
    @EnumSource(names = {"READONLY", "READONLY_OVERRIDE"})
    void change_ofAReadOnlySubject_isRefused(Mode mode) {
        register(ORDERS, "a");
        change(U, create("value", ORDERS));
        registry.settings().updateMode(ORDERS, mode, false);

        assertRefused(ErrorCode.OPERATION_NOT_PERMITTED, () -> change(T, create("value", ORDERS)));
        assertRefused(ErrorCode.OPERATION_NOT_PERMITTED, () -> remove("id-u", false));
        change(U, create("value", ORDERS));
    }

    @Test
    void reopened_onTheLogOrACompactedOne_hasThemAll() {
        register(ORDERS, "a");
        change(T, create("value", ORDERS), create("key", ORDERS));
        change(T, delete("key", false));
        change(U, create("value", ORDERS));
        change(U, create("key", Optional.of(Subject.of("k")), "k", Lifecycle.STRONG, false));
        change(U, rules("key", Operation.UPSERT, Subject.of("k"), Lifecycle.WEAK, false));
        List<Association> before = found(registry);
        List<Association> keys = ofSubject(registry, Subject.of("k"));

        for (EventLog copy : List.of(LogCopies.whole(log), LogCopies.compacted(log))) {
            try (RegistryEngine again = open(copy)) {
                assertThat(found(again))
                        .usingRecursiveComparison()
                        .ignoringFields("created", "updated")
                        .isEqualTo(before);
                assertThat(ofSubject(again, Subject.of("k")).get(0).created())
                        .as("an update carries the time of creation")
                        .isEqualTo(keys.get(0).created());
                assertThat(again.recordsSetAside()).isZero();
            }
        }
    }

    @Test
    void change_ofWhatAnotherRegistryWroteTwice_isRefusedUntilItIsRemoved() {
        EventLog foreign = new InMemoryEventLog();
        try (EventLog.Writer writer = foreign.openWriter()) {
            for (String subject : List.of("a", "b")) {
                writer.append(List.of(record(new LogEvent.AssociationRow(association(subject, T)))))
                        .toCompletableFuture()
                        .join();
            }
        }
        try (RegistryEngine other = open(foreign)) {
            AssociationRequest request = new AssociationRequest(T, List.of(upsert("value", Subject.of("a"))));
            assertRefused(
                    ErrorCode.TOO_MANY_ASSOCIATIONS,
                    () -> join(other.associations().changeAsync(request, false, Runnable::run)));
            join(other.associations().removeAsync("id-t", AssociationFilter.ANY, false, false));
            assertThat(other.associations().ofResource("id-t", AssociationFilter.ANY))
                    .isEmpty();
        }
    }

    @Test
    void replay_ofAnotherIdForOneKey_forgetsTheOldId() {
        EventLog foreign = new InMemoryEventLog();
        try (EventLog.Writer writer = foreign.openWriter()) {
            for (String id : List.of("old", "new")) {
                writer.append(List.of(record(new LogEvent.AssociationRow(association("a", topic("t", "n", id))))))
                        .toCompletableFuture()
                        .join();
            }
        }
        try (RegistryEngine other = open(foreign)) {
            assertThat(other.associations().ofResource("old", AssociationFilter.ANY))
                    .isEmpty();
            assertThat(other.associations().ofResource("new", AssociationFilter.ANY))
                    .hasSize(1);
            assertThat(ofSubject(other, Subject.of("a"))).hasSize(1);
        }
    }

    @Test
    void change_fromManyThreads_givesAStrongSubjectOneOwner() throws Exception {
        int threads = 8;
        int rounds = 20;
        IntStream.range(0, rounds).forEach(round -> register(Subject.of("s-" + round), "a"));
        CountDownLatch start = new CountDownLatch(1);
        Map<String, Integer> owners = new ConcurrentHashMap<>();
        Set<ErrorCode> refusals = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int owner = thread;
            all.add(CompletableFuture.runAsync(
                    () -> {
                        await(start);
                        for (int round = 0; round < rounds; round++) {
                            try {
                                change(
                                        topic("t-" + owner, "n", "id-" + owner + "-" + round),
                                        create("value", Subject.of("s-" + round), Lifecycle.STRONG));
                                owners.merge("s-" + round, 1, Integer::sum);
                                remove("id-" + owner + "-" + round, false);
                                owners.merge("s-" + round, -1, Integer::sum);
                            } catch (RegistryException e) {
                                refusals.add(e.code());
                            }
                        }
                    },
                    task -> new Thread(task).start()));
        }
        start.countDown();
        for (CompletableFuture<Void> one : all) {
            one.get();
        }

        assertThat(refusals).isSubsetOf(ErrorCode.STRONG_ASSOCIATION_EXISTS);
        assertThat(owners.values()).containsOnly(0);
        IntStream.range(0, rounds)
                .forEach(round -> assertThat(ofSubject(registry, Subject.of("s-" + round)))
                        .isEmpty());
    }

    @Test
    void change_withSchemasFromManyThreads_registersEachOnce() throws Exception {
        int threads = 8;
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<Integer>> ids = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int topic = thread;
            ids.add(CompletableFuture.supplyAsync(
                    () -> {
                        await(start);
                        return change(
                                        topic("t-" + topic, "n", "id-" + topic),
                                        create("value", Optional.of(ORDERS), "a", Lifecycle.WEAK, false))
                                .made()
                                .get(0)
                                .schema()
                                .orElseThrow()
                                .id();
                    },
                    task -> new Thread(task).start()));
        }
        start.countDown();

        for (CompletableFuture<Integer> id : ids) {
            assertThat(id.get()).isEqualTo(1);
        }
        assertThat(registry.versions(ORDERS, Deleted.INCLUDED)).containsExactly(1);
        assertThat(found(registry)).hasSize(threads);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RegistryEngine open(EventLog log) {
        return RegistryEngine.builder(log).formats(List.of(new WordsFormat())).open();
    }

    private static AssociatedResource topic(String name, String namespace, String id) {
        return new AssociatedResource(name, namespace, id, AssociatedResource.TOPIC);
    }

    private static Association association(String subject, AssociatedResource resource) {
        return new Association(
                Subject.of(subject),
                new UUID(1, 2),
                resource,
                "value",
                Lifecycle.WEAK,
                false,
                Optional.of(Instant.EPOCH),
                Optional.empty());
    }

    private static NewRecord record(LogEvent event) {
        return RecordFormat.encode(event);
    }

    @Test
    void schemas_associated_areThoseOfSubjectsWithSuchAnAssociation() {
        associate("a", "key", Lifecycle.STRONG);
        associate("ab", "value", Lifecycle.WEAK);
        associate(":.c:a", "value", Lifecycle.STRONG);
        register(Subject.of("none"), "a");
        registry.settings()
                .updateConfig(Subject.of("nick"), ConfigUpdate.set(Config.EMPTY.with(ConfigField.ALIAS, "ab")));

        assertThat(listed("", Set.of(), Set.of())).containsExactly("a", "ab");
        assertThat(listed("ab", Set.of(), Set.of())).containsExactly("ab");
        assertThat(listed(":*:", Set.of(), Set.of())).containsExactly(":.c:a", "a", "ab");
        assertThat(listed(":*:a", Set.of("value"), Set.of())).containsExactly(":.c:a", "ab");
        assertThat(listed(":*:", Set.of("key", "value"), Set.of(Lifecycle.STRONG)))
                .containsExactly(":.c:a", "a");
        assertThat(listed(":*:", Set.of(), Set.of(Lifecycle.values()))).hasSize(3);
        assertThat(listed("", Set.of("other"), Set.of())).isEmpty();
        assertThat(listed("nick", Set.of(), Set.of())).isEmpty();
        assertThat(listed(new SchemaFilter(
                        "nick", true, Deleted.EXCLUDED, false, "", Optional.of(AssociationFilter.ANY))))
                .containsExactly("ab");

        registry.associations()
                .removeAsync("id-ab", AssociationFilter.ANY, false, false)
                .toCompletableFuture()
                .join();

        assertThat(listed("", Set.of(), Set.of())).containsExactly("a");
    }

    private void associate(String subject, String type, Lifecycle lifecycle) {
        register(Subject.of(subject), "a");
        change(topic("t-" + subject, "n", "id-" + subject), create(type, Subject.of(subject), lifecycle));
    }

    private List<String> listed(String prefix, Set<String> types, Set<Lifecycle> lifecycles) {
        AssociationFilter wanted = new AssociationFilter("topic", types, lifecycles);
        return listed(new SchemaFilter(prefix, false, Deleted.EXCLUDED, false, "", Optional.of(wanted)));
    }

    private List<String> listed(SchemaFilter filter) {
        return registry.reads()
                .schemas(filter)
                .map(row -> row.subject().qualified())
                .toList();
    }

    private static Change create(String type, Subject subject) {
        return new Change(
                Operation.CREATE,
                type,
                Optional.of(subject),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static Change create(String type, Subject subject, Lifecycle lifecycle) {
        return rules(type, Operation.CREATE, subject, lifecycle, false);
    }

    private static Change create(
            String type, Optional<Subject> subject, String schema, Lifecycle lifecycle, boolean frozen) {
        return new Change(
                Operation.CREATE,
                type,
                subject,
                Optional.of(lifecycle),
                Optional.of(frozen),
                Optional.of(new NewSchema(words(schema), RegisterOptions.DEFAULT, TagChange.NONE)),
                false);
    }

    private static Change upsert(String type, Subject subject) {
        return new Change(
                Operation.UPSERT,
                type,
                Optional.of(subject),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static Change rules(Operation operation, Subject subject, Lifecycle lifecycle, boolean frozen) {
        return rules("value", operation, subject, lifecycle, frozen);
    }

    private static Change rules(
            String type, Operation operation, Subject subject, Lifecycle lifecycle, boolean frozen) {
        return new Change(
                operation,
                type,
                Optional.of(subject),
                Optional.of(lifecycle),
                Optional.of(frozen),
                Optional.empty(),
                false);
    }

    private static Change schema(Operation operation, Subject subject, String schema) {
        return new Change(
                operation,
                "value",
                Optional.of(subject),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new NewSchema(words(schema), RegisterOptions.DEFAULT, TagChange.NONE)),
                false);
    }

    private static Change delete(String type, boolean cascade) {
        return new Change(
                Operation.DELETE,
                type,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                cascade);
    }

    private void register(Subject subject, String schema) {
        registry.register(subject, words(schema), RegisterOptions.DEFAULT);
    }

    private AssociationResult change(AssociatedResource resource, Change... changes) {
        return join(registry.associations()
                .changeAsync(new AssociationRequest(resource, List.of(changes)), false, Runnable::run));
    }

    private void remove(String id, boolean cascade) {
        join(registry.associations().removeAsync(id, AssociationFilter.ANY, cascade, false));
    }

    private List<Association> ofT(AssociationFilter filter) {
        return registry.associations().ofResource("id-t", filter).toList();
    }

    private static List<Association> found(RegistryEngine registry) {
        return ofSubject(registry, ORDERS);
    }

    private static List<Association> ofSubject(RegistryEngine registry, Subject subject) {
        return registry.associations().ofSubject(subject, AssociationFilter.ANY).toList();
    }

    private static <R> R join(CompletionStage<R> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RegistryException refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RegistryException.class, refusal -> {
            assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
            List.of(words).forEach(word -> assertThat(refusal.getMessage()).contains(word));
        });
    }
}
