package io.concordat.server;

import io.vertx.core.http.HttpMethod;

/**
 * One row of the table of what the server answers.
 *
 * @param method how it is asked
 * @param path what is asked for: literal segments, and {@code {names}} for what varies
 * @param operation what it does
 * @param work where it runs
 * @param takesBody whether a body is read; one that is sent all the same is passed over
 * @param scope what a context before the path means to it
 * @param handler answers it
 */
record Route(
        HttpMethod method,
        String path,
        Operation operation,
        Work work,
        boolean takesBody,
        ContextScope scope,
        Handler handler) {
    /** A row that a context concerns as it concerns most: by the subject in the path, if there is one. */
    Route(HttpMethod method, String path, Operation operation, Work work, boolean takesBody, Handler handler) {
        this(
                method,
                path,
                operation,
                work,
                takesBody,
                path.contains("{subject}") ? ContextScope.SUBJECT : ContextScope.NONE,
                handler);
    }

    Route scopedBy(ContextScope newScope) {
        return new Route(method, path, operation, work, takesBody, newScope, handler);
    }
}
