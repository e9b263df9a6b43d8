package io.concordat.log.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.LogException;
import io.concordat.engine.log.LogRecord;
import io.concordat.engine.log.NewRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Words for the tests of the log. */
final class Appends {
    private Appends() {}

    static NewRecord record(String key, byte[] value) {
        return new NewRecord(key.getBytes(UTF_8), value);
    }

    /** Appends one record for each key, and waits. */
    static long append(EventLog log, String... keys) {
        return append(
                log,
                Stream.of(keys).map(key -> record(key, key.getBytes(UTF_8))).toList());
    }

    static long append(EventLog log, List<NewRecord> records) {
        try {
            return log.openWriter().append(records).toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** What is in the log, each record as offset and key. */
    static List<String> content(EventLog log) {
        List<String> content = new ArrayList<>();
        log.tail(0, batch -> batch.forEach(record -> content.add(describe(record))))
                .close();
        return content;
    }

    private static String describe(LogRecord record) {
        return record.offset() + " " + new String(record.key(), UTF_8);
    }
}
