package io.concordat.server;

/** What a request does, whichever path it takes there: what a {@link Guard} decides on. */
enum Operation {
    /** What the server says about itself. */
    SERVER_READ,
    /** Schemas by number or name, without a subject. */
    SCHEMA_READ,
    /** The names of subjects. */
    SUBJECT_LIST,
    SUBJECT_READ,
    SUBJECT_WRITE,
    SUBJECT_DELETE,
    COMPATIBILITY_READ,
    /** The names of contexts. */
    CONTEXT_LIST,
    CONTEXT_DELETE,
    CONFIG_READ,
    CONFIG_WRITE,
    MODE_READ,
    MODE_WRITE,
    ASSOCIATION_READ,
    ASSOCIATION_WRITE;

    /** Whether it may change something, so that only the node that writes can do it. */
    boolean writes() {
        return switch (this) {
            case SUBJECT_WRITE, SUBJECT_DELETE, CONTEXT_DELETE, CONFIG_WRITE, MODE_WRITE, ASSOCIATION_WRITE -> true;
            default -> false;
        };
    }
}
