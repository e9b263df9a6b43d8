package io.concordat.server;

import io.concordat.api.ErrorCode;
import io.concordat.api.IncompatibleSchemaException;
import io.concordat.api.RegistryException;
import io.concordat.engine.log.LogException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/** How it is said that something went wrong. What is the server's own business goes to the operator, not to the client. */
final class Failures {
    private static final Logger LOG = System.getLogger(RegistryServer.class.getName());

    private Failures() {}

    static Answer answer(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof RegistryException refusal) {
            return Answer.refusal(refusal.code(), refusal.number(), String.valueOf(refusal.getMessage()));
        }
        if (cause instanceof RejectedExecutionException) {
            return Answer.refusal(ErrorCode.TOO_MANY_REQUESTS, "Too many requests are waiting; try again later");
        }
        if (cause instanceof StackOverflowError) {
            return Answer.refusal(ErrorCode.INVALID_SCHEMA, "The schema is nested too deep");
        }
        if (cause instanceof LogException) {
            LOG.log(Level.WARNING, "The log cannot be used", cause);
            return Answer.refusal(ErrorCode.STORE_FAILED, "The registry's log cannot be used at the moment");
        }
        LOG.log(Level.ERROR, "A request could not be answered", cause);
        return Answer.refusal(ErrorCode.INTERNAL, "Internal Server Error");
    }

    /** The status of that answer. */
    static int status(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof RegistryException refusal) {
            return refusal.code().httpStatus();
        }
        if (cause instanceof RejectedExecutionException) {
            return ErrorCode.TOO_MANY_REQUESTS.httpStatus();
        }
        return (cause instanceof StackOverflowError ? ErrorCode.INVALID_SCHEMA : ErrorCode.INTERNAL).httpStatus();
    }

    /** The same, and the verdict on a schema that was refused for what others are like. */
    static Answer explained(Throwable failure) {
        return unwrapped(failure) instanceof IncompatibleSchemaException refusal
                ? Answer.refusal(
                        refusal.code(),
                        refusal.number(),
                        String.valueOf(refusal.getMessage()),
                        Map.of(Explanation.NAME, Explanation.of(refusal.report())))
                : answer(failure);
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
