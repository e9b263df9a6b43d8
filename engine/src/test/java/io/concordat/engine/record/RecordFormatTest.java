package io.concordat.engine.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.AssociatedResource;
import io.concordat.api.Association;
import io.concordat.api.Context;
import io.concordat.api.Lifecycle;
import io.concordat.api.Subject;
import io.concordat.api.json.Json;
import io.concordat.api.json.JsonShape;
import io.concordat.engine.log.LogRecord;
import io.concordat.engine.log.NewRecord;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFormatTest {
    @Test
    void encode_everyRecordOfARealTopic_givesTheSameBytes() throws IOException {
        List<String> different = new ArrayList<>();
        int same = 0;
        for (LogRecord record : realTopic()) {
            LogEvent event = RecordFormat.decode(record);
            if (event instanceof LogEvent.Unknown unknown) {
                different.add(record.offset() + " " + unknown.reason());
                continue;
            }
            NewRecord again = RecordFormat.encode(event);
            if (text(again.key()).equals(text(record.key()))
                    && text(again.value()).equals(text(record.value()))) {
                same++;
            } else {
                different.add(record.offset() + " " + text(record.value()) + " became " + text(again.value()));
            }
        }

        assertThat(different)
                .as("metadata whose hash of the plain form is stored")
                .allMatch(line -> line.contains("\"md5\""))
                .hasSize(1);
        assertThat(same).isEqualTo(1912);
    }

    @Test
    void decode_marks_givesBackWhatWasEncoded() {
        LogEvent.Marks marks = new LogEvent.Marks("abc", Map.of(Context.DEFAULT, 7, Context.of("x"), 2));

        NewRecord record = RecordFormat.encode(marks);

        assertThat(text(record.key())).isEqualTo("{\"keytype\":\"CONFIG\",\"subject\":\":.__concordat:\",\"magic\":0}");
        assertThat(text(record.value()))
                .isEqualTo(
                        "{\"subject\":\":.__concordat:\",\"concordat\":{\"clusterId\":\"abc\",\"marks\":{\".\":7,\".x\":2}}}");
        assertThat(RecordFormat.decode(new LogRecord(0, Instant.EPOCH, record.key(), record.value())))
                .isEqualTo(marks);
    }

    @Test
    void decode_associationOfAnotherTime_givesBackWhatWasEncoded() {
        Association association = new Association(
                Subject.of(":.c:orders"),
                UUID.fromString("a00a598d-76b8-4deb-8c4a-73d5f00ffcf7"),
                new AssociatedResource("orders", "lkc-1", "id-1", AssociatedResource.TOPIC),
                "key",
                Lifecycle.WEAK,
                true,
                Optional.of(Instant.ofEpochMilli(1795338755817L)),
                Optional.empty());

        NewRecord record = RecordFormat.encode(new LogEvent.AssociationRow(association));

        assertThat(text(record.key()))
                .isEqualTo("{\"keytype\":\"ASSOC\",\"tenant\":\"default\",\"resourceName\":\"orders\","
                        + "\"resourceNamespace\":\"lkc-1\",\"resourceType\":\"topic\",\"associationType\":\"key\","
                        + "\"subject\":\":.c:orders\",\"magic\":0}");
        assertThat(text(record.value())).endsWith("\"lifecycle\":\"WEAK\",\"frozen\":true,\"createTs\":1795338755817}");
        assertThat(RecordFormat.decode(new LogRecord(0, Instant.EPOCH, record.key(), record.value())))
                .isEqualTo(new LogEvent.AssociationRow(association));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"guid\":\"x\",\"lifecycle\":\"WEAK\"}",
                "{\"guid\":\"a00a598d-76b8-4deb-8c4a-73d5f00ffcf7\"}",
                "{\"guid\":\"a00a598d-76b8-4deb-8c4a-73d5f00ffcf7\",\"lifecycle\":\"LOOSE\"}",
                "{\"guid\":\"a00a598d-76b8-4deb-8c4a-73d5f00ffcf7\",\"lifecycle\":\"WEAK\",\"createTs\":\"x\"}"
            })
    void decode_damagedAssociation_isUnknown(String value) {
        String key =
                "{\"keytype\":\"ASSOC\",\"tenant\":\"default\",\"resourceName\":\"t\",\"subject\":\"s\",\"magic\":0}";
        LogRecord record = new LogRecord(0, Instant.EPOCH, key.getBytes(UTF_8), value.getBytes(UTF_8));

        assertThat(RecordFormat.decode(record)).isInstanceOf(LogEvent.Unknown.class);
    }

    @Test
    void decode_associationOfAnotherTenant_isUnknownButNotDamaged() {
        String key = "{\"keytype\":\"ASSOC\",\"tenant\":\"t1\",\"resourceName\":\"t\",\"subject\":\"s\",\"magic\":0}";
        LogRecord record = new LogRecord(0, Instant.EPOCH, key.getBytes(UTF_8), null);

        assertThat(RecordFormat.decode(record))
                .isInstanceOfSatisfying(
                        LogEvent.Unknown.class,
                        unknown -> assertThat(unknown.damaged()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\u0000",
                "{}",
                "{\"keytype\":5}",
                "{\"keytype\":\"CLAIM\",\"magic\":0}",
                "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"magic\":1}",
                "{\"keytype\":\"SCHEMA\",\"subject\":{},\"version\":1,\"magic\":1}",
                "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":\"x\",\"magic\":1}",
                "{\"keytype\":\"CONTEXT\",\"context\":\".a:b\",\"magic\":0}",
            })
    void decode_damagedKey_isUnknown(String key) {
        LogRecord record = new LogRecord(0, Instant.EPOCH, key.getBytes(UTF_8), "{\"id\":1}".getBytes(UTF_8));

        assertThat(RecordFormat.decode(record)).isInstanceOf(LogEvent.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"id\":1.5}",
                "{\"id\":1,\"references\":[{}]}",
                "{\"id\":1,\"metadata\":5}"
            })
    void decode_damagedValue_isUnknown(String value) {
        String key = "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1,\"magic\":1}";
        LogRecord record = new LogRecord(0, Instant.EPOCH, key.getBytes(UTF_8), value.getBytes(UTF_8));

        assertThat(RecordFormat.decode(record)).isInstanceOf(LogEvent.Unknown.class);
    }

    private static List<LogRecord> realTopic() throws IOException {
        List<LogRecord> records = new ArrayList<>();
        try (InputStream in = requireNonNull(RecordFormatTest.class.getResourceAsStream("/topic/records.jsonl"))) {
            new String(in.readAllBytes(), UTF_8).lines().forEach(line -> {
                Map<?, ?> record = JsonShape.object("record", Json.read(line.getBytes(UTF_8)));
                Object value = record.get("value");
                records.add(new LogRecord(
                        number(record, "offset"),
                        Instant.ofEpochMilli(number(record, "ts")),
                        JsonShape.text("key", record.get("key")).getBytes(UTF_8),
                        value == null ? null : JsonShape.text("value", value).getBytes(UTF_8)));
            });
        }
        return records;
    }

    private static long number(Map<?, ?> record, String member) {
        return Long.parseLong(JsonShape.text(member, record.get(member)));
    }

    private static String text(byte @Nullable [] utf8) {
        return utf8 == null ? "null" : new String(utf8, UTF_8);
    }
}
