package io.concordat.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The connections that have said something. One without a request under way is closed after a while, even if bytes trickle
 * in: only a complete request head counts.
 */
final class Connections {
    /** How long a client may take to read what was sent to it before. */
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Duration idleTimeout;
    private final Gate gate;
    private final Map<HttpConnection, Activity> open = new ConcurrentHashMap<>();
    private volatile boolean ending;

    Connections(Vertx vertx, Duration idleTimeout, Gate gate) {
        this.vertx = vertx;
        this.idleTimeout = idleTimeout;
        this.gate = gate;
    }

    /** What one connection is doing; seen by its event loop only. */
    static final class Activity {
        private int requests;
        private long quietSince = System.nanoTime();

        /** A request has been answered, or given up. */
        void ended() {
            requests--;
            quietSince = System.nanoTime();
        }
    }

    /** From now on, an answer is the last one of its connection: whoever keeps asking would keep the server from ending. */
    void endWithTheirAnswers() {
        ending = true;
    }

    boolean isEnding() {
        return ending;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Called on the connection's event loop, before its first request. */
    void opened(HttpConnection connection) {
        Activity activity = new Activity();
        open.put(connection, activity);
        connection.closeHandler(closed -> open.remove(connection));
        watch(connection, activity, idleTimeout.toMillis());
    }

    /** A request has come. */
    Activity begun(HttpConnection connection) {
        Activity activity = open.get(connection);
        if (activity == null) {
            // It was closed just now.
            activity = new Activity();
        }
        activity.requests++;
        return activity;
    }

    private void watch(HttpConnection connection, Activity activity, long delay) {
        vertx.setTimer(Math.max(1, delay), timer -> look(connection, activity));
    }

    private void look(HttpConnection connection, Activity activity) {
        if (!open.containsKey(connection)) {
            return;
        }
        long quiet = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - activity.quietSince);
        long left = activity.requests > 0 ? idleTimeout.toMillis() : idleTimeout.toMillis() - quiet;
        if (left <= 0) {
            connection.close();
            vertx.setTimer(LONGEST_FAREWELL.toMillis(), timer -> putOut(connection));
        } else {
            watch(connection, activity, left);
        }
    }

    private void putOut(HttpConnection connection) {
        if (open.containsKey(connection)) {
            gate.putOut(connection.remoteAddress());
        }
    }
}
