package io.concordat.it.log;

import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.LogRecord;
import java.util.ArrayList;
import java.util.List;

/** A sink that keeps what it is given. */
final class Collected implements EventLog.Sink {
    private final List<List<LogRecord>> batches = new ArrayList<>();

    @Override
    public synchronized void accept(List<LogRecord> batch) {
        batches.add(List.copyOf(batch));
    }

    synchronized List<List<LogRecord>> batches() {
        return List.copyOf(batches);
    }

    List<LogRecord> records() {
        return batches().stream().flatMap(List::stream).toList();
    }

    List<Long> offsets() {
        return records().stream().map(LogRecord::offset).toList();
    }

    List<String> keys() {
        return records().stream().map(Records::key).toList();
    }
}
