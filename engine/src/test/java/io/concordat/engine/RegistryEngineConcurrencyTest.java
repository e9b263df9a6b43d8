package io.concordat.engine;

import static io.concordat.engine.WordsFormat.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Compatibility;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaReference;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.InMemoryEventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RegistryEngineConcurrencyTest {
    private static final Subject ORDERS = Subject.of("orders");

    private final ExecutorService threads = Executors.newFixedThreadPool(16);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void register_distinctSchemasInOneSubjectAtOnce_numbersThemWithoutGapOrDouble() throws Exception {
        try (RegistryEngine registry = open(new InMemoryEventLog())) {
            registry.settings().updateConfig(ORDERS, ConfigUpdate.compatibility(Compatibility.NONE));

            List<RegisteredSchema> rows =
                    atOnce(200, i -> registry.register(ORDERS, words("w" + i), RegisterOptions.DEFAULT));

            assertThat(rows).extracting(RegisteredSchema::version).containsExactlyInAnyOrderElementsOf(oneTo(200));
            assertThat(rows).extracting(RegisteredSchema::id).containsExactlyInAnyOrderElementsOf(oneTo(200));
            for (RegisteredSchema row : rows) {
                assertThat(registry.schema(row.schemaId()).content()).isEqualTo(row.content());
            }
        }
    }

    @Test
    void register_oneSchemaInManySubjectsAtOnce_givesOneId() throws Exception {
        try (RegistryEngine registry = open(new InMemoryEventLog())) {
            List<RegisteredSchema> rows = atOnce(
                    200, i -> registry.register(Subject.of("s" + i % 20), words("same"), RegisterOptions.DEFAULT));

            assertThat(rows).allSatisfy(row -> {
                assertThat(row.id()).isEqualTo(1);
                assertThat(row.version()).isEqualTo(1);
            });
        }
    }

    @Test
    void register_incompatibleSchemasAtOnce_letsOnlyThoseInThatFollowEachOther() throws Exception {
        try (RegistryEngine registry = open(new InMemoryEventLog())) {
            List<Object> outcomes = atOnce(50, i -> {
                try {
                    return registry.register(ORDERS, words("w" + i), RegisterOptions.DEFAULT);
                } catch (RegistryException e) {
                    return e.code();
                }
            });

            assertThat(outcomes).filteredOn(RegisteredSchema.class::isInstance).hasSize(1);
            assertThat(outcomes)
                    .filteredOn(ErrorCode.class::isInstance)
                    .hasSize(49)
                    .containsOnly(ErrorCode.INCOMPATIBLE_SCHEMA);
        }
    }

    @Test
    void register_referenceWhileItsTargetIsDeleted_neverLeavesItDangling() throws Exception {
        try (RegistryEngine registry = open(new InMemoryEventLog())) {
            for (int round = 0; round < 30; round++) {
                Subject base = Subject.of("base" + round);
                Subject user = Subject.of("user" + round);
                registry.register(base, words("b" + round), RegisterOptions.DEFAULT);
                SchemaContent referring =
                        words("u" + round).withReferences(List.of(new SchemaReference("n", base.name(), 1)));

                List<Boolean> done = atOnce(2, i -> {
                    try {
                        if (i == 0) {
                            registry.deleteSubject(base, false);
                        } else {
                            registry.register(user, referring, RegisterOptions.DEFAULT);
                        }
                        return true;
                    } catch (RegistryException e) {
                        return false;
                    }
                });

                assertThat(done).as("round " + round).containsExactlyInAnyOrder(true, false);
            }
        }
    }

    @Test
    void register_slowSchema_holdsUpNobodyElse() throws Exception {
        CountDownLatch parsing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        WordsFormat format = new WordsFormat(schema -> {
            if (schema.text().equals("slow")) {
                parsing.countDown();
                await(release);
            }
        });
        try (RegistryEngine registry = RegistryEngine.builder(new InMemoryEventLog())
                .formats(List.of(format))
                .open()) {
            Future<RegisteredSchema> slow =
                    threads.submit(() -> registry.register(ORDERS, words("slow"), RegisterOptions.DEFAULT));
            await(parsing);

            RegisteredSchema fast = registry.register(Subject.of("fast"), words("fast"), RegisterOptions.DEFAULT);

            assertThat(fast.id()).isEqualTo(1);
            assertThat(slow.isDone()).isFalse();
            release.countDown();
            assertThat(slow.get().id()).isEqualTo(2);
        }
    }

    @Test
    void read_whileTheLogHangs_isAnswered() {
        FaultyLog log = new FaultyLog(new InMemoryEventLog());
        RegistryEngine registry = RegistryEngine.builder(log)
                .formats(List.of(new WordsFormat()))
                .writeTimeout(Duration.ofMillis(50))
                .open();
        registry.register(ORDERS, words("a"), RegisterOptions.DEFAULT);
        log.hang();

        assertThatThrownBy(() -> registry.register(ORDERS, words("a b"), RegisterOptions.DEFAULT))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OPERATION_TIMED_OUT));

        assertThat(registry.version(ORDERS, VersionSpec.LATEST).version()).isEqualTo(1);
        assertThat(registry.schema(SchemaId.of(1)).content().text()).isEqualTo("a");
        log.close();
    }

    @Test
    void write_theLogRefused_isFailedAndLeavesNothingBehind() {
        FaultyLog log = new FaultyLog(new InMemoryEventLog());
        try (RegistryEngine registry = open(log)) {
            log.failOnce(false);

            assertThatThrownBy(() -> registry.register(ORDERS, words("a"), RegisterOptions.DEFAULT))
                    .isInstanceOfSatisfying(RegistryException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
                        assertThat(e).hasMessageContaining("the disk is on fire");
                        assertThat(e.isRetriable()).isTrue();
                    });

            assertThat(registry.subjects("", Deleted.INCLUDED)).isEmpty();
            assertThat(registry.register(ORDERS, words("b"), RegisterOptions.DEFAULT)
                            .id())
                    .isEqualTo(1);
        }
    }

    @Test
    void write_ofUnknownOutcome_isDecidedUponAsTheLogHasIt() {
        FaultyLog log = new FaultyLog(new InMemoryEventLog());
        try (RegistryEngine registry = open(log)) {
            log.failOnce(true);
            assertThatThrownBy(() -> registry.register(ORDERS, words("a"), RegisterOptions.DEFAULT))
                    .isInstanceOf(RegistryException.class);

            assertThat(registry.register(Subject.of("x"), words("b"), RegisterOptions.DEFAULT)
                            .id())
                    .isEqualTo(2);
            assertThat(registry.register(ORDERS, words("a"), RegisterOptions.DEFAULT)
                            .id())
                    .isEqualTo(1);
        }
    }

    /** As after a pause: the writer has to be opened anew, and only that tells what the successor has written. */
    @Test
    void write_withAWriterThatIsOpenedAnew_isDecidedUponWhatThatBrought() {
        EventLog shared = new InMemoryEventLog();
        FaultyLog log = new FaultyLog(shared);
        try (RegistryEngine paused = open(log)) {
            paused.register(ORDERS, words("a"), RegisterOptions.DEFAULT);
            log.delayNews();
            open(shared).register(Subject.of("meanwhile"), words("b"), RegisterOptions.DEFAULT);
            log.failOnce(false);
            assertThatThrownBy(() -> paused.register(Subject.of("x"), words("c"), RegisterOptions.DEFAULT))
                    .isInstanceOf(RegistryException.class);

            RegisteredSchema next = paused.register(Subject.of("x"), words("c"), RegisterOptions.DEFAULT);

            assertThat(next.id()).isEqualTo(3);
            assertThat(paused.schema(SchemaId.of(2)).content().text()).isEqualTo("b");
        }
    }

    @Test
    void write_afterAnotherRegistryTookTheLog_isRefusedAndReadsGoOn() {
        EventLog log = new InMemoryEventLog();
        RegistryEngine deposed = open(log);
        deposed.register(ORDERS, words("a"), RegisterOptions.DEFAULT);

        try (RegistryEngine successor = open(log)) {
            assertThatThrownBy(() -> deposed.register(ORDERS, words("a b"), RegisterOptions.DEFAULT))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_LEADER));
            successor.register(ORDERS, words("a c"), RegisterOptions.DEFAULT);

            assertThat(deposed.version(ORDERS, VersionSpec.LATEST).content().text())
                    .as("what the successor wrote")
                    .isEqualTo("a c");
        }
    }

    @Test
    void write_afterClosing_isRefused() {
        RegistryEngine registry = open(new InMemoryEventLog());
        registry.close();

        assertThatThrownBy(() -> registry.register(ORDERS, words("a"), RegisterOptions.DEFAULT))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("stopped");
    }

    /** Runs a call many times from all threads and gives the results. */
    private <T> List<T> atOnce(int times, IntFunction<T> call) throws Exception {
        List<Callable<T>> calls = IntStream.range(0, times)
                .<Callable<T>>mapToObj(i -> () -> call.apply(i))
                .toList();
        List<T> results = new ArrayList<>();
        for (Future<T> future : threads.invokeAll(calls)) {
            results.add(future.get());
        }
        return results;
    }

    private static List<Integer> oneTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RegistryEngine open(EventLog log) {
        return RegistryEngine.builder(log).formats(List.of(new WordsFormat())).open();
    }
}
