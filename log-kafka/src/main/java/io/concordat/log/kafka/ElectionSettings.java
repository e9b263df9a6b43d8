package io.concordat.log.kafka;

import java.time.Duration;

/**
 * How a node takes part in elections.
 *
 * @param sessionTimeout how long a node may be silent before the others elect anew; brokers set a least (6 s)
 * @param heartbeatInterval how often it is heard of
 * @param rebalanceTimeout how long the others wait for it in an election
 * @param eligible whether it can be elected
 */
public record ElectionSettings(
        Duration sessionTimeout, Duration heartbeatInterval, Duration rebalanceTimeout, boolean eligible) {
    /** What suits brokers as they come. */
    public static final ElectionSettings DEFAULT =
            new ElectionSettings(Duration.ofSeconds(6), Duration.ofSeconds(1), Duration.ofSeconds(60), true);

    public ElectionSettings {
        if (heartbeatInterval.toMillis() < 1 || sessionTimeout.compareTo(heartbeatInterval) <= 0) {
            throw new IllegalArgumentException("the heartbeat interval " + heartbeatInterval
                    + " is not shorter than the session timeout " + sessionTimeout);
        }
        if (rebalanceTimeout.compareTo(sessionTimeout) < 0) {
            throw new IllegalArgumentException("the rebalance timeout " + rebalanceTimeout
                    + " is shorter than the session timeout " + sessionTimeout);
        }
    }

    public ElectionSettings withSession(Duration timeout, Duration heartbeat) {
        return new ElectionSettings(timeout, heartbeat, rebalanceTimeout, eligible);
    }

    public ElectionSettings withEligible(boolean newEligible) {
        return new ElectionSettings(sessionTimeout, heartbeatInterval, rebalanceTimeout, newEligible);
    }
}
