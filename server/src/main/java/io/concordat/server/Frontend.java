package io.concordat.server;

import io.concordat.api.ErrorCode;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/**
 * What all exchanges of a server share.
 *
 * @param vertx the event loops
 * @param config the bounds
 * @param gate the door
 * @param connections those who are in
 * @param budget what they may send
 * @param dispatcher what they get
 */
record Frontend(
        Vertx vertx,
        ServerConfig config,
        Gate gate,
        Connections connections,
        BodyBudget budget,
        Dispatcher dispatcher) {
    /** What a request line has besides the target. */
    private static final int METHOD_AND_VERSION = 32;

    /** How many requests one HTTP/2 connection may have under way. */
    private static final int STREAMS = 100;

    /** Answers shorter than a packet are not worth compressing. */
    private static final int COMPRESSED_FROM = 1_400;

    /** Listens on the event loop of that context. */
    Future<HttpServer> listen(Context context) {
        HttpServer server = vertx.createHttpServer(options());
        Deadlines deadlines = new Deadlines(vertx, config.requestDeadline());
        server.connectionHandler(connection -> {
            gate.passed(connection.remoteAddress());
            connections.opened(connection);
        });
        server.requestHandler(request -> new Exchange(this, request, context, deadlines).begin());
        server.invalidRequestHandler(
                request -> new Exchange(this, request, context, deadlines).beginMalformed(malformed(request)));
        return server.listen(address());
    }

    /** Whether no client is connected, and nothing is kept of any. */
    boolean isIdle() {
        return gate.isEmpty() && connections.isEmpty() && budget.isWhole();
    }

    private SocketAddress address() {
        return config.port() == 0
                ? SocketAddress.sharedRandomPort(1, config.host())
                : SocketAddress.inetSocketAddress(config.port(), config.host());
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setMaxInitialLineLength(config.maxUriLength() + METHOD_AND_VERSION)
                .setMaxHeaderSize(config.maxHeaderBytes())
                .setInitialSettings(new Http2Settings()
                        .setMaxHeaderListSize(config.maxHeaderBytes())
                        .setMaxConcurrentStreams(STREAMS))
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setCompressionSupported(true)
                .setCompressionContentSizeThreshold(COMPRESSED_FROM);
    }

    private static Answer malformed(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            return Dispatcher.uriTooLong();
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Answer.refusal(ErrorCode.HEADERS_TOO_LARGE, "HTTP 431 Request Header Fields Too Large");
        }
        return Exchange.malformed();
    }
}
