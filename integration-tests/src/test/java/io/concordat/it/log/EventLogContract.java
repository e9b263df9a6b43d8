package io.concordat.it.log;

import static io.concordat.it.log.Records.append;
import static io.concordat.it.log.Records.await;
import static io.concordat.it.log.Records.everything;
import static io.concordat.it.log.Records.key;
import static io.concordat.it.log.Records.keyed;
import static io.concordat.it.log.Records.record;
import static io.concordat.it.log.Records.tombstone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.FencedException;
import io.concordat.engine.log.LogException;
import io.concordat.engine.log.LogRecord;
import io.concordat.engine.log.NewRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link EventLog} owes. A log passes it with a subclass that opens it, empty for each test. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
abstract class EventLogContract {
    final SettableClock clock = new SettableClock();
    EventLog log;

    abstract EventLog open(Clock clock);

    @BeforeEach
    void open() {
        log = open(clock);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void clusterId_newLog_isTwentyTwoCharactersFitForAUrl() {
        assertThat(log.clusterId()).matches("[A-Za-z0-9_][A-Za-z0-9_-]{21}").isEqualTo(log.clusterId());
    }

    @Test
    void append_twoBatches_areTailedInOrderUnderRisingOffsets() {
        EventLog.Writer writer = log.openWriter();
        long first = append(writer, "a", "b");
        long second = append(writer, "c");

        Collected collected = everything(log);

        assertThat(collected.keys()).containsExactly("a", "b", "c");
        assertThat(collected.offsets()).isSorted().doesNotHaveDuplicates().endsWith(first, second);
        assertThat(collected.offsets().get(0)).isNotNegative();
    }

    @Test
    void append_beforeItCompletes_hasGivenTheBatchToEveryTail() {
        Collected one = new Collected();
        Collected other = new Collected();
        log.tail(0, one);
        log.tail(0, other);
        List<List<String>> seen = new ArrayList<>();

        CompletionStage<Void> looked = log.openWriter().append(keyed("a", "b")).thenAccept(offset -> {
            seen.add(one.keys());
            seen.add(other.keys());
        });
        looked.toCompletableFuture().join();

        assertThat(seen).containsExactly(List.of("a", "b"), List.of("a", "b"));
    }

    @Test
    void append_valuesEmptyAndNone_stayDifferent() {
        await(log.openWriter().append(List.of(record("empty", ""), tombstone("none"), record("", "no key"))));

        List<LogRecord> records = everything(log).records();

        assertThat(records.get(0).value()).isNotNull().isEmpty();
        assertThat(records.get(1).value()).isNull();
        assertThat(records.get(2).key()).isEmpty();
    }

    @Test
    void append_anyBytes_comeBackAsTheyWere() {
        byte[] key = new byte[300];
        byte[] value = new byte[10 << 20];
        new Random(1).nextBytes(key);
        new Random(2).nextBytes(value);
        Collected live = new Collected();
        log.tail(0, live);

        await(log.openWriter().append(List.of(new NewRecord(key, value), record("small", "one"))));

        for (Collected seen : List.of(live, everything(log))) {
            assertThat(seen.records().get(0).key()).isEqualTo(key);
            assertThat(seen.records().get(0).value()).isEqualTo(value);
            assertThat(key(seen.records().get(1))).isEqualTo("small");
        }
    }

    @Test
    void append_noRecord_isRefused() {
        EventLog.Writer writer = log.openWriter();

        assertThatThrownBy(() -> writer.append(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void append_listChangedAfterTheCall_writesWhatItWas() {
        List<NewRecord> records = new ArrayList<>(keyed("a"));
        CompletionStage<Long> appended = log.openWriter().append(records);
        records.clear();

        await(appended);

        assertThat(everything(log).keys()).containsExactly("a");
    }

    @Test
    void append_clockMoves_stampsEachBatchWithItsTimeToTheMillisecond() {
        Collected live = new Collected();
        log.tail(0, live);
        EventLog.Writer writer = log.openWriter();
        clock.set(Instant.parse("2026-05-06T07:08:09.123456789Z"));
        append(writer, "a", "b");
        clock.set(Instant.parse("2025-01-01T00:00:00Z"));
        append(writer, "c");

        Instant first = Instant.parse("2026-05-06T07:08:09.123Z");
        Instant second = Instant.parse("2025-01-01T00:00:00Z");
        for (Collected seen : List.of(live, everything(log))) {
            assertThat(seen.records()).extracting(LogRecord::timestamp).containsExactly(first, first, second);
        }
    }

    @Test
    void append_fromManyThreads_writesEachOnceAndEveryThreadInItsOrder() throws Exception {
        int threads = 8;
        int each = 400;
        Collected live = new Collected();
        log.tail(0, live);
        EventLog.Writer writer = log.openWriter();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<CompletableFuture<List<Long>>> acknowledged = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            acknowledged.add(CompletableFuture.supplyAsync(() -> appendEach(writer, thread, each), executor));
        }
        List<Long> offsets = acknowledged.stream()
                .flatMap(future -> future.join().stream())
                .sorted()
                .toList();
        executor.shutdown();

        assertThat(offsets).doesNotHaveDuplicates().hasSize(threads * each);
        for (Collected seen : List.of(live, everything(log))) {
            assertThat(seen.offsets()).isEqualTo(offsets);
            for (int t = 0; t < threads; t++) {
                String prefix = t + "/";
                assertThat(seen.keys().stream()
                                .filter(key -> key.startsWith(prefix))
                                .toList())
                        .isEqualTo(numbered(prefix, each));
            }
        }
    }

    private static List<Long> appendEach(EventLog.Writer writer, int thread, int count) {
        List<CompletionStage<Long>> stages = numbered(thread + "/", count).stream()
                .map(key -> writer.append(keyed(key)))
                .toList();
        return stages.stream().map(Records::await).toList();
    }

    private static List<String> numbered(String prefix, int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(prefix + i);
        }
        return keys;
    }

    @Test
    void openWriter_again_fencesTheEarlierWriter() {
        EventLog.Writer earlier = log.openWriter();
        append(earlier, "a");
        EventLog.Writer later = log.openWriter();

        assertThatThrownBy(() -> append(earlier, "b", "c"))
                .isInstanceOfSatisfying(
                        FencedException.class,
                        failure -> assertThat(failure.isOutcomeUnknown()).isFalse());
        append(later, "d");

        assertThat(everything(log).keys()).containsExactly("a", "d");
    }

    @Test
    void openWriter_laterWriterClosed_leavesTheEarlierOneFenced() {
        EventLog.Writer earlier = log.openWriter();
        log.openWriter().close();

        assertThatThrownBy(() -> append(earlier, "a")).isInstanceOf(FencedException.class);
    }

    @Test
    void openWriter_whileAnotherAppends_decidesAboutEachOfItsAppends() {
        Collected live = new Collected();
        log.tail(0, live);
        EventLog.Writer earlier = log.openWriter();
        List<CompletionStage<Long>> underWay = numbered("k", 500).stream()
                .map(key -> earlier.append(keyed(key)))
                .toList();

        log.openWriter();
        List<Long> decided = live.offsets();

        List<Long> written = new ArrayList<>();
        for (CompletionStage<Long> stage : underWay) {
            try {
                written.add(await(stage));
            } catch (FencedException e) {
                assertThat(e.isOutcomeUnknown()).isFalse();
            }
        }
        assertThat(decided).isEqualTo(written);
        assertThat(everything(log).offsets()).isEqualTo(written);
    }

    @Test
    void append_writerClosed_fails() {
        EventLog.Writer writer = log.openWriter();
        CompletionStage<Long> underWay = writer.append(keyed("a"));
        writer.close();

        assertThatThrownBy(() -> append(writer, "b"))
                .isInstanceOfSatisfying(
                        LogException.class,
                        failure -> assertThat(failure.isOutcomeUnknown()).isFalse());
        await(underWay);

        assertThat(everything(log).keys()).containsExactly("a");
    }

    @Test
    void append_logClosed_fails() {
        EventLog.Writer writer = log.openWriter();
        log.close();

        CompletionStage<Long> stage = writer.append(keyed("a"));

        assertThat(stage.toCompletableFuture()).isCompletedExceptionally();
        assertThatThrownBy(() -> await(stage))
                .isInstanceOfSatisfying(
                        LogException.class,
                        failure -> assertThat(failure.isOutcomeUnknown()).isFalse());
    }

    @Test
    void close_appendsUnderWay_areCompletedAndDelivered() {
        Collected live = new Collected();
        log.tail(0, live);
        EventLog.Writer writer = log.openWriter();
        List<CompletionStage<Long>> underWay = numbered("k", 200).stream()
                .map(key -> writer.append(keyed(key)))
                .toList();

        log.close();

        assertThat(live.offsets())
                .isEqualTo(underWay.stream().map(Records::await).toList());
    }

    @Test
    void close_twice_isClosingOnce() {
        log.close();
        log.close();

        assertThatThrownBy(() -> log.openWriter()).isInstanceOf(LogException.class);
        assertThatThrownBy(() -> log.tail(0, batch -> {})).isInstanceOf(LogException.class);
    }

    @Test
    void close_bySink_endsTheLog() {
        log.tail(0, batch -> log.close());
        EventLog.Writer writer = log.openWriter();

        append(writer, "a");

        assertThatThrownBy(() -> append(writer, "b")).isInstanceOf(LogException.class);
    }

    @Test
    void tail_emptyLog_deliversNothing() {
        Collected collected = new Collected();

        log.tail(0, collected);

        assertThat(collected.batches()).isEmpty();
    }

    @Test
    void tail_fromTheMiddleOfABatch_startsThere() {
        EventLog.Writer writer = log.openWriter();
        long second = append(writer, "a", "b");
        append(writer, "c");
        Collected collected = new Collected();

        log.tail(second, collected);

        assertThat(collected.keys()).containsExactly("b", "c");
    }

    @Test
    void tail_fromBeyondTheEnd_waitsForThatOffset() {
        EventLog.Writer writer = log.openWriter();
        long last = append(writer, "a");
        Collected collected = new Collected();

        log.tail(last + 3, collected);
        append(writer, "b");
        append(writer, "c", "d", "e");
        append(writer, "f");

        assertThat(collected.offsets()).isNotEmpty().allMatch(offset -> offset >= last + 3);
        assertThat(collected.keys()).endsWith("e", "f").doesNotContain("a", "b");
    }

    @Test
    void tail_startedWhileAppendsRun_getsEachRecordOnceInOrderAndNoAppendInParts() {
        EventLog.Writer writer = log.openWriter();
        Random random = new Random(42);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<List<Collected>> readers = CompletableFuture.supplyAsync(() -> {
            List<Collected> started = new ArrayList<>();
            do {
                Collected collected = new Collected();
                log.tail(0, collected);
                started.add(collected);
            } while (!done.get() && started.size() < 50);
            return started;
        });
        Map<Long, List<String>> appended = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            List<String> keys = numbered(i + "/", 1 + random.nextInt(12));
            appended.put(append(writer, keys.toArray(String[]::new)), keys);
        }
        done.set(true);

        List<String> all = appended.values().stream().flatMap(List::stream).toList();
        for (Collected seen : readers.join()) {
            assertThat(seen.keys()).isEqualTo(all);
            assertThat(seen.offsets()).isSorted().doesNotHaveDuplicates();
            assertThat(seen.batches())
                    .extracting(batch -> batch.get(batch.size() - 1).offset())
                    .isSubsetOf(appended.keySet());
        }
    }

    @Test
    void tail_closed_getsNothingMore() {
        EventLog.Writer writer = log.openWriter();
        Collected closed = new Collected();
        Collected open = new Collected();
        EventLog.Tail tail = log.tail(0, closed);
        log.tail(0, open);
        append(writer, "a");

        tail.close();
        tail.close();
        append(writer, "b");

        assertThat(closed.keys()).containsExactly("a");
        assertThat(open.keys()).containsExactly("a", "b");
    }

    @Test
    void tail_closedDuringADelivery_waitsForItsEnd() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicBoolean left = new AtomicBoolean();
        EventLog.Tail tail = log.tail(0, batch -> {
            entered.countDown();
            awaitUninterruptibly(leave);
            left.set(true);
        });
        CompletionStage<Long> appended = log.openWriter().append(keyed("a"));
        entered.await();

        CompletableFuture<Boolean> leftBeforeClosed = CompletableFuture.supplyAsync(() -> {
            tail.close();
            return left.get();
        });
        leave.countDown();

        assertThat(leftBeforeClosed.join()).isTrue();
        await(appended);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tail_closedByItsSink_getsNothingMore() {
        AtomicReference<EventLog.Tail> tail = new AtomicReference<>();
        Collected collected = new Collected();
        tail.set(log.tail(0, batch -> {
            collected.accept(batch);
            tail.get().close();
        }));
        EventLog.Writer writer = log.openWriter();

        append(writer, "a");
        append(writer, "b");

        assertThat(collected.keys()).containsExactly("a");
    }

    @Test
    void tail_sinkThrowsInTheCall_throwsTheSameAndLeavesTheLogAlone() {
        EventLog.Writer writer = log.openWriter();
        append(writer, "a");
        IllegalStateException failure = new IllegalStateException("no more");
        List<LogRecord> given = new ArrayList<>();

        assertThatThrownBy(() -> log.tail(0, batch -> {
                    given.addAll(batch);
                    throw failure;
                }))
                .isSameAs(failure);
        append(writer, "b");

        assertThat(given).hasSize(1);
        assertThat(everything(log).keys()).containsExactly("a", "b");
    }

    @Test
    void tail_sinkThrowsLater_endsThatTailOnlyAndIsLogged() {
        EventLog.Writer writer = log.openWriter();
        Collected failing = new Collected();
        Collected other = new Collected();
        log.tail(0, batch -> {
            failing.accept(batch);
            throw new IllegalStateException("no more");
        });
        log.tail(0, other);

        try (Reports reports = new Reports()) {
            append(writer, "a");
            append(writer, "b");

            assertThat(reports.errors).singleElement().asString().contains("no more");
        }
        assertThat(failing.keys()).containsExactly("a");
        assertThat(other.keys()).containsExactly("a", "b");
    }

    @Test
    void tail_openedBySink_getsEachRecordOnce() {
        Collected inner = new Collected();
        AtomicBoolean opened = new AtomicBoolean();
        log.tail(0, batch -> {
            if (opened.compareAndSet(false, true)) {
                log.tail(0, inner);
            }
        });
        EventLog.Writer writer = log.openWriter();

        append(writer, "a");
        append(writer, "b");

        assertThat(inner.keys()).containsExactly("a", "b");
    }

    @Test
    void openWriter_bySink_fencesAndAppends() {
        AtomicReference<CompletionStage<Long>> reaction = new AtomicReference<>();
        log.tail(0, batch -> {
            if (key(batch.get(0)).equals("a")) {
                reaction.set(log.openWriter().append(keyed("b")));
            }
        });
        EventLog.Writer writer = log.openWriter();

        append(writer, "a");
        await(reaction.get());

        assertThat(everything(log).keys()).containsExactly("a", "b");
        assertThatThrownBy(() -> append(writer, "c")).isInstanceOf(FencedException.class);
    }

    @Test
    void tail_onCompletionOfAnAppend_doesNotBlock() {
        Collected collected = new Collected();

        log.openWriter()
                .append(keyed("a"))
                .thenAccept(offset -> log.tail(0, collected))
                .toCompletableFuture()
                .join();

        assertThat(collected.keys()).containsExactly("a");
    }

    /** The errors that the project logs in the meantime. */
    private static final class Reports extends Handler implements AutoCloseable {
        private final Logger logger = Logger.getLogger("io.concordat");
        private final List<String> errors = new ArrayList<>();

        private Reports() {
            logger.addHandler(this);
            logger.setUseParentHandlers(false);
        }

        @Override
        public synchronized void publish(java.util.logging.LogRecord report) {
            if (report.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(report.getMessage() + ": " + report.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.setUseParentHandlers(true);
            logger.removeHandler(this);
        }
    }
}
