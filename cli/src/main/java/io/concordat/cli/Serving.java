package io.concordat.cli;

import io.concordat.server.RegistryNode;
import io.concordat.server.ServerConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The registry alone, until it is stopped. */
final class Serving {
    private final Console console;

    Serving(Console console) {
        this.console = console;
    }

    /** @param file where the data is kept; null for in memory */
    void run(String host, int port, @Nullable Path file) {
        ServerConfig config = ServerConfig.builder().host(host).port(port).build();
        RegistryNode node = file == null ? RegistryNode.startInMemory(config) : RegistryNode.start(file, config);
        if (!isLoopback(host)) {
            console.error("Warning: listening on " + host + " without security: whoever reaches port " + port
                    + " may read and change everything");
        }
        console.print("Concordat is ready on " + node.url() + ", data in " + (file == null ? "memory" : file));
        RunningUntilStopped.await(node::close);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
