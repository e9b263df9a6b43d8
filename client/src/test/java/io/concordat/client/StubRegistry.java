package io.concordat.client;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stub that has every schema that is asked for, all of its own making, and has accidents as it is told: it is away, or
 * holds back an answer, or has never heard of an id.
 */
final class StubRegistry implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("/schemas/ids/(-?\\d+).*");
    private static final String AWAY = "";

    private final StubServer server = new StubServer(this::answer);
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> arrived = new ConcurrentHashMap<>();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private volatile String identity = "one";
    private volatile boolean away;

    /** The text of a schema. */
    static String text(int id) {
        return "{\"type\":\"fixed\",\"name\":\"F" + id + "\",\"size\":" + Math.max(1, id) + "}";
    }

    StubServer server() {
        return server;
    }

    String url() {
        return server.url();
    }

    /** How often something was asked for. */
    long requestsFor(String target) {
        return server.requests().stream()
                .filter(request -> request.target().equals(target))
                .count();
    }

    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    void becomes(String newIdentity) {
        identity = newIdentity;
    }

    void forgets(int id) {
        unknown.add("/schemas/ids/" + id);
    }

    /** Answers to this target wait from now on. */
    CountDownLatch hold(String target) {
        CountDownLatch release = new CountDownLatch(1);
        arrived.put(target, new CountDownLatch(1));
        held.put(target, release);
        return release;
    }

    void awaitQuestion(String target) throws InterruptedException {
        Optional.ofNullable(arrived.get(target)).orElseThrow().await();
    }

    private void answer(StubServer.Request request, StubServer.Exchange exchange)
            throws IOException, InterruptedException {
        CountDownLatch release = held.get(request.target());
        if (release != null) {
            Optional.ofNullable(arrived.get(request.target())).ifPresent(CountDownLatch::countDown);
            release.await();
        }
        if (away) {
            exchange.json(503, AWAY);
        } else if (unknown.contains(request.target())) {
            exchange.json(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        } else {
            exchange.json(200, answer(request.target(), request.method().equals("POST")));
        }
    }

    private String answer(String target, boolean isPost) {
        if (target.equals("/v1/metadata/id")) {
            return "{\"scope\":{\"path\":[],\"clusters\":{\"kafka-cluster\":\"" + identity + "\"}}}";
        }
        if (target.startsWith("/associations")) {
            return "[{\"subject\":\"orders-value\"}]";
        }
        if (target.equals("/subjects")) {
            return "[\"orders-value\"]";
        }
        if (target.startsWith("/subjects") && target.endsWith("/versions") && !isPost) {
            return "[1]";
        }
        Matcher id = ID.matcher(target);
        int number = id.matches() ? Integer.parseInt(id.group(1)) : 7;
        return "{\"subject\":\"s\",\"is_compatible\":true,\"version\":1,\"id\":" + number + ",\"schema\":\""
                + text(number).replace("\"", "\\\"") + "\"}";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
