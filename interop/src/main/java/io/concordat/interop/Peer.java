package io.concordat.interop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Our serializers behind HTTP: a program in another language has values written and messages read here, and compares.
 * {@code interop/README.md} says what it is asked and what it answers.
 */
public final class Peer implements AutoCloseable {
    private final HttpServer server;
    private final Messages messages;
    private final Topics topics;

    private Peer(HttpServer server, String registryUrl, String bootstrapServers) {
        this.server = server;
        messages = new Messages(registryUrl);
        topics = new Topics(registryUrl, bootstrapServers);
        Map<String, Task> tasks = Map.of(
                "/encode", messages::encode,
                "/decode", messages::decode,
                "/produce", topics::produce,
                "/consume", topics::consume);
        tasks.forEach((path, task) -> server.createContext(path, exchange -> answer(exchange, task)));
        server.setExecutor(Executors.newFixedThreadPool(4));
    }

    /** Something that can be asked for. */
    private interface Task {
        ObjectNode carryOut(Request request) throws Exception;
    }

    /**
     * Takes the addresses of the registry and the broker and the folder of the vectors, whose schemas are registered first, and
     * serves until it is ended. The first line it prints is its address.
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("Peer REGISTRY_URL BOOTSTRAP_SERVERS VECTORS_FOLDER");
        }
        Vectors.register(Path.of(arguments[2]), arguments[0]);
        Peer peer = start(arguments[0], arguments[1]);
        System.out.println("http://127.0.0.1:" + peer.server.getAddress().getPort());
    }

    static Peer start(String registryUrl, String bootstrapServers) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Peer peer = new Peer(server, registryUrl, bootstrapServers);
        server.start();
        return peer;
    }

    private static void answer(HttpExchange exchange, Task task) throws IOException {
        int status = 200;
        ObjectNode answer;
        try (exchange) {
            try {
                answer = task.carryOut(new Request(Values.JSON.readTree(exchange.getRequestBody())));
            } catch (Exception e) { // Whatever it is, the program that asked must see it.
                status = 422;
                answer = Values.JSON.createObjectNode().put("error", reasons(e));
            }
            byte[] bytes = Values.JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String reasons(Throwable thrown) {
        StringBuilder reasons = new StringBuilder(thrown.toString());
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            reasons.append("; ").append(cause);
        }
        return reasons.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        topics.close();
        messages.close();
    }
}
