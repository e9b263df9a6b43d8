package io.concordat.engine;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A change on its way that takes time to prepare: prepared on the caller's thread, decided by the writer, and prepared again if
 * somebody was faster.
 */
final class PreparedTask<T> implements Runnable {
    /** After so many vain attempts the writer itself prepares, whom nobody can outrun. */
    private static final int ATTEMPTS = 5;

    private final Work<T> work;
    private final CommitLoop commits;
    private final Executor preparer;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private int attempt;

    private PreparedTask(Work<T> work, CommitLoop commits, Executor preparer) {
        this.work = work;
        this.commits = commits;
        this.preparer = preparer;
    }

    /** What is to be done. */
    interface Work<T> {
        /**
         * Prepares by what is committed.
         *
         * @throws StaleException if that changes meanwhile
         */
        Ready<T> prepare();

        /** Prepares and decides in one go, on the writer's thread. */
        Command<T> atOnce();
    }

    /** What preparing came to: the answer itself, or what is left to decide. */
    sealed interface Ready<T> {
        record Answered<T>(T answer) implements Ready<T> {}

        /**
         * What is left to decide.
         *
         * @param command fails with a {@link StaleException} if what was prepared does not hold any more
         */
        record Prepared<T>(Command<T> command) implements Ready<T> {}
    }

    /** Hands the work to the preparer. */
    static <T> CompletableFuture<T> start(Work<T> work, CommitLoop commits, Executor preparer) {
        PreparedTask<T> task = new PreparedTask<>(work, commits, preparer);
        preparer.execute(task);
        return task.answer;
    }

    @Override
    public void run() {
        attempt++;
        try {
            Ready<T> ready = attempt > ATTEMPTS ? new Ready.Prepared<>(work.atOnce()) : work.prepare();
            if (ready instanceof Ready.Prepared<T> prepared) {
                submit(prepared.command());
            } else if (ready instanceof Ready.Answered<T> answered) {
                answer.complete(answered.answer());
            }
        } catch (StaleException e) {
            preparer.execute(this);
        } catch (StackOverflowError e) {
            answer.completeExceptionally(
                    new RegistryException(ErrorCode.INVALID_SCHEMA, "The schema is nested too deep", e));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private void submit(Command<T> command) {
        CompletableFuture<T> unused = commits.submit(command).whenComplete(this::decided);
    }

    private void decided(@Nullable T result, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(result);
        } else if (failure instanceof StaleException) {
            preparer.execute(this);
        } else {
            answer.completeExceptionally(failure);
        }
    }
}
