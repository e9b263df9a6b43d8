package io.concordat.engine.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An event log of one process over a {@link RecordStore}: one thread does everything, one thing after the other.
 *
 * <p>Sinks and the dependents of append stages run on that thread, so a slow one holds up the log.
 */
public final class SerialEventLog implements EventLog {
    private static final Logger LOGGER = System.getLogger(SerialEventLog.class.getName());

    private static final int RECORDS_TOGETHER = 1_000;

    private final String name;
    private final RecordStore store;
    private final String clusterId;
    private final ThreadPoolExecutor executor;
    private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
    private final List<OpenTail> tails = new CopyOnWriteArrayList<>();
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile @Nullable Thread worker;
    private volatile boolean closed;

    /** The number of writers opened so far; only the last one may write. Touched by the log's thread only. */
    private long epoch;

    /** What the tails are still to be given, if a sink has caused more to come. Touched by the log's thread only. */
    private final Queue<List<LogRecord>> undelivered = new ArrayDeque<>();

    private boolean delivering;

    /**
     * @param name says in messages which log it is
     * @param store closed with this log
     */
    public SerialEventLog(String name, RecordStore store) {
        this.name = name;
        this.store = store;
        executor = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
        // A log that somebody forgot to close does not keep a thread for ever.
        executor.allowCoreThreadTimeOut(true);
        store.attach(new TailFeed());
        clusterId = store.clusterId();
    }

    private final class TailFeed implements RecordStore.Feed {
        @Override
        public void execute(Runnable work) {
            try {
                executor.execute(() -> {
                    if (!closed) {
                        work.run();
                    }
                });
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.DEBUG, () -> "The log " + name + " is closed: no more records are handed over");
            }
        }

