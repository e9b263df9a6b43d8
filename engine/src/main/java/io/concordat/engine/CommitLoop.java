package io.concordat.engine;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.engine.log.ConflictException;
import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.FencedException;
import io.concordat.engine.log.LogException;
import io.concordat.engine.log.LogRecord;
import io.concordat.engine.log.NewRecord;
import io.concordat.engine.record.LogEvent;
import io.concordat.engine.record.LogEvent.Marks;
import io.concordat.engine.record.LogEvent.SchemaRemoved;
import io.concordat.engine.record.LogEvent.SchemaRow;
import io.concordat.engine.record.RecordFormat;
import io.concordat.engine.state.RegistryState;
import io.concordat.engine.state.RegistryView;
import io.concordat.engine.state.Tip;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a registry.
 *
 * <p>It writes while it {@linkplain #lead leads}; otherwise it refuses every command.
 *
 * <p>Takes all commands that wait, decides them one after another on the state with what is pending, and appends what they
 * came to in one go; those that arrive meanwhile are the next batch. An answer is given when the log has the batch and the
 * replay has been through it.
 */
final class CommitLoop implements AutoCloseable {
    private static final Logger LOG = System.getLogger(CommitLoop.class.getName());
    private static final int WAITING_AT_MOST = 10_000;
    private static final int BATCH = 500;
    private static final long LONGEST_GATHERING_NANOS = 50_000_000;

    /** How often a batch is decided anew because another server of the same log was faster. */
    private static final int DECISIONS = 5;

    private final EventLog log;
    private final RegistryState committed;
    private final Runnable deposed;
    private final BlockingQueue<Job<?>> queue = new ArrayBlockingQueue<>(WAITING_AT_MOST);
    private final Thread thread;

    /** Held while a batch is written, and while the role changes. */
    private final Object writing = new Object();

    private EventLog.@Nullable Writer writer;

    /** Whether ids have been burnt that no record tells of. Guarded by {@link #writing}. */
    private boolean burnt;

    /** How many jobs the last batch had, and how long it took; touched by the loop's thread only. */
    private int lastCount;

    private long lastNanos;
    private volatile boolean leading;
    private volatile boolean closed;

    /** @param deposed called once somebody else has become the log's writer; not while leading is given up on purpose */
    CommitLoop(EventLog log, RegistryState committed, Runnable deposed) {
        this.log = log;
        this.committed = committed;
        this.deposed = deposed;
        thread = new Thread(this::run, "concordat-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Becomes the log's writer. Waits for it.
     *
     * @throws LogException if the log cannot be written
     */
    void lead() {
        leading = false;
        synchronized (writing) {
            closeWriter();
            writer();
            leading = true;
        }
    }

    /** Lets the batch under way finish, and refuses everything else from then on. */
    void follow() {
        leading = false;
        synchronized (writing) {
            closeWriter();
        }
        failWaiting(notLeading());
    }

    boolean leads() {
        return leading;
    }

    /** A command and where its answer goes. */
    private static final class Job<R> {
        private final Command<R> command;
        private final CompletableFuture<R> answer = new CompletableFuture<>();
        private @Nullable Decision<R> decision;

        Job(Command<R> command) {
            this.command = command;
        }

        /** Decides, and answers at once if the change is refused. */
        List<LogEvent> decide(RegistryView view) {
            if (answer.isDone()) {
                return List.of();
            }
            try {
                Decision<R> decided = command.decide(view);
                decision = decided;
                return decided.events();
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
                return List.of();
            } catch (StackOverflowError e) {
                answer.completeExceptionally(
                        new RegistryException(ErrorCode.INVALID_SCHEMA, "The schema is nested too deep", e));
                return List.of();
            }
        }

        void succeed() {
            if (decision != null) {
                answer.complete(decision.result());
            }
        }

        void fail(RegistryException failure) {
            answer.completeExceptionally(failure);
        }
    }

    /** Hands a command in. The answer is completed on the writer's thread: continue elsewhere with what takes time. */
    <R> CompletableFuture<R> submit(Command<R> command) {
        Job<R> job = new Job<>(command);
        if (closed) {
            job.fail(stopped());
        } else if (!leading) {
            job.fail(notLeading());
        } else if (!queue.offer(job)) {
            job.fail(new RegistryException(
                    ErrorCode.STORE_FAILED, WAITING_AT_MOST + " writes are waiting already; try again later"));
        } else if (closed) {
            // The loop may have ended between the two looks.
            failWaiting(stopped());
        } else if (!leading) {
            failWaiting(notLeading());
        }
        return job.answer;
    }

    private void run() {
        List<Job<?>> batch = new ArrayList<>();
        while (!closed) {
            try {
                batch.add(queue.take());
                gather(batch);
                long begun = System.nanoTime();
                synchronized (writing) {
                    commitAll(batch);
                }
                lastNanos = System.nanoTime() - begun;
                lastCount = batch.size();
            } catch (InterruptedException e) {
                // Only closing interrupts.
                closed = true;
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "A batch of writes failed", e);
                batch.forEach(job -> job.fail(storeFailed("The write failed", e)));
            } finally {
                batch.clear();
            }
        }
        failWaiting(stopped());
    }

    /**
     * Waits a little for as many jobs as there were last time: who has been answered together asks again at about the same time,
     * and whoever is late for one batch waits for all of it. It gives up when none has come for a quarter of the time that the
     * last batch took. One writer alone waits for nobody.
     */
    private void gather(List<Job<?>> batch) throws InterruptedException {
        long patience = Math.min(LONGEST_GATHERING_NANOS, lastNanos);
        long end = System.nanoTime() + patience;
        while (batch.size() < lastCount) {
            Job<?> next = queue.poll(Math.min(patience / 4, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        queue.drainTo(batch, BATCH - batch.size());
    }

    /** Commits a list of jobs: those that can stand on each other together, the others one by one. */
    private void commitAll(List<Job<?>> jobs) {
        if (!leading) {
            jobs.forEach(job -> job.fail(notLeading()));
            return;
        }
        List<Job<?>> together = new ArrayList<>();
        for (Job<?> job : jobs) {
            if (job.command.joinsOthers()) {
                together.add(job);
            } else {
                commitTogether(together);
                together.clear();
                commit(List.of(job), () -> job.decide(committed));
            }
        }
        commitTogether(together);
    }

    private void commitTogether(List<Job<?>> jobs) {
        commit(jobs, () -> {
            Tip tip = new Tip(committed);
            List<LogEvent> events = new ArrayList<>();
            for (Job<?> job : jobs) {
                for (LogEvent event : job.decide(tip)) {
                    if (event instanceof SchemaRow row) {
                        tip.add(row, row.content().guid());
                    } else if (event instanceof SchemaRemoved removed) {
                        tip.remove(removed.subject(), removed.version());
                    }
                    events.add(event);
                }
            }
            return events;
        });
    }

    private void commit(List<Job<?>> jobs, Supplier<List<LogEvent>> decide) {
        for (int decision = 1; ; decision++) {
            try {
                // First of all: opening one replays what others have written, and what is decided must stand on that.
                EventLog.Writer open = writer();
                List<LogEvent> events = decide.get();
                if (!events.isEmpty()) {
                    append(open, events);
                }
                jobs.forEach(Job::succeed);
                return;
            } catch (LogException e) {
                if (!(e instanceof ConflictException) || decision == DECISIONS) {
                    RegistryException failure = failed(e);
                    jobs.forEach(job -> job.fail(failure));
                    return;
                }
                LOG.log(Level.DEBUG, "Somebody else was faster: the batch is decided anew", e);
            }
        }
    }

    private void append(EventLog.Writer open, List<LogEvent> events) {
        List<NewRecord> records = new ArrayList<>();
        Optional<LogEvent> own = ownRecord(events);
        own.map(RecordFormat::encode).ifPresent(records::add);
        events.stream().map(RecordFormat::encode).forEach(records::add);
        try {
            open.append(records).toCompletableFuture().join();
            burnt &= own.isEmpty();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LogException failure
                    ? failure
                    : new LogException(String.valueOf(e.getMessage()), e, true);
        }
    }

    /**
     * The registry's own record, where it must be written along: with the first record of all, and with whatever may lower
     * the highest id that a replay would see.
     */
    private Optional<LogEvent> ownRecord(List<LogEvent> events) {
        Optional<Marks> written = committed.marks();
        if (written.isPresent() && !burnt && events.stream().noneMatch(this::mayRetireAnId)) {
            return Optional.empty();
        }
        Marks now = new Marks(written.map(Marks::clusterId).orElseGet(log::clusterId), committed.highestIds());
        return written.equals(Optional.of(now)) ? Optional.empty() : Optional.of(now);
    }

    private boolean mayRetireAnId(LogEvent event) {
        return event instanceof SchemaRemoved
                || event instanceof LogEvent.DeletedCleared
                || (event instanceof SchemaRow row
                        && committed
                                .subject(row.subject())
                                .find(row.version())
                                .filter(old -> old.id() != row.id())
                                .isPresent());
    }

    private EventLog.Writer writer() {
        EventLog.Writer open = writer;
        if (open == null) {
            open = log.openWriter();
            writer = open;
            open.discarded().forEach(this::burnIds);
        }
        return open;
    }

    /** An id in a record that never took effect may have been seen by somebody all the same. */
    private void burnIds(LogRecord discarded) {
        if (RecordFormat.decode(discarded) instanceof SchemaRow row
                && row.id() > committed.highestId(row.subject().context())) {
            committed.burn(row.subject().context(), row.id());
            burnt = true;
        }
    }

    private void closeWriter() {
        EventLog.Writer open = writer;
        writer = null;
        if (open != null) {
            open.close();
        }
    }

    private RegistryException failed(LogException cause) {
        // Opening anew settles what became of the batch, before anything is decided on top of it.
        closeWriter();
        LOG.log(Level.WARNING, () -> "A batch of writes failed: " + cause.getMessage());
        if (cause instanceof FencedException) {
            leading = false;
            deposed.run();
            return new RegistryException(
                    ErrorCode.UNKNOWN_LEADER, "Another registry writes this log now: " + cause.getMessage(), cause);
        }
        return storeFailed(cause.getMessage(), cause);
    }

    private static RegistryException storeFailed(@Nullable String what, Throwable cause) {
        return new RegistryException(ErrorCode.STORE_FAILED, "Writing to the log failed: " + what, cause);
    }

    private void failWaiting(RegistryException failure) {
        List<Job<?>> left = new ArrayList<>();
        queue.drainTo(left);
        left.forEach(job -> job.fail(failure));
    }

    private static RegistryException notLeading() {
        return new RegistryException(ErrorCode.UNKNOWN_LEADER, "This registry does not write the log at the moment");
    }

    private static RegistryException stopped() {
        return new RegistryException(ErrorCode.STORE_FAILED, "The registry has been stopped");
    }

    /** Lets the batch under way finish, refuses what waits, and gives the log up. */
    @Override
    public void close() {
        closed = true;
        submitWakeUp();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeWriter();
    }

    /** A loop that waits for work must see that there will be none. */
    private void submitWakeUp() {
        boolean unused = queue.offer(new Job<>(view -> Decision.nothingToWrite(true)));
    }
}
