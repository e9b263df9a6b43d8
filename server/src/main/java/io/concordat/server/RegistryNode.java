package io.concordat.server;

import io.concordat.engine.RegistryEngine;
import io.concordat.engine.cluster.Member;
import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.log.kafka.KafkaElection;
import io.concordat.log.kafka.KafkaEventLog;
import io.concordat.log.sqlite.SqliteEventLog;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A registry on a port together with its log: all that serving takes.
 *
 * <p>Answers from the time it is started until {@link #close()}. Safe for many threads.
 */
public final class RegistryNode implements AutoCloseable {
    private final RegistryEngine engine;
    private final RegistryServer server;
    private final String host;
    private final Optional<Cluster> cluster;

    private RegistryNode(RegistryEngine engine, RegistryServer server, String host, Optional<Cluster> cluster) {
        this.engine = engine;
        this.server = server;
        this.host = host;
        this.cluster = cluster;
    }

    /**
     * Starts a node of a cluster, whose data is in a Kafka topic.
     *
     * <p>It answers reads when this returns, and writes as soon as a leader has been elected.
     *
     * @throws io.concordat.engine.log.LogException if the topic cannot be read
     * @throws ServerStartException if the server cannot listen
     */
    public static RegistryNode start(ClusterConfig cluster, ServerConfig config) {
        KafkaEventLog log = KafkaEventLog.open(cluster.log());
        try {
            return start(log, cluster, config);
        } catch (RuntimeException | Error e) {
            log.close();
            throw e;
        }
    }

    private static RegistryNode start(KafkaEventLog log, ClusterConfig cluster, ServerConfig config) {
        AtomicReference<@Nullable Cluster> told = new AtomicReference<>();
        RegistryEngine engine = RegistryEngine.builder(log)
                .defaultCompatibility(cluster.defaultCompatibility())
                .follower(() -> {
                    Cluster part = told.get();
                    if (part != null) {
                        part.deposed();
                    }
                })
                .open();
        Cluster part = new Cluster(
                engine, log, cluster.forwardedHeaders(), cluster.election().sessionTimeout());
        told.set(part);
        try {
            RegistryServer server = RegistryServer.start(engine, config, Optional.of(part));
            RegistryNode node = new RegistryNode(engine, server, config.host(), Optional.of(part));
            try {
                part.join(new KafkaElection(cluster.log(), cluster.election(), node.member(cluster), log::isFenced));
                return node;
            } catch (RuntimeException | Error e) {
                server.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            part.close();
            engine.close();
            throw e;
        }
    }

    /** Where the others reach this node. */
    private Member member(ClusterConfig cluster) {
        return new Member(
                "http",
                cluster.advertisedHost().orElseGet(() -> reachable(host)),
                cluster.advertisedPort().orElse(server.port()),
                true);
    }

    /** The name of this machine, where it listens on all its addresses. */
    private static String reachable(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress()
                    ? InetAddress.getLocalHost().getCanonicalHostName()
                    : host;
        } catch (UnknownHostException e) {
            return host;
        }
    }

    /**
     * Starts a registry whose data is in a SQLite file, which is made if there is none.
     *
     * @throws io.concordat.engine.log.LogException if the file cannot be used
     * @throws ServerStartException if the server cannot listen
     */
    public static RegistryNode start(Path file, ServerConfig config) {
        return start(SqliteEventLog.open(file), config);
    }

    /**
     * Starts a registry whose data is gone when it is closed.
     *
     * @throws ServerStartException if the server cannot listen
     */
    public static RegistryNode startInMemory(ServerConfig config) {
        return start(new InMemoryEventLog(), config);
    }

    private static RegistryNode start(EventLog log, ServerConfig config) {
        try {
            RegistryEngine engine = RegistryEngine.open(log);
            return new RegistryNode(engine, RegistryServer.start(engine, config), config.host(), Optional.empty());
        } catch (RuntimeException | Error e) {
            log.close();
            throw e;
        }
    }

    /** Where it can be reached. */
    public URI url() {
        String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return URI.create("http://" + literal + ":" + server.port());
    }

    /** Hands the leading over if this is a node of a cluster, ends the server, then the registry and its log. */
    @Override
    public void close() {
        cluster.ifPresent(Cluster::handOver);
        server.close();
        cluster.ifPresent(Cluster::close);
        engine.close();
    }
}
