package io.concordat.server;

import io.concordat.engine.RegistryEngine;
import io.concordat.engine.cluster.Member;
import io.concordat.log.kafka.KafkaEventLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How this node is: for whoever restarts it, sends it clients, or watches it. */
final class HealthResource {
    /** So many offsets behind, a node is not sent clients. */
    private static final long LONGEST_LAG = 1_000;

    private static final int DOWN = 503;
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final RegistryEngine engine;
    private final Optional<Cluster> cluster;
    private final RequestCounts requests;

    HealthResource(RegistryEngine engine, Optional<Cluster> cluster, RequestCounts requests) {
        this.engine = engine;
        this.cluster = cluster;
        this.requests = requests;
    }

    /** It answers: that is all it takes to live. */
    Answer live(Request request) {
        return health(List.of());
    }

    /** Whether it has come up once: the log has been replayed, and the node is in its cluster. */
    Answer started(Request request) {
        return health(joining());
    }

    /** Whether clients are well served here. Reads are, also while there is no leader. */
    Answer ready(Request request) {
        List<String> reasons = new ArrayList<>(joining());
        cluster.flatMap(node -> node.view().obstacle()).ifPresent(reasons::add);
        cluster.map(Cluster::log).ifPresent(log -> {
            log.trouble().ifPresent(trouble -> reasons.add("the log cannot be read: " + trouble));
            long lag = log.lag();
            if (lag > LONGEST_LAG) {
                reasons.add("this node is " + lag + " offsets behind the log");
            }
        });
        return health(reasons);
    }

    private List<String> joining() {
        return cluster.filter(node -> node.view().role() == Cluster.Role.JOINING)
                .map(node -> List.of("this node has not joined its cluster yet"))
                .orElse(List.of());
    }

    private Answer health(List<String> reasons) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", reasons.isEmpty() ? "up" : "down");
        body.put("role", role());
        cluster.flatMap(node -> node.view().leader())
                .map(Member::toString)
                .ifPresent(leader -> body.put("leader", leader));
        body.put("reasons", reasons);
        Answer answer = Answer.json(body);
        return reasons.isEmpty() ? answer : new Answer(DOWN, answer.type(), answer.body(), answer.headers());
    }

    private String role() {
        return cluster.map(node -> node.view().role().name().toLowerCase(Locale.ROOT))
                .orElse("alone");
    }

    /** Everything that is measured, for Prometheus. */
    Answer metrics(Request request) {
        Exposition text = new Exposition();
        text.gauge("concordat_records_set_aside", "Log records that were not understood", engine.recordsSetAside());
        cluster.ifPresent(node -> describe(node, text));
        requests.describe(text);
        return Answer.plain(text.toString()).as(METRICS_TYPE);
    }

    private void describe(Cluster node, Exposition text) {
        KafkaEventLog log = node.log();
        text.family("concordat_role", "gauge", "The part this node plays: 1 for the one it plays");
        Cluster.Role played = node.view().role();
        for (Cluster.Role role : Cluster.Role.values()) {
            text.sample(
                    "concordat_role{role=\"" + role.name().toLowerCase(Locale.ROOT) + "\"}", role == played ? 1 : 0);
        }
        text.gauge("concordat_election_epoch", "The number of the last election", node.epoch());
        text.gauge("concordat_log_next_offset", "The offset below which the log has been replayed", log.position());
        text.gauge("concordat_log_lag_offsets", "How many offsets this node is behind", log.lag());
        text.gauge("concordat_log_fenced", "Whether a deposed leader is kept from writing", log.isFenced() ? 1 : 0);
        text.gauge(
                "concordat_log_readable",
                "Whether the log can be read",
                log.trouble().isEmpty() ? 1 : 0);
    }
}
