package io.concordat.engine.cluster;

import java.time.Duration;
import java.util.Optional;

/**
 * The election of the node that writes, as one node takes part in it.
 *
 * <p>It says who should write. That nobody else does is up to the log. Safe for many threads.
 */
public interface Leadership extends AutoCloseable {
    /** Hears what has come of elections, one at a time. Must not block. */
    interface Listener {
        /**
         * This node leads.
         *
         * @param epoch higher than in any earlier election
         */
        void leading(long epoch);

        /**
         * This node does not lead.
         *
         * @param leader who does, or empty if that is not known at the moment
         * @param epoch not lower than in any earlier election
         */
        void following(Optional<Member> leader, long epoch);

        /**
         * This node does not lead, and must not follow who does.
         *
         * @param why in a sentence, with what is to be done
         * @param epoch not lower than in any earlier election
         */
        void misled(String why, long epoch);
    }

    /** Takes part from now on. Called once. */
    void join(Listener listener);

    /** Has an election held: this node has found out that it is not the writer, although it should be. */
    void reelect();

    /**
     * Leaves the leading to others from now on, and waits until an election has confirmed it.
     *
     * @return whether that was in time
     */
    boolean resign(Duration patience);

    /** Leaves. */
    @Override
    void close();
}
