package io.concordat.server;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Answers requests. Refuses them by throwing, or by failing the stage, with a {@code RegistryException}. */
@FunctionalInterface
interface Handler {
    CompletionStage<Answer> handle(Request request);

    /** The answer, if finding it takes no time: asked before a request is handed to a worker. */
    default Optional<Answer> atOnce(Request request) {
        return Optional.empty();
    }

    /** A handler that has its answer at once. */
    static Handler now(Function<Request, Answer> answer) {
        return request -> CompletableFuture.completedFuture(answer.apply(request));
    }

    /** A handler that sometimes has its answer without any work. */
    static Handler atOnceOr(Function<Request, Optional<Answer>> atOnce, Function<Request, Answer> answer) {
        return new Handler() {
            @Override
            public CompletionStage<Answer> handle(Request request) {
                return CompletableFuture.completedFuture(answer.apply(request));
            }

            @Override
            public Optional<Answer> atOnce(Request request) {
                return atOnce.apply(request);
            }
        };
    }
}
