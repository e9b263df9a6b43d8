package io.concordat.engine;

import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.LogException;
import io.concordat.engine.log.NewRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A log that hangs or fails on demand; otherwise the one below it. */
final class FaultyLog implements EventLog {
    private final EventLog log;
    private volatile boolean hanging;
    private volatile boolean delaying;
    private final List<Runnable> delayed = new CopyOnWriteArrayList<>();
    private volatile @Nullable LogException failure;

    /** Whether the failing append takes effect all the same. */
    private volatile boolean written;

    FaultyLog(EventLog log) {
        this.log = log;
    }

    /** What has been written meanwhile reaches the tails when a writer is opened, not before. */
    void delayNews() {
        delaying = true;
    }

    void hang() {
        hanging = true;
    }

    void failOnce(boolean butWrite) {
        written = butWrite;
        failure = new LogException("the disk is on fire", null, butWrite);
    }

    @Override
    public String clusterId() {
        return log.clusterId();
    }

    @Override
    public Tail tail(long from, Sink sink) {
        return log.tail(from, batch -> {
            if (delaying) {
                delayed.add(() -> sink.accept(batch));
            } else {
                sink.accept(batch);
            }
        });
    }

    @Override
    public Writer openWriter() {
        Writer writer = log.openWriter();
        delaying = false;
        delayed.forEach(Runnable::run);
        delayed.clear();
        return new Writer() {
            @Override
            public CompletionStage<Long> append(List<NewRecord> records) {
                if (hanging) {
                    return new CompletableFuture<>();
                }
                LogException failing = failure;
                failure = null;
                if (failing == null) {
                    return writer.append(records);
                }
                if (written) {
                    writer.append(records).toCompletableFuture().join();
                }
                return CompletableFuture.failedFuture(failing);
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