        @Override
        public void deliver(List<LogRecord> batch) {
            SerialEventLog.this.deliver(batch);
        }
    }

    /** Gives a batch to every tail. A sink that causes another batch gets it afterwards. */
    private void deliver(List<LogRecord> batch) {
        undelivered.add(batch);
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            for (List<LogRecord> next = undelivered.poll(); next != null; next = undelivered.poll()) {
                List<LogRecord> given = next;
                tails.forEach(tail -> tail.deliver(given));
            }
        } finally {
            delivering = false;
        }
    }

    @Override
    public String clusterId() {
        return clusterId;
    }

    @Override
    public Tail tail(long from, Sink sink) {
        return call(() -> {
            OpenTail tail = new OpenTail(from, sink);
            store.read(from, batch -> {
                refuseIfClosed();
                tail.give(batch);
            });
            tails.add(tail);
            return tail;
        });
    }

    @Override
    public Writer openWriter() {
        return call(() -> {
            // First of all, so that a failure leaves the earlier writers fenced all the same.
            long opened = ++epoch;
            return new OpenWriter(opened, store.openWriter());
        });
    }

    @Override
    public void close() {
        synchronized (executor) {
            if (!closed) {
                closed = true;
                executor.execute(this::end);
                executor.shutdown();
            }
        }
        if (!onOwnThread()) {
            join(ended);
        }
    }

    private void end() {
        tails.forEach(OpenTail::close);
        try {
            store.close();
            ended.complete(null);
        } catch (RuntimeException | Error e) {
            ended.completeExceptionally(e);
        }
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "concordat-log " + name);
        thread.setDaemon(true);
        worker = thread;
        return thread;
    }

    private boolean onOwnThread() {
        return Thread.currentThread().equals(worker);
    }

    /** Runs on the log's thread, and waits. */
    private <T> T call(Supplier<T> work) {
        Supplier<T> checked = () -> {
            refuseIfClosed();
            return work.get();
        };
        if (onOwnThread()) {
            return checked.get();
        }
        try {
            return join(CompletableFuture.supplyAsync(checked, executor));
        } catch (RejectedExecutionException e) {
            throw closedException();
        }
    }

    private static <T extends @Nullable Object> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw closedException();
        }
    }

    private LogException closedException() {
        return new LogException("The log " + name + " is closed", null);
    }

    /** An append that waits for its turn. */
    private record Pending(long writerEpoch, List<NewRecord> records, CompletableFuture<Long> done) {
        void fail(RuntimeException failure) {
            done.completeExceptionally(failure);
        }
    }

    /** Commits what waits, as much of it together as fits. */
    private void commitPending() {
        List<Pending> group = new ArrayList<>();
        int records = 0;
        for (Pending next = pending.peek();
                next != null && (group.isEmpty() || records + next.records.size() <= RECORDS_TOGETHER);
                next = pending.peek()) {
            pending.remove();
            if (next.writerEpoch == epoch) {
                group.add(next);
                records += next.records.size();
            } else {
                next.fail(new FencedException("Writer " + next.writerEpoch + " of the log " + name
                        + " may not append any more: writer " + epoch + " has been opened since"));
            }
        }
        if (!group.isEmpty()) {
            commit(group);
        }
    }

    private void commit(List<Pending> group) {
        try {
            List<LogRecord> batch = store.append(
                    group.stream().flatMap(one -> one.records.stream()).toList());
            deliver(batch);
            int end = 0;
            for (Pending one : group) {
                end += one.records.size();
                one.done.complete(batch.get(end - 1).offset());
            }
        } catch (LogException e) {
            if (group.size() == 1
                    || e.isOutcomeUnknown()
                    || e instanceof FencedException
                    || e instanceof ConflictException) {
                group.forEach(one -> one.fail(e));
            } else {
                // One may have been to blame for it.
                group.forEach(one -> commit(List.of(one)));
            }
        } catch (RuntimeException | Error e) {
            group.forEach(one -> one.fail(new LogException("Appending to the log " + name + " failed: " + e, e, true)));
        }
    }

    private final class OpenWriter implements Writer {
        private final long ownEpoch;
        private final List<LogRecord> discarded;
        private volatile boolean givenUp;

        private OpenWriter(long ownEpoch, List<LogRecord> discarded) {
            this.ownEpoch = ownEpoch;
            this.discarded = discarded;
        }

        @Override
        public List<LogRecord> discarded() {
            return discarded;
        }

        @Override
        public CompletionStage<Long> append(List<NewRecord> records) {
            List<NewRecord> copy = List.copyOf(records);
            if (copy.isEmpty()) {
                throw new IllegalArgumentException("An append to the log " + name + " needs at least one record");
            }
            CompletableFuture<Long> done = new CompletableFuture<>();
            if (givenUp) {
                done.completeExceptionally(
                        new LogException("Writer " + ownEpoch + " of the log " + name + " is closed", null));
                return done;
            }
            Pending append = new Pending(ownEpoch, copy, done);
            pending.add(append);
            try {
                executor.execute(SerialEventLog.this::commitPending);
            } catch (RejectedExecutionException e) {
                pending.remove(append);
                append.fail(closedException());
            }
            return done;
        }

        @Override
        public void close() {
            givenUp = true;
        }
    }

    private final class OpenTail implements Tail {
        private final Sink sink;

        /** The first offset of interest that it has not been given. Touched by the log's thread only. */
        private long next;

        /** Held while the sink works, so that closing can wait for it. */
        private final ReentrantLock working = new ReentrantLock();

        private boolean stopped;

        private OpenTail(long from, Sink sink) {
            this.next = from;
            this.sink = sink;
        }

        private void give(List<LogRecord> batch) {
            next = batch.get(batch.size() - 1).offset() + 1;
            working.lock();
            try {
                if (!stopped) {
                    sink.accept(batch);
                }
            } finally {
                working.unlock();
            }
        }

        private void deliver(List<LogRecord> batch) {
            List<LogRecord> wanted = batch.get(0).offset() >= next
                    ? batch
                    : batch.stream().filter(record -> record.offset() >= next).toList();
            if (wanted.isEmpty()) {
                return;
            }
            try {
                give(wanted);
            } catch (RuntimeException | Error e) {
                close();
                LOGGER.log(
                        Level.ERROR,
                        () -> "A reader of the log " + name + " failed at offset "
                                + wanted.get(0).offset() + " and gets no more records",
                        e);
            }
        }

        @Override
        public void close() {
            working.lock();
            try {
                stopped = true;
            } finally {
                working.unlock();
            }
            tails.remove(this);
        }
    }
}
