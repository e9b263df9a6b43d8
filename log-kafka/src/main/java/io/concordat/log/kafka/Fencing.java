package io.concordat.log.kafka;

/** How a log keeps a deposed writer from writing. */
public enum Fencing {
    /** By transactions where the cluster and the rights allow them; else none, with a warning that says what is missing. */
    AUTO,
    /** By transactions, or not at all: without them the log cannot be written. */
    TRANSACTIONAL,
    /** Not at all. That another has written is noticed afterwards. */
    NONE
}
