package io.concordat.server;

import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.LogException;
import io.concordat.engine.log.NewRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A log whose writer can be told to hold everything back, or to fail. */
final class StalledLog implements EventLog {
    private final EventLog log;
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    StalledLog(EventLog log) {
        this.log = log;
    }

    void stall() {
        gate = new CompletableFuture<>();
    }

    void release() {
        gate.complete(null);
    }

    void breakDown() {
        gate = CompletableFuture.failedFuture(new LogException("the disk is full", null));
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
        Writer writer = log.openWriter();
        return new Writer() {
            @Override
            public CompletionStage<Long> append(List<NewRecord> records) {
                return gate.thenCompose(open -> writer.append(records));
            }

            @Override
            public void close() {
                writer.close();
            }
        };
    }

    @Override
    public void close() {
        log.close();
    }
}
