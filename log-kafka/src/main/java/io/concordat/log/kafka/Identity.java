package io.concordat.log.kafka;

import io.concordat.api.json.Json;
import io.concordat.api.json.JsonShape;
import io.concordat.engine.cluster.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself in the group, in the JSON of existing registries.
 *
 * @param member where it is
 * @param eligible whether it can lead
 * @param leads whether it does
 * @param log what it says of its log; said by nodes of this make only
 */
record Identity(Member member, boolean eligible, boolean leads, Optional<Log> log) {
    private static final int VERSION = 1;
    private static final String OWN_MEMBER = "concordat";

    /**
     * What nodes must agree on.
     *
     * @param topic where it is
     * @param fenced whether it is written in transactions
     */
    record Log(String topic, boolean fenced) {
        private Map<String, Object> shape() {
            Map<String, Object> shape = new LinkedHashMap<>();
            shape.put("topic", topic);
            shape.put("fenced", fenced);
            return shape;
        }
    }

    Map<String, Object> shape() {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("host", member.host());
        shape.put("port", member.port());
        shape.put("master_eligibility", eligible);
        shape.put("scheme", member.scheme());
        shape.put("version", VERSION);
        shape.put("leader", leads);
        log.ifPresent(own -> shape.put(OWN_MEMBER, own.shape()));
        return shape;
    }

    byte[] bytes() {
        return Json.write(shape());
    }

    /**
     * Reads what a node says.
     *
     * @throws RuntimeException if it cannot be understood
     */
    static Identity of(byte[] bytes) {
        return of(JsonShape.object("identity", Json.read(bytes)));
    }

    static Identity of(Map<?, ?> shape) {
        Optional<Log> log = shape.get(OWN_MEMBER) instanceof Map<?, ?> own
                ? Optional.of(new Log(JsonShape.text("topic", own.get("topic")), flag(own.get("fenced"))))
                : Optional.empty();
        Object scheme = shape.get("scheme");
        Member member = new Member(
                scheme == null ? "http" : JsonShape.text("scheme", scheme),
                JsonShape.text("host", shape.get("host")),
                JsonShape.number("port", shape.get("port")),
                log.isPresent());
        return new Identity(member, flag(shape.get("master_eligibility")), flag(shape.get("leader")), log);
    }

    private static boolean flag(@Nullable Object value) {
        return Boolean.TRUE.equals(value);
    }

    /**
     * What comes out of an election, the same for all nodes.
     *
     * @param error 0, or why there is no leader: 1 if two nodes say they are at one place
     * @param leaderId the group's name of the leader, if there is one
     * @param leader what the leader says of itself
     */
    record Verdict(int error, Optional<String> leaderId, Optional<Identity> leader) {
        static final int DUPLICATE_URLS = 1;

        static Verdict without(int error) {
            return new Verdict(error, Optional.empty(), Optional.empty());
        }

        byte[] bytes() {
            Map<String, Object> shape = new LinkedHashMap<>();
            shape.put("error", error);
            leaderId.ifPresent(id -> shape.put("master", id));
            leader.ifPresent(identity -> shape.put("master_identity", identity.shape()));
            shape.put("version", VERSION);
            return Json.write(shape);
        }

        static Verdict of(byte[] bytes) {
            Map<?, ?> shape = JsonShape.object("assignment", Json.read(bytes));
            Object leader = shape.get("master_identity");
            return new Verdict(
                    JsonShape.number("error", Objects.requireNonNullElse(shape.get("error"), 0)),
                    Optional.ofNullable(shape.get("master")).map(id -> JsonShape.text("master", id)),
                    Optional.ofNullable(leader)
                            .map(identity -> Identity.of(JsonShape.object("master_identity", identity))));
        }
    }
}
