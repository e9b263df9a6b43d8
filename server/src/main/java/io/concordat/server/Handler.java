package io.concordat.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Answers requests. Refuses them by throwing, or by failing the stage, with a {@code RegistryException}. */
@FunctionalInterface
interface Handler {
    CompletionStage<Answer> handle(Request request);

    /** A handler that has its answer at once. */
    static Handler now(Function<Request, Answer> answer) {
        return request -> CompletableFuture.completedFuture(answer.apply(request));
    }
}
