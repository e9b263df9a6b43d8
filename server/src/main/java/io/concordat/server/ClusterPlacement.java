package io.concordat.server;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Sends what changes something to the leader, and has readers wait who want to see at least a certain offset. */
final class ClusterPlacement implements Placement {
    /** In answers to writes: below which offset of the log everything must have been replayed to see them. */
    static final String OFFSET = "X-Concordat-Offset";

    /** In requests to read: below which offset everything must have been replayed before they are answered. */
    static final String MIN_OFFSET = "X-Concordat-Min-Offset";

    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final int CONNECTIONS = 128;

    /** What is left of the time of a request for saying that it was not enough. */
    private static final double SHARE_OF_DEADLINE = 0.9;

    private final Cluster cluster;
    private final SharedQuestion<Long> end;
    private final HttpClient client;
    private final Duration patience;

    ClusterPlacement(Vertx vertx, Cluster cluster, Executor workers, ServerConfig config) {
        this.cluster = cluster;
        end = new SharedQuestion<>(
                () -> CompletableFuture.supplyAsync(() -> cluster.log().end(), workers));
        patience = Duration.ofMillis((long) (config.requestDeadline().toMillis() * SHARE_OF_DEADLINE));
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) Math.min(CONNECTING.toMillis(), patience.toMillis()))
                        .setMaxHeaderSize(config.maxHeaderBytes()),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    @Override
    public Plan.Action place(HttpServerRequest head, Route route, Plan.Action local) {
        if (route.operation().writes()) {
            LeaderRequest request = LeaderRequest.of(head, cluster.forwardedHeaders());
            boolean repeatable = isRepeatable(route);
            return (body, abandoned) -> new Delegation(
                            this, request, body, repeatable, () -> local.perform(body, abandoned), abandoned)
                    .start();
        }
        String wanted = head.getHeader(MIN_OFFSET);
        return wanted == null
                ? local
                : (body, abandoned) -> reached(wanted).thenCompose(unused -> local.perform(body, abandoned));
    }

    /** Whether doing it twice comes to the same as doing it once, the answer included. */
    private static boolean isRepeatable(Route route) {
        return switch (route.operation()) {
            case SUBJECT_WRITE, CONFIG_WRITE, MODE_WRITE -> !route.method().equals(HttpMethod.DELETE);
            default -> false;
        };
    }

    private CompletionStage<Boolean> reached(String wanted) {
        long offset;
        try {
            offset = Long.parseLong(wanted);
        } catch (NumberFormatException e) {
            return CompletableFuture.failedFuture(
                    new RegistryException(ErrorCode.BAD_REQUEST, MIN_OFFSET + " '" + wanted + "' is not a number", e));
        }
        return reached(offset, patience);
    }

    /** Waits until this node has replayed what is below an offset. */
    CompletionStage<Boolean> reached(long offset, Duration patienceLeft) {
        return cluster.log()
                .reached(offset)
                .toCompletableFuture()
                .thenApply(unused -> true)
                .orTimeout(Math.max(1, patienceLeft.toMillis()), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof TimeoutException
                                ? new RegistryException(
                                        ErrorCode.OPERATION_TIMED_OUT,
                                        "This node has not replayed the log up to offset " + offset + " in time",
                                        failure)
                                : failure));
    }

    /** Asks the brokers where the log ends now. */
    CompletionStage<Long> end() {
        return end.ask();
    }

    /** Waits until this node has replayed everything that stands in the log by now. */
    CompletionStage<Boolean> caughtUp(Duration patienceLeft) {
        long begun = System.nanoTime();
        return end().thenCompose(offset -> reached(offset, patienceLeft)).thenApply(reached -> {
            cluster.knowsAllOf(begun);
            return reached;
        });
    }

    Cluster cluster() {
        return cluster;
    }

    HttpClient client() {
        return client;
    }

    Duration patience() {
        return patience;
    }

    /** Does nothing more for a request that nobody waits for. */
    static void refuseIf(BooleanSupplier abandoned) {
        if (abandoned.getAsBoolean()) {
            throw new RegistryException(ErrorCode.OPERATION_TIMED_OUT, "Nobody waits for the answer any more");
        }
    }
}
