package io.concordat.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question that is asked once at a time, however many want to know. Everybody gets an answer to a question that was asked
 * after he came. Safe for many threads.
 */
final class SharedQuestion<T> {
    private final Supplier<CompletionStage<T>> question;

    /** Whether one is being asked. Guarded by this. */
    private boolean asking;

    /** For those who have come since; guarded by this. */
    private @Nullable CompletableFuture<T> next;

    SharedQuestion(Supplier<CompletionStage<T>> question) {
        this.question = question;
    }

    CompletionStage<T> ask() {
        CompletableFuture<T> answer;
        synchronized (this) {
            if (asking) {
                CompletableFuture<T> waiting = next == null ? new CompletableFuture<>() : next;
                next = waiting;
                return waiting;
            }
            asking = true;
            answer = new CompletableFuture<>();
        }
        ask(answer);
        return answer;
    }

    private void ask(CompletableFuture<T> answer) {
        CompletionStage<T> unused = asked().whenComplete((told, failure) -> {
            CompletableFuture<T> waiting;
            synchronized (this) {
                waiting = next;
                next = null;
                asking = waiting != null;
            }
            if (waiting != null) {
                ask(waiting);
            }
            if (failure == null) {
                answer.complete(told);
            } else {
                answer.completeExceptionally(failure);
            }
        });
    }

    private CompletionStage<T> asked() {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
