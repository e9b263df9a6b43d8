package io.concordat.engine.log;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A log that lives as long as its process, and forgets nothing before. Its offsets have no gaps. */
public final class InMemoryEventLog implements EventLog {
    private final SerialEventLog log;

    /** A new, empty log by the system's clock. */
    public InMemoryEventLog() {
        this(Clock.systemUTC());
    }

    /**
     * A new, empty log.
     *
     * @param clock gives the records their timestamps
     */
    public InMemoryEventLog(Clock clock) {
        log = new SerialEventLog("in memory", new MemoryStore(clock));
    }

    @Override
    public String clusterId() {
        return log.clusterId();
    }

    @Override
    public Tail tail(long from, Sink sink) {
        return log.tail(from, sink);
    }

    @Override
    public Writer openWriter() {
        return log.openWriter();
    }

    @Override
    public void close() {
        log.close();
    }

    private static final class MemoryStore implements RecordStore {
        private final Clock clock;
        private final String clusterId = ClusterId.random();

        /** What each append has written, by its last offset. */
        private final NavigableMap<Long, List<LogRecord>> batches = new TreeMap<>();

        private MemoryStore(Clock clock) {
            this.clock = clock;
        }

        @Override
        public String clusterId() {
            return clusterId;
        }

        @Override
        public List<LogRecord> append(List<NewRecord> records) {
            long offset = batches.isEmpty() ? 0 : batches.lastKey() + 1;
            Instant timestamp = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            List<LogRecord> added = new ArrayList<>(records.size());
            for (NewRecord record : records) {
                added.add(new LogRecord(offset++, record.timestampAt(timestamp), record.key(), record.value()));
            }
            List<LogRecord> batch = List.copyOf(added);
            batches.put(offset - 1, batch);
            return batch;
        }

        @Override
        public void read(long from, Consumer<List<LogRecord>> sink) {
            for (List<LogRecord> batch : batches.tailMap(from, true).values()) {
                sink.accept(
                        batch.stream().filter(record -> record.offset() >= from).toList());
            }
        }

        @Override
        public void close() {
            batches.clear();
        }
    }
}
