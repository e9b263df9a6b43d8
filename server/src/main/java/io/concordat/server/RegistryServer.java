package io.concordat.server;

import io.concordat.engine.RegistryEngine;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A registry on a port, over HTTP/1.1 and HTTP/2 in clear text.
 *
 * <p>Answers from the time {@link #start} returns until {@link #close()}. The engine stays its owner's: closing the server
 * leaves it open. Safe for many threads.
 */
public final class RegistryServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(RegistryServer.class.getName());
    private static final Duration LONGEST_START = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Workers workers;
    private final Frontend frontend;
    private final ServerConfig config;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<HttpServer> listeners = new CopyOnWriteArrayList<>();

    private RegistryServer(RegistryEngine engine, ServerConfig config, Optional<Cluster> cluster) {
        this.config = config;
        workers = new Workers(config.workers(), config.maxWaiting());
        Gate gate = new Gate(config.maxConnections(), config.idleTimeout());
        vertx = Vertx.builder().with(options()).withTransport(gate.transport()).build();
        RequestCounts counts = new RequestCounts();
        frontend = new Frontend(
                vertx,
                config,
                gate,
                new Connections(vertx, config.idleTimeout(), gate),
                new BodyBudget(config.maxBufferedBytes()),
                new Dispatcher(
                        new RouteTable(Routes.of(engine, workers, new HealthResource(engine, cluster, counts))),
                        Guard.ALLOW_ALL,
                        workers,
                        cluster.<Placement>map(of -> new ClusterPlacement(vertx, of, workers, config))
                                .orElse(Placement.HERE),
                        counts,
                        config.maxUriLength()));
        try {
            listen();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Puts a registry on a port.
     *
     * @throws ServerStartException if the server cannot listen there, because the port is taken for example
     */
    public static RegistryServer start(RegistryEngine engine, ServerConfig config) {
        return start(engine, config, Optional.empty());
    }

    /** The same for a node of a cluster. */
    static RegistryServer start(RegistryEngine engine, ServerConfig config, Optional<Cluster> cluster) {
        RegistryServer server = new RegistryServer(engine, config, cluster);
        LOG.log(Level.INFO, () -> "Listening on " + config.host() + ":" + server.port());
        return server;
    }

    /** The port it listens on. */
    public int port() {
        return listeners.get(0).actualPort();
    }

    /** Whether no client is connected, and nothing is kept of any. */
    boolean isIdle() {
        return frontend.isIdle();
    }

    /** Refuses new connections, lets the requests under way finish within the grace period, and ends. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Duration grace = config.shutdownGrace();
        frontend.connections().endWithTheirAnswers();
        List<Future<Void>> stopped = listeners.stream()
                .map(listener -> listener.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS))
                .toList();
        waitFor(Future.join(stopped), grace.plusSeconds(1));
        waitFor(vertx.close(), grace);
        workers.close();
    }

    private static void waitFor(Future<?> end, Duration patience) {
        try {
            end.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "The server did not end in good order", e);
        }
    }

    /** One listener for each event loop; they share the port. */
    private void listen() {
        Supplier<Deployable> listener =
                () -> context -> frontend.listen(context).onSuccess(listeners::add);
        Future<String> listening = vertx.deployVerticle(listener, new DeploymentOptions().setInstances(eventLoops()));
        try {
            listening.toCompletionStage().toCompletableFuture().get(LONGEST_START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotListen("interrupted", e);
        } catch (ExecutionException e) {
            throw cannotListen(String.valueOf(e.getCause()), e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw cannotListen("it took longer than " + LONGEST_START, e);
        }
    }

    private ServerStartException cannotListen(String why, Throwable cause) {
        String reason = cause instanceof BindException ? "the port is taken or not allowed" : why;
        return new ServerStartException(
                "Cannot listen on " + config.host() + ":" + config.port() + ": " + reason, cause);
    }

    private static int eventLoops() {
        return Math.min(8, Runtime.getRuntime().availableProcessors());
    }

    /** Only what this server uses is started. */
    private static VertxOptions options() {
        return new VertxOptions()
                .setEventLoopPoolSize(eventLoops())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }
}
