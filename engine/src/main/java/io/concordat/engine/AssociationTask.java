package io.concordat.engine;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import io.concordat.engine.AssociationRequest.Change;
import io.concordat.engine.state.SubjectState;
import java.util.IdentityHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One change of associations on its way: its schemas are prepared on the caller's thread, and again if somebody was faster.
 */
final class AssociationTask implements Runnable {
    /** After so many vain attempts the writer itself prepares, whom nobody can outrun. */
    private static final int ATTEMPTS = 5;

    private final AssociationChange changes;
    private final CommitLoop commits;
    private final Executor preparer;
    private final AssociationRequest request;
    private final boolean dryRun;
    private final CompletableFuture<AssociationResult> answer = new CompletableFuture<>();
    private int attempt;

    AssociationTask(
            AssociationChange changes,
            CommitLoop commits,
            Executor preparer,
            AssociationRequest request,
            boolean dryRun) {
        this.changes = changes;
        this.commits = commits;
        this.preparer = preparer;
        this.request = request;
        this.dryRun = dryRun;
    }

    /** Hands the work to the preparer. */
    CompletableFuture<AssociationResult> start() {
        preparer.execute(this);
        return answer;
    }

    @Override
    public void run() {
        attempt++;
        try {
            submit(attempt > ATTEMPTS ? changes::prepare : preparation());
        } catch (StaleException e) {
            preparer.execute(this);
        } catch (StackOverflowError e) {
            answer.completeExceptionally(
                    new RegistryException(ErrorCode.INVALID_SCHEMA, "The schema is nested too deep", e));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** Goes through the request once, and keeps what its schemas came to. */
    private AssociationChange.Preparation preparation() {
        if (request.changes().stream().noneMatch(change -> change.schema().isPresent())) {
            return changes::prepare;
        }
        IdentityHashMap<Change, Prepared> kept = new IdentityHashMap<>();
        Decision<AssociationResult> unused = changes.decide(request, (tip, change, subject, schema) -> {
            SubjectState basis = tip.subject(subject);
            Registration.Prepared prepared = changes.prepare(tip, change, subject, schema);
            kept.put(change, new Prepared(subject, basis, prepared));
            return prepared;
        });
        return (tip, change, subject, schema) -> {
            Prepared before = kept.get(change);
            if (before == null || !before.subject().equals(subject) || before.basis() != tip.subject(subject)) {
                throw new StaleException();
            }
            return before.prepared();
        };
    }

    /** What a schema came to, and the state of its subject that it was judged by. */
    private record Prepared(Subject subject, SubjectState basis, Registration.Prepared prepared) {}

    private void submit(AssociationChange.Preparation preparation) {
        CompletableFuture<AssociationResult> unused = commits.submit(view -> {
                    Decision<AssociationResult> decided = changes.decide(request, preparation);
                    return dryRun ? Decision.nothingToWrite(decided.result()) : decided;
                })
                .whenComplete(this::decided);
    }

    private void decided(@Nullable AssociationResult result, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(result);
        } else if (failure instanceof StaleException) {
            preparer.execute(this);
        } else {
            answer.completeExceptionally(failure);
        }
    }
}
