package io.concordat.serdes;

import io.concordat.api.Context;

/** A rule that says in which context the subjects of a topic are. Safe for many threads; the answers are remembered. */
@FunctionalInterface
public interface ContextNaming {
    /** The context of a topic's subjects. */
    Context contextOf(String topic);
}
