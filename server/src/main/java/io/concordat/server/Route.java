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
 * @param handler answers it
 */
record Route(HttpMethod method, String path, Operation operation, Work work, boolean takesBody, Handler handler) {}
