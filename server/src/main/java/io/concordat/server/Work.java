package io.concordat.server;

import java.util.function.Predicate;

/** Where a route's handler runs. */
enum Work {
    /** On the event loop: it looks something up in memory, or hands a write on. */
    BRIEF(request -> false),
    /** On a worker: it reads a body, parses a schema, or may list everything there is. */
    LONG(request -> true),
    /** On a worker only if another spelling of a schema is asked for, which needs parsing. */
    LONG_IF_FORMATTED(request -> !request.query("format").isEmpty());

    private final Predicate<Request> isLong;

    Work(Predicate<Request> isLong) {
        this.isLong = isLong;
    }

    boolean isLong(Request request) {
        return isLong.test(request);
    }
}
