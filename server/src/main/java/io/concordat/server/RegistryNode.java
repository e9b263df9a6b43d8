package io.concordat.server;

import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.log.sqlite.SqliteEventLog;
import java.net.URI;
import java.nio.file.Path;

/**
 * A registry on a port together with its log: all that serving takes.
 *
 * <p>Answers from the time it is started until {@link #close()}. Safe for many threads.
 */
public final class RegistryNode implements AutoCloseable {
    private final RegistryEngine engine;
    private final RegistryServer server;
    private final String host;

    private RegistryNode(RegistryEngine engine, RegistryServer server, String host) {
        this.engine = engine;
        this.server = server;
        this.host = host;
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
            return new RegistryNode(engine, RegistryServer.start(engine, config), config.host());
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

    /** Ends the server, then the registry and its log. */
    @Override
    public void close() {
        server.close();
        engine.close();
    }
}
