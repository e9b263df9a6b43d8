package io.concordat.it.log;

import static io.concordat.it.log.Records.append;
import static io.concordat.it.log.Records.everything;
import static io.concordat.it.log.Records.key;
import static io.concordat.it.log.Records.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.dev.DevBroker;
import io.concordat.dev.DevBrokerSettings;
import io.concordat.engine.log.ConflictException;
import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.FencedException;
import io.concordat.engine.log.LogException;
import io.concordat.engine.log.LogRecord;
import io.concordat.engine.log.NewRecord;
import io.concordat.log.kafka.Fencing;
import io.concordat.log.kafka.KafkaEventLog;
import io.concordat.log.kafka.KafkaLogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log in a topic that others read and write, too. */
@Timeout(120)
class KafkaTopicTest {
    private static final DevBroker BROKER = DevBroker.ephemeral();
    private static int topics;

    private final String topic = "shared-" + ++topics;
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterAll
    static void stopBroker() {
        BROKER.close();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @Test
    void openWriter_onAnotherNode_fencesTheEarlierOne() {
        KafkaEventLog one = node();
        KafkaEventLog other = node();
        EventLog.Writer earlier = one.openWriter();
        append(earlier, "a");

        EventLog.Writer later = other.openWriter();
        append(later, "b");

        assertThatThrownBy(() -> append(earlier, "c")).isInstanceOf(FencedException.class);
        append(later, "d");
        assertThat(everything(one).keys()).containsExactly("a", "b", "d");
    }

    @Test
    void openWriter_afterAnotherNodeHasWritten_hasGivenItsTailsEverything() {
        KafkaEventLog one = node();
        KafkaEventLog other = node();
        Collected seen = new Collected();
        other.tail(0, seen);
        append(one.openWriter(), "a", "b");
        append(one.openWriter(), "c");

        other.openWriter();

        assertThat(seen.keys()).containsExactly("a", "b", "c");
    }

    @Test
    void append_ofAnotherNode_reachesTheTailsWhole() throws Exception {
        KafkaEventLog reader = node();
        BlockingQueue<List<String>> batches = new ArrayBlockingQueue<>(10);
        reader.tail(0, batch -> batches.add(batch.stream().map(Records::key).toList()));

        append(node().openWriter(), "a", "b", "c");

        assertThat(batches.poll(60, TimeUnit.SECONDS)).containsExactly("a", "b", "c");
    }

    @Test
    void append_afterAPlainWriterHasWritten_isRefusedAndLeavesTheLogUpToDate() throws Exception {
        KafkaEventLog log = node();
        Collected seen = new Collected();
        log.tail(0, seen);
        EventLog.Writer writer = log.openWriter();
        append(writer, "a");
        writePlainly("b");

        assertThatThrownBy(() -> append(writer, "c")).isInstanceOf(ConflictException.class);

        assertThat(seen.keys()).containsExactly("a", "b");
        append(writer, "d");
        assertThat(everything(log).keys()).containsExactly("a", "b", "d");
    }

    @Test
    void openWriter_afterAnUnfinishedTransaction_namesWhatDoesNotCount() throws Exception {
        KafkaEventLog log = node();
        append(log.openWriter(), "a");
        undecided("half");

        KafkaEventLog next = node();
        List<LogRecord> discarded = next.openWriter().discarded();

        assertThat(discarded).extracting(Records::key).containsExactly("half");
        assertThat(everything(next).keys()).containsExactly("a");
    }

    /** A commit is acknowledged before its mark stands in the topic. */
    @Test
    void end_whileATransactionIsUndecided_isBehindIt() throws Exception {
        KafkaEventLog log = node();
        log.tail(0, new Collected());
        append(log.openWriter(), "a");
        KafkaProducer<byte[], byte[]> writer = undecided("b");

        long end = log.end();
        CompletionStage<?> reached = log.reached(end);

        assertThat(reached.toCompletableFuture()).isNotDone();
        writer.commitTransaction();
        assertThat(reached.toCompletableFuture()).succeedsWithin(Duration.ofSeconds(60));
        assertThat(log.position()).isGreaterThan(end);
    }

    /** Somebody may have been told of it already, and read it elsewhere. */
    @Test
    void tail_openedWhileATransactionIsBeingCommitted_beginsWithIt() throws Exception {
        append(node().openWriter(), "a");
        KafkaProducer<byte[], byte[]> writer = undecided("b");
        KafkaEventLog log = node();
        Collected seen = new Collected();
        Thread committing = new Thread(() -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            writer.commitTransaction();
        });
        committing.start();

        log.tail(0, seen);
        committing.join();

        assertThat(seen.keys()).containsExactly("a", "b");
    }

