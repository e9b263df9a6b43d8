package io.concordat.server;

import io.concordat.api.Compatibility;
import io.concordat.log.kafka.ElectionSettings;
import io.concordat.log.kafka.Fencing;
import io.concordat.log.kafka.KafkaLogSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** A {@link ClusterFile} on its way to be understood. Gathers all problems before it fails. */
final class ClusterFileReading {
    private static final String PASSED_ON = "kafkastore.";
    private static final String TOPIC_CONFIG = "kafkastore.topic.config.";

    private final Map<String, String> values;
    private final Set<String> known = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    ClusterFileReading(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    ClusterFile file() {
        ServerConfig.Builder server = server();
        ElectionSettings election = election();
        Optional<String> host = value("host.name");
        Optional<Integer> port = value("host.port", Integer::parseInt);
        List<String> headers = headers();
        Optional<Compatibility> level = value("schema.compatibility.level", ClusterFileReading::level);
        Optional<Compatibility> oldLevel = value("avro.compatibility.level", ClusterFileReading::level);
        KafkaLogSettings.Builder log = log();
        refuseAuthentication();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Invalid settings: " + String.join("; ", problems));
        }
        ClusterConfig cluster = new ClusterConfig(
                log.build(),
                election,
                host,
                port.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                headers,
                level.or(() -> oldLevel).orElse(Compatibility.BACKWARD));
        return new ClusterFile(server.build(), cluster, warnings());
    }

    private Optional<String> value(String key) {
        known.add(key);
        return Optional.ofNullable(values.get(key)).filter(text -> !text.isEmpty());
    }

    private <T> Optional<T> value(String key, Function<String, T> meaning) {
        return value(key).flatMap(text -> {
            try {
                return Optional.of(meaning.apply(text));
            } catch (IllegalArgumentException e) {
                problems.add(key + " '" + text + "' cannot be understood");
                return Optional.empty();
            }
        });
    }

    private Optional<Duration> millis(String key) {
        return value(key, text -> Duration.ofMillis(Long.parseLong(text)));
    }

    private static Compatibility level(String name) {
        return Compatibility.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private List<String> headers() {
        return value("inter.instance.headers.whitelist").stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private ServerConfig.Builder server() {
        ServerConfig.Builder server = ServerConfig.builder().host("0.0.0.0");
        value("port", Integer::parseInt).ifPresent(server::port);
        value("listeners").ifPresent(list -> listen(server, list));
        millis("shutdown.graceful.ms").ifPresent(server::shutdownGrace);
        millis("idle.timeout.ms").ifPresent(server::idleTimeout);
        // Elsewhere it is ten minutes by default. What is shorter is meant.
        millis("request.timeout.ms")
                .filter(timeout -> timeout.compareTo(ServerConfig.defaults().requestDeadline()) < 0)
                .ifPresent(server::requestDeadline);
        return server;
    }

    private void listen(ServerConfig.Builder server, String list) {
        if (list.contains(",")) {
            problems.add("listeners '" + list + "' are several: this server listens at one place");
            return;
        }
        try {
            URI listener = URI.create(list);
            String host = listener.getHost();
            if (!"http".equalsIgnoreCase(listener.getScheme())) {
                problems.add("listeners '" + list + "': only http is served");
            } else if (host == null || listener.getPort() < 0) {
                problems.add("listeners '" + list + "' lacks a host or a port");
            } else {
                server.host(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                        .port(listener.getPort());
            }
        } catch (IllegalArgumentException e) {
            problems.add("listeners '" + list + "' is no URL");
        }
    }

    private ElectionSettings election() {
        ElectionSettings usual = ElectionSettings.DEFAULT;
        Duration session = millis("kafkagroup.session.timeout.ms").orElse(usual.sessionTimeout());
        Duration heartbeat = millis("kafkagroup.heartbeat.interval.ms").orElse(usual.heartbeatInterval());
        Duration rebalance = millis("kafkagroup.rebalance.timeout.ms").orElse(usual.rebalanceTimeout());
        Optional<String> eligible = value("leader.eligibility");
        Optional<String> oldName = value("master.eligibility");
        try {
            return new ElectionSettings(
                    session,
                    heartbeat,
                    rebalance,
                    oldName.or(() -> eligible).map(Boolean::parseBoolean).orElse(true));
        } catch (IllegalArgumentException e) {
            problems.add("kafkagroup.*: " + e.getMessage());
            return usual;
        }
    }

    private KafkaLogSettings.Builder log() {
        KafkaLogSettings.Builder log = KafkaLogSettings.builder(bootstrapServers());
        value("kafkastore.topic").ifPresent(log::topic);
        value("schema.registry.group.id").ifPresent(log::group);
        value("kafkastore.topic.replication.factor", Integer::parseInt).ifPresent(log::replicationFactor);
        value("kafkastore.topic.skip.validation").map(Boolean::parseBoolean).ifPresent(log::skipValidation);
        millis("kafkastore.init.timeout.ms").ifPresent(log::initTimeout);
        value("fencing", name -> Fencing.valueOf(name.toUpperCase(Locale.ROOT))).ifPresent(log::fencing);
        values.forEach((key, text) -> passOn(log, key, text));
        return log;
    }

    /** Brokers of the protocol that is spoken; those without a protocol speak it. */
    private String bootstrapServers() {
        String protocol = values.getOrDefault("kafkastore.security.protocol", "PLAINTEXT");
        List<String> servers = new ArrayList<>();
        for (String server : value("kafkastore.bootstrap.servers").orElse("").split(",", -1)) {
            int scheme = server.indexOf("://");
            String spoken = scheme < 0 ? protocol : server.substring(0, scheme).strip();
            String address = (scheme < 0 ? server : server.substring(scheme + 3)).strip();
            if (spoken.equalsIgnoreCase(protocol) && !address.isEmpty()) {
                servers.add(address);
            }
        }
        if (servers.isEmpty()) {
            problems.add("kafkastore.bootstrap.servers names no broker of the protocol " + protocol);
        }
        return String.join(",", servers);
    }

    private void passOn(KafkaLogSettings.Builder log, String key, String text) {
        if (key.startsWith(TOPIC_CONFIG)) {
            known.add(key);
            log.topicConfig(key.substring(TOPIC_CONFIG.length()), text);
        } else if (key.startsWith(PASSED_ON) && !known.contains(key) && !UsualKeys.isWithoutEffect(key)) {
            // Other keys are passed on, too, for plug-ins that read them; but they may be misspelt.
            if (KafkaLogSettings.isClientKey(key.substring(PASSED_ON.length()))) {
                known.add(key);
            }
            log.client(key.substring(PASSED_ON.length()), text);
        }
    }

    /** What keeps others out elsewhere: passing over it would let them in. */
    private void refuseAuthentication() {
        String method = values.getOrDefault("authentication.method", "NONE");
        if (!method.isEmpty() && !method.equalsIgnoreCase("NONE")) {
            problems.add("authentication.method '" + method + "': there is no authentication yet");
        }
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        List<String> idle = new ArrayList<>();
        for (String key : values.keySet()) {
            if (UsualKeys.isWithoutEffect(key)) {
                idle.add(key);
            } else if (!known.contains(key)) {
                warnings.add("Unknown key '" + key + "'"
                        + UsualKeys.nearest(key, known)
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse(""));
            }
        }
        if (!idle.isEmpty()) {
            warnings.add("These keys have no effect here: " + String.join(", ", idle));
        }
        return warnings;
    }
}
