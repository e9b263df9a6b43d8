package io.concordat.server;

/** Where a route's handler runs. */
enum Work {
    /** On the event loop: it looks something up in memory, or hands a write on. */
    BRIEF,
    /** On a worker: it reads a body, parses a schema, or may list everything there is. */
    LONG,
    /** On a worker only if another spelling of a schema, or its tags, are asked for, which needs parsing. */
    LONG_IF_FORMATTED;

    boolean isLong(Request request) {
        return switch (this) {
            case BRIEF -> false;
            case LONG -> true;
            case LONG_IF_FORMATTED -> Rendering.isLong(request);
        };
    }
}
