package io.concordat.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.engine.log.LogRecord;
import io.concordat.engine.log.NewRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What may happen to a log outside the registry: it is copied, and compacted. */
final class LogCopies {
    private LogCopies() {}

    static List<LogRecord> records(EventLog log) {
        List<LogRecord> all = new ArrayList<>();
        log.tail(0, all::addAll).close();
        return all;
    }

    /** Another log with the same records. */
    static EventLog whole(EventLog log) {
        return copy(records(log));
    }

    /** Another log with the last record of each key, in order, and without tombstones. */
    static EventLog compacted(EventLog log) {
        Map<String, LogRecord> last = new LinkedHashMap<>();
        for (LogRecord record : records(log)) {
            String key = new String(record.key(), UTF_8);
            last.remove(key);
            if (record.value() != null) {
                last.put(key, record);
            }
        }
        return copy(last.values());
    }

    private static EventLog copy(Iterable<LogRecord> records) {
        EventLog copy = new InMemoryEventLog();
        try (EventLog.Writer writer = copy.openWriter()) {
            records.forEach(record -> writer.append(List.of(new NewRecord(record.key(), record.value())))
                    .toCompletableFuture()
                    .join());
        }
        return copy;
    }
}
