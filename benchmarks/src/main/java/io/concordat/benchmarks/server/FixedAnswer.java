package io.concordat.benchmarks.server;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The reference: the HTTP server that the registry stands on, with the same settings, answering the same bytes to all. */
final class FixedAnswer {
    private FixedAnswer() {}

    /** Starts the server, and says on which port it is. */
    static int start(byte[] answer) {
        int loops = Math.min(8, Runtime.getRuntime().availableProcessors());
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
        List<HttpServer> listeners = new CopyOnWriteArrayList<>();
        Supplier<Deployable> listener = () -> context -> listen(vertx, answer).onSuccess(listeners::add);
        vertx.deployVerticle(listener, new DeploymentOptions().setInstances(loops))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return listeners.get(0).actualPort();
    }

    private static Future<HttpServer> listen(Vertx vertx, byte[] answer) {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setCompressionSupported(true)
                .setCompressionContentSizeThreshold(1_400));
        Buffer body = Buffer.buffer(answer);
        String length = Integer.toString(answer.length);
        server.requestHandler(request -> request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, Load.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONTENT_LENGTH, length)
                .end(body));
        return server.listen(SocketAddress.sharedRandomPort(1, "127.0.0.1"));
    }
}
