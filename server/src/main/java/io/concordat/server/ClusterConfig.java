package io.concordat.server;

import io.concordat.api.Compatibility;
import io.concordat.log.kafka.ElectionSettings;
import io.concordat.log.kafka.KafkaLogSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a node of a cluster finds its log and the others.
 *
 * @param log where the log is
 * @param election how it takes part in elections
 * @param advertisedHost under which name the others reach it; without one, the host it listens on or else this machine's name
 * @param advertisedPort at which port they do; without one, where it listens
 * @param forwardedHeaders which headers of a client's request go along to the leader, besides those that always do
 * @param defaultCompatibility the compatibility level where none is set
 */
public record ClusterConfig(
        KafkaLogSettings log,
        ElectionSettings election,
        Optional<String> advertisedHost,
        OptionalInt advertisedPort,
        List<String> forwardedHeaders,
        Compatibility defaultCompatibility) {
    public ClusterConfig {
        forwardedHeaders = List.copyOf(forwardedHeaders);
    }

    /** A cluster whose nodes reach each other where they listen. */
    public static ClusterConfig of(KafkaLogSettings log) {
        return new ClusterConfig(
                log,
                ElectionSettings.DEFAULT,
                Optional.empty(),
                OptionalInt.empty(),
                List.of(),
                Compatibility.BACKWARD);
    }

    public ClusterConfig withElection(ElectionSettings newElection) {
        return new ClusterConfig(
                log, newElection, advertisedHost, advertisedPort, forwardedHeaders, defaultCompatibility);
    }
}
