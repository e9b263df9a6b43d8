package io.concordat.engine;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.engine.state.RegistryState;
import io.concordat.engine.state.RegistryView;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One registration on its way: prepared, decided, and prepared again if somebody was faster. */
final class RegistrationTask implements Runnable {
    /** After so many vain attempts the writer itself prepares, whom nobody can outrun. */
    private static final int ATTEMPTS = 5;

    private final Registration registration;
    private final RegistryState committed;
    private final CommitLoop commits;
    private final Executor preparer;
    private final RegistrationRequest request;
    private final CompletableFuture<RegisteredSchema> answer = new CompletableFuture<>();
    private int attempt;

    RegistrationTask(
            Registration registration,
            RegistryState committed,
            CommitLoop commits,
            Executor preparer,
            RegistrationRequest request) {
        this.registration = registration;
        this.committed = committed;
        this.commits = commits;
        this.preparer = preparer;
        this.request = request;
    }

    /** Hands the work to the preparer. */
    CompletableFuture<RegisteredSchema> start() {
        preparer.execute(this);
        return answer;
    }

    @Override
    public void run() {
        attempt++;
        try {
            if (attempt > ATTEMPTS) {
                submit(this::prepareAndDecide);
                return;
            }
            Registration.Prepared prepared = registration.prepare(committed, request);
            if (prepared instanceof Registration.Prepared.Candidate candidate) {
                submit(candidate.command());
            } else if (prepared instanceof Registration.Prepared.Known known) {
                answer.complete(known.row());
            }
        } catch (StackOverflowError e) {
            answer.completeExceptionally(
                    new RegistryException(ErrorCode.INVALID_SCHEMA, "The schema is nested too deep", e));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private void submit(Command<RegisteredSchema> command) {
        CompletableFuture<RegisteredSchema> unused = commits.submit(command).whenComplete(this::decided);
    }

    private void decided(@Nullable RegisteredSchema row, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(row);
        } else if (failure instanceof StaleException) {
            preparer.execute(this);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    private Decision<RegisteredSchema> prepareAndDecide(RegistryView tip) {
        Registration.Prepared prepared = registration.prepare(tip, request);
        return prepared instanceof Registration.Prepared.Known known
                ? Decision.nothingToWrite(known.row())
                : ((Registration.Prepared.Candidate) prepared).command().decide(tip);
    }
}
