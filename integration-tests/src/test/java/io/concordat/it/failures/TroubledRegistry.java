package io.concordat.it.failures;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A registry on a port of its own that holds one Avro schema, has seen whatever is registered before, associates no topic with
 * anything, and is in trouble as it is told.
 */
final class TroubledRegistry implements AutoCloseable {
    static final int ID = 7;
    static final int UNKNOWN_ID = 99;
    static final String GUID = "095d71cf-1255-6b9d-5e33-0ad575b3df5d";

    private static final String KNOWN = "{\"subject\":\"t-value\",\"version\":1,\"id\":" + ID + ",\"guid\":\"" + GUID
            + "\",\"schemaType\":\"AVRO\",\"schema\":\"\\\"string\\\"\"}";
    private static final String REGISTERED = "{\"id\":" + ID + ",\"version\":1,\"guid\":\"" + GUID + "\"}";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final int port;
    private volatile HttpServer server;
    private volatile Trouble trouble = Trouble.NONE;
    private volatile String where = "/";
    private final AtomicInteger unheardOf = new AtomicInteger();

    TroubledRegistry() throws IOException {
        server = started(0);
        port = server.getAddress().getPort();
    }

    private HttpServer started(int at) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        made.createContext("/", this::answer);
        made.setExecutor(threads);
        made.start();
        return made;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** At the same place as before. */
    void comesBack() throws IOException {
        trouble = Trouble.NONE;
        server = started(port);
    }

    /** From now on whatever is asked for at paths that begin like this has that trouble. */
    void has(Trouble newTrouble, String prefix) {
        where = prefix;
        trouble = newTrouble;
        if (newTrouble == Trouble.REFUSED) {
            server.stop(0);
        }
    }

    void isWell() {
        trouble = Trouble.NONE;
    }

    /** The next so many questions for the schema are answered as if it did not exist. */
    void hasNotHeardYet(int times) {
        unheardOf.set(times);
    }

    /** How often something was asked for whose path begins like this. */
    long requestsFor(String prefix) {
        return requests.stream().filter(path -> path.startsWith(prefix)).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(path);
        exchange.getRequestBody().readAllBytes();
        if (trouble != Trouble.NONE && path.startsWith(where)) {
            answerInTrouble(exchange, trouble);
        } else if (path.startsWith("/associations/")) {
            respond(exchange, 404, "application/json", "{\"error_code\":40401,\"message\":\"none\"}");
        } else if (path.startsWith("/schemas/ids/" + UNKNOWN_ID) || isUnheardOf(path)) {
            respond(exchange, 404, "application/json", "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        } else {
            boolean registering = exchange.getRequestMethod().equals("POST");
            respond(exchange, 200, "application/json", registering ? REGISTERED : KNOWN);
        }
    }

    private boolean isUnheardOf(String path) {
        return path.startsWith("/schemas/") && unheardOf.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private void answerInTrouble(HttpExchange exchange, Trouble now) throws IOException {
        if (now == Trouble.HANGING) {
            awaitEnd();
            exchange.close();
            return;
        }
        if (now == Trouble.REDIRECT) {
            exchange.getResponseHeaders().add("Location", "/login");
        }
        respond(exchange, now.status(), now.mediaType(), now.body());
    }

    private void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void respond(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
