package io.concordat.server;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * What is to be done for a request once its body is there.
 *
 * @param type the media type that was negotiated
 * @param takesBody whether the body is kept; else it is passed over
 * @param action makes the answer
 */
record Plan(String type, boolean takesBody, Action action) {
    /** Makes an answer of a body. Does not throw, and does not block. */
    @FunctionalInterface
    interface Action {
        /**
         * Begins to answer.
         *
         * @param abandoned whether nobody waits for the answer any more; asked on any thread
         */
        CompletionStage<Answer> perform(Buffer body, BooleanSupplier abandoned);
    }

    /** A plan that has its answer already. */
    static Plan answering(String type, Answer answer) {
        return new Plan(type, false, (body, abandoned) -> CompletableFuture.completedFuture(answer));
    }
}
