package io.concordat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A registry behind HTTP that holds one schema, {@code "string"} with id 7, and does not know of associations; or answers every
 * request with an error.
 */
final class RegistryServer implements AutoCloseable {
    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    RegistryServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Method, path, and the credentials if there were some. */
    List<String> requests() {
        return requests;
    }

    /** Requests other than those for associations. */
    List<String> requestsForSchemas() {
        return requests.stream()
                .filter(request -> !request.startsWith("GET /associations/"))
                .toList();
    }

    void answerWith(int newStatus) {
        status = newStatus;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String credentials = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(exchange.getRequestMethod() + " "
                + exchange.getRequestURI().getPath() + (credentials == null ? "" : " " + credentials));
        exchange.getRequestBody().readAllBytes();
        boolean unknown = exchange.getRequestURI().getPath().startsWith("/associations/");
        int answered = unknown && status == 200 ? 404 : status;
        String answer = answered == 200
                ? "{\"subject\":\"t-value\",\"id\":7,\"version\":1,\"schema\":\"\\\"string\\\"\"}"
                : "{\"error_code\":" + answered + ",\"message\":\"no\"}";
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        byte[] body = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(answered, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
