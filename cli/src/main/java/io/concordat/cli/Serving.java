package io.concordat.cli;

import io.concordat.server.ClusterConfig;
import io.concordat.server.ClusterFile;
import io.concordat.server.RegistryNode;
import io.concordat.server.ServerConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The registry, alone or as a node of a cluster, until it is stopped. */
final class Serving {
    private final Console console;
    private final @Nullable String host;
    private final @Nullable Integer port;

    /**
     * @param host where to listen, if not as usual
     * @param port likewise
     */
    Serving(Console console, @Nullable String host, @Nullable Integer port) {
        this.console = console;
        this.host = host;
        this.port = port;
    }

    /** @param file where the data is kept; null for in memory */
    void run(@Nullable Path file) {
        ServerConfig config = asAsked(ServerConfig.defaults());
        RegistryNode node = file == null ? RegistryNode.startInMemory(config) : RegistryNode.start(file, config);
        run(node, config, file == null ? "memory" : file.toString());
    }

    /** As a node of a cluster. */
    void run(ClusterConfig cluster) {
        run(cluster, asAsked(ServerConfig.defaults()));
    }

    /** As a node of a cluster, as a file says. */
    void run(ClusterFile file) {
        file.warnings().forEach(warning -> console.error("Warning: " + warning));
        run(file.cluster(), asAsked(file.server()));
    }

    private void run(ClusterConfig cluster, ServerConfig config) {
        Logging.tellOfRoles();
        run(RegistryNode.start(cluster, config), config, cluster.log().toString());
    }

    private ServerConfig asAsked(ServerConfig usual) {
        ServerConfig.Builder config = usual.toBuilder();
        if (host != null) {
            config.host(host);
        }
        if (port != null) {
            config.port(port);
        }
        return config.build();
    }

    private void run(RegistryNode node, ServerConfig config, String data) {
        if (!isLoopback(config.host())) {
            console.error("Warning: listening on " + config.host() + " without security: whoever reaches port "
                    + config.port() + " may read and change everything");
        }
        console.print("Concordat is ready on " + node.url() + ", data in " + data);
        RunningUntilStopped.await(() -> {
            node.close();
            console.print("Concordat has stopped");
        });
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