    @Test
    void trouble_whileNoBrokerIsThere_isToldUntilThereIsOne(@TempDir Path folder) {
        DevBroker broker = DevBroker.start(DevBrokerSettings.EPHEMERAL.withFolder(folder));
        KafkaEventLog log = opened(KafkaLogSettings.builder(broker.bootstrapServers())
                .replicationFactor(1)
                .build());
        log.tail(0, new Collected());
        assertThat(log.trouble()).isEmpty();

        broker.close();

        await(() -> log.trouble().isPresent());
        assertThat(log.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble).contains("no broker"));
        open.add(DevBroker.start(DevBrokerSettings.EPHEMERAL.withFolder(folder).withPort(broker.port())));
        await(() -> log.trouble().isEmpty());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Test
    void append_tooLargeForTheTopic_isRefusedAndTheNextOneIsNot() {
        KafkaEventLog log = node();
        EventLog.Writer writer = log.openWriter();

        assertThatThrownBy(() ->
                        Records.await(writer.append(List.of(new NewRecord("k".getBytes(UTF_8), new byte[2 << 20])))))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("max.message.bytes");

        append(writer, "a");
        assertThat(everything(log).keys()).containsExactly("a");
    }

    @Test
    void append_withoutFencing_isWritten() {
        KafkaEventLog log = opened(settings().fencing(Fencing.NONE).build());
        EventLog.Writer writer = log.openWriter();
        append(writer, "a");
        append(writer, "b", "c");

        assertThat(log.isFenced()).isFalse();
        assertThat(everything(log).keys()).containsExactly("a", "b", "c");
    }

    @Test
    void append_withoutFencingAfterAnotherHasWritten_saysThatTheOutcomeIsUnknown() throws Exception {
        KafkaEventLog log = opened(settings().fencing(Fencing.NONE).build());
        EventLog.Writer writer = log.openWriter();
        append(writer, "a");
        writePlainly("b");

        assertThatThrownBy(() -> append(writer, "c"))
                .isInstanceOfSatisfying(
                        LogException.class,
                        failure -> assertThat(failure.isOutcomeUnknown()).isTrue());

        log.openWriter();
        assertThat(everything(log).keys()).containsExactly("a", "b", "c");
    }

    @Test
    void open_whereNoBrokerAnswers_namesTheAddress() {
        KafkaLogSettings nowhere = KafkaLogSettings.builder("127.0.0.1:1")
                .initTimeout(Duration.ofMillis(500))
                .build();

        assertThatThrownBy(() -> KafkaEventLog.open(nowhere))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("No broker answers at 127.0.0.1:1");
    }

    @Test
    void open_topicWithTwoPartitions_isRefused() throws Exception {
        create(new NewTopic(topic, 2, (short) 1).configs(Map.of("cleanup.policy", "compact")));

        assertThatThrownBy(this::node).isInstanceOf(LogException.class).hasMessageContaining("must have 1 partition");
    }

    @Test
    void open_topicThatForgets_isRefusedUnlessTakenAsItIs() throws Exception {
        create(new NewTopic(topic, Optional.of(1), Optional.of((short) 1)));

        assertThatThrownBy(this::node).isInstanceOf(LogException.class).hasMessageContaining("cleanup.policy");

        KafkaEventLog log = opened(settings().skipValidation(true).build());
        append(log.openWriter(), "a");
    }

    @Test
    void tail_noopsOfAnyServer_arePassedOver() throws Exception {
        KafkaEventLog log = node();
        append(log.openWriter(), "a");
        writePlainly("{\"keytype\":\"NOOP\",\"magic\":0}", null);
        writePlainly("b");

        assertThat(everything(log).records()).extracting(Records::key).containsExactly("a", "b");
    }

    private KafkaLogSettings.Builder settings() {
        return KafkaLogSettings.builder(BROKER.bootstrapServers()).topic(topic).replicationFactor(1);
    }

    private KafkaEventLog node() {
        return opened(settings().fencing(Fencing.TRANSACTIONAL).build());
    }

    private KafkaEventLog opened(KafkaLogSettings settings) {
        KafkaEventLog log = KafkaEventLog.open(settings);
        open.add(log);
        return log;
    }

    /** A transaction of the group that has written and not been asked to be committed. */
    private KafkaProducer<byte[], byte[]> undecided(String key) throws Exception {
        Map<String, Object> client = client();
        client.put("transactional.id", "schema-registry-" + topic + "-leader");
        KafkaProducer<byte[], byte[]> paused =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        open.add(() -> paused.close(Duration.ZERO));
        paused.initTransactions();
        paused.beginTransaction();
        paused.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), "done".getBytes(UTF_8)))
                .get();
        return paused;
    }

    private void writePlainly(String key) throws Exception {
        writePlainly(key, record(key, key).value());
    }

    private void writePlainly(String key, byte @org.jspecify.annotations.Nullable [] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value))
                    .get();
        }
    }

    private static void create(NewTopic wanted) throws Exception {
        try (Admin admin = Admin.create(client())) {
            admin.createTopics(List.of(wanted)).all().get();
        }
    }

    private static Map<String, Object> client() {
        return new HashMap<>(Map.of("bootstrap.servers", BROKER.bootstrapServers()));
    }
}
