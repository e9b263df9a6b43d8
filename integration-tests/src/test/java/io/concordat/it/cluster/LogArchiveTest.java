package io.concordat.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Deleted;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.cli.Main;
import io.concordat.dev.DevBroker;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.archive.LogArchive;
import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.engine.log.LogException;
import io.concordat.engine.log.NewRecord;
import io.concordat.log.kafka.KafkaEventLog;
import io.concordat.log.kafka.KafkaLogSettings;
import io.concordat.log.sqlite.SqliteEventLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log on its way from SQLite to Kafka and back. */
@Timeout(180)
class LogArchiveTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void log_movedToKafkaAndBack_isTheSameRegistry() throws Exception {
        Path first = folder.resolve("first.db");
        Path second = folder.resolve("second.db");
        String before;
        String identity;
        try (RegistryEngine registry = RegistryEngine.open(SqliteEventLog.open(first))) {
            fill(registry);
            before = described(registry);
            identity = registry.clusterId();
        }
        try (DevBroker broker = DevBroker.ephemeral()) {
            run("log", "export", "--data", first.toString(), archive("one").toString());
            run(
                    "log",
                    "import",
                    "--kafka",
                    broker.bootstrapServers(),
                    archive("one").toString());
            try (RegistryEngine registry = RegistryEngine.open(KafkaEventLog.open(
                    KafkaLogSettings.builder(broker.bootstrapServers()).build()))) {
                assertThat(registry.clusterId()).isEqualTo(identity);
                assertThat(described(registry)).isEqualTo(before);
            }
            run(
                    "log",
                    "export",
                    "--kafka",
                    broker.bootstrapServers(),
                    archive("two").toString());
        }
        run("log", "import", "--data", second.toString(), archive("two").toString());
        try (RegistryEngine registry = RegistryEngine.open(SqliteEventLog.open(second))) {
            assertThat(registry.clusterId()).isEqualTo(identity);
            assertThat(described(registry)).isEqualTo(before);
            // The id of what was deleted for good stays out of use.
            assertThat(registry.register(subject(9), schema(99), RegisterOptions.DEFAULT)
                            .id())
                    .isEqualTo(7);
        }
    }

    @Test
    void import_interrupted_goesOnWhereItWas() throws Exception {
        EventLog source = new InMemoryEventLog();
        EventLog.Writer writer = source.openWriter();
        for (int i = 0; i < 1200; i++) {
            writer.append(List.of(record(i)));
        }
        LogArchive.export(source, archive("whole"));
        EventLog target = new InMemoryEventLog();
        List<NewRecord> half = new java.util.ArrayList<>();
        source.tail(
                0,
                batch -> batch.stream()
                        .filter(record -> record.offset() < 700)
                        .forEach(record -> half.add(new NewRecord(record.key(), record.value(), record.timestamp()))));
        target.openWriter().append(half).toCompletableFuture().join();

        // And one record that tells the identity of a registry that has not told it.
        assertThat(LogArchive.importInto(target, archive("whole"))).isEqualTo(501);
        assertThat(LogArchive.importInto(target, archive("whole"))).isZero();
    }

    @Test
    void import_intoALogWithOtherRecords_changesNothing() throws Exception {
        LogArchive.export(new InMemoryEventLog(), archive("empty"));
        EventLog target = new InMemoryEventLog();
        target.openWriter().append(List.of(record(1))).toCompletableFuture().join();

        assertThatThrownBy(() -> LogArchive.importInto(target, archive("empty")))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("must be empty");
    }

    @Test
    void import_ofADamagedArchive_isRefused() throws Exception {
        EventLog source = new InMemoryEventLog();
        source.openWriter()
                .append(List.of(record(1), record(2)))
                .toCompletableFuture()
                .join();
        LogArchive.export(source, archive("whole"));
        String text = Files.readString(archive("whole"));
        Files.writeString(archive("changed"), text.replace("key 2", "key 3"));
        Files.writeString(archive("cut"), text.substring(0, text.indexOf("key 2")));

        for (String name : List.of("changed", "cut")) {
            EventLog target = new InMemoryEventLog();
            assertThatThrownBy(() -> LogArchive.importInto(target, archive(name)))
                    .as(name)
                    .isInstanceOf(IOException.class);
            target.tail(0, batch -> assertThat(batch).isEmpty());
        }
    }

    private static NewRecord record(int number) {
        byte[] key = ("key " + number).getBytes(StandardCharsets.UTF_8);
        return new NewRecord(key, number % 3 == 0 ? new byte[] {(byte) 0xff, (byte) number} : key);
    }

    private Path archive(String name) {
        return folder.resolve(name + ".jsonl");
    }

    private static void fill(RegistryEngine registry) {
        for (int i = 1; i <= 5; i++) {
            registry.register(subject(i), schema(i), RegisterOptions.DEFAULT);
        }
        registry.register(subject(6), schema(6), RegisterOptions.DEFAULT);
        registry.deleteSubject(subject(6), false);
        registry.deleteSubject(subject(6), true);
        registry.deleteVersion(subject(5), VersionSpec.of(1), false);
    }

    private static Subject subject(int number) {
        return Subject.of("s" + number);
    }

    private static SchemaContent schema(int number) {
        return SchemaContent.avro("{\"type\":\"fixed\",\"name\":\"F\",\"size\":" + number + "}");
    }

    /** Everything, with the time of each version. */
    private static String described(RegistryEngine registry) {
        StringBuilder text = new StringBuilder();
        for (Subject subject : registry.subjects("", Deleted.INCLUDED)) {
            for (int version : registry.versions(subject, Deleted.INCLUDED)) {
                RegisteredSchema row = registry.reads().version(subject, VersionSpec.of(version), Deleted.INCLUDED);
                text.append(row).append('\n');
            }
        }
        return text.toString();
    }

    private static void run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(new PrintStream(out), new PrintStream(err), args);
        assertThat(status).as(out + " " + err).isZero();
    }
}
