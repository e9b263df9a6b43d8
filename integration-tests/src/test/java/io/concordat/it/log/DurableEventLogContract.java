package io.concordat.it.log;

import static io.concordat.it.log.Records.append;
import static io.concordat.it.log.Records.await;
import static io.concordat.it.log.Records.everything;
import static io.concordat.it.log.Records.record;
import static io.concordat.it.log.Records.tombstone;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.engine.log.LogRecord;
import io.concordat.engine.log.NewRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a log owes in addition if it outlives its process: here {@link #open} opens the same log each time. */
abstract class DurableEventLogContract extends EventLogContract {
    private void reopen() {
        log.close();
        log = open(clock);
    }

    @Test
    void open_logWithRecords_hasThemAsTheyWere() {
        append(log.openWriter(), "a", "b");
        await(log.openWriter().append(List.of(tombstone("c"), record("d", ""))));
        List<LogRecord> before = everything(log).records();

        reopen();

        assertThat(everything(log).records())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(before);
    }

    @Test
    void open_logWithRecords_hasTheSameClusterId() {
        String before = log.clusterId();

        reopen();

        assertThat(log.clusterId()).isEqualTo(before);
    }

    @Test
    void append_afterReopen_goesOnAboveEveryEarlierOffset() {
        long before = append(log.openWriter(), "a", "b", "c");

        reopen();

        assertThat(append(log.openWriter(), "d")).isGreaterThan(before);
    }

    @Test
    void append_afterReopenOfALogWhoseTailIsTombstones_goesOnAboveEveryEarlierOffset() {
        append(log.openWriter(), "a", "b");
        long before = await(log.openWriter().append(List.of(tombstone("b"), tombstone("a"))));

        reopen();
        reopen();

        assertThat(append(log.openWriter(), "c")).isGreaterThan(before);
    }

    @Test
    void append_manyTimesBeforeReopen_isReplayedInWholeAppends() {
        Random random = new Random(20261124);
        List<Long> ends = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String[] keys = new String[1 + random.nextInt(20)];
            for (int k = 0; k < keys.length; k++) {
                keys[k] = i + "/" + k;
            }
            ends.add(append(log.openWriter(), keys));
        }

        reopen();

        Collected replayed = everything(log);
        assertThat(replayed.offsets()).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(1024);
        assertThat(replayed.batches())
                .hasSizeGreaterThan(1)
                .allSatisfy(batch ->
                        assertThat(batch.get(batch.size() - 1).offset()).isIn(ends));
    }

    @Test
    void tail_fromAnOffsetThatHasBeenForgotten_startsWithTheNextOne() {
        append(log.openWriter(), "a");
        long superseded = append(log.openWriter(), "b");
        long next = append(log.openWriter(), "c", "b");
        reopen();
        Collected collected = new Collected();

        log.tail(superseded, collected).close();

        assertThat(collected.offsets()).contains(next).allMatch(offset -> offset >= superseded);
        assertThat(collected.keys()).endsWith("c", "b");
    }

    @Test
    void open_afterManyOverwrites_hasTheLastRecordOfEachKeyWhereItWas() {
        Random random = new Random(4711);
        Map<String, LogRecord> last = new HashMap<>();
        log.tail(0, batch -> batch.forEach(record -> last.put(Records.key(record), record)));
        for (int i = 0; i < 300; i++) {
            List<NewRecord> batch = new ArrayList<>();
            for (int k = random.nextInt(5); k >= 0; k--) {
                String key = "key " + random.nextInt(40);
                batch.add(random.nextInt(4) == 0 ? tombstone(key) : record(key, "value " + i));
            }
            await(log.openWriter().append(batch));
        }

        reopen();
        reopen();

        Map<String, LogRecord> replayed = new HashMap<>();
        List<LogRecord> records = everything(log).records();
        records.forEach(record -> replayed.put(Records.key(record), record));
        assertThat(records).extracting(LogRecord::offset).isSorted().doesNotHaveDuplicates();
        last.forEach((key, record) -> {
            LogRecord now = replayed.get(key);
            // A tombstone that is the last of its key may be forgotten.
            if (now != null || record.value() != null) {
                assertThat(now).usingRecursiveComparison().isEqualTo(record);
            }
        });
        assertThat(replayed.keySet()).isSubsetOf(last.keySet());
    }

    @Test
    void close_withAppendsUnderWay_keepsEachThatIsAcknowledged() {
        var writer = log.openWriter();
        var stages = new ArrayList<java.util.concurrent.CompletionStage<Long>>();
        for (int i = 0; i < 100; i++) {
            stages.add(writer.append(List.of(new NewRecord(("k" + i).getBytes(UTF_8), new byte[100]))));
        }

        reopen();

        List<Long> acknowledged = stages.stream().map(Records::await).toList();
        assertThat(everything(log).offsets()).isEqualTo(acknowledged);
    }
}
