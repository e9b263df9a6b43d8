package io.concordat.engine;

import io.concordat.engine.state.RegistryView;

/**
 * A change that somebody asks for.
 *
 * @param <R> the answer
 */
@FunctionalInterface
interface Command<R> {
    /**
     * Decides, without changing anything.
     *
     * @throws io.concordat.api.RegistryException if the change is refused
     * @throws StaleException if what was prepared no longer holds
     */
    Decision<R> decide(RegistryView tip);

    /** Whether others may be decided on top of this one before it is committed. */
    default boolean joinsOthers() {
        return false;
    }
}
