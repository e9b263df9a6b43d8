package io.concordat.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a server listens, and what it puts up with.
 *
 * @param host the name or address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param maxBodyBytes the longest body that is read; a longer one is answered with 413
 * @param maxHeaderBytes the longest headers that are read; longer ones are answered with 431
 * @param maxUriLength the longest path and query that are read; a longer one is answered with 414
 * @param maxBufferedBytes how much of all bodies together is held; a request beyond it is answered with 429
 * @param maxConnections how many clients may be connected; one more is turned away
 * @param requestDeadline how long sending a request, working on it, and taking the answer may each last
 * @param idleTimeout how long a connection may last without a complete request head
 * @param workers how many threads parse and compare schemas
 * @param maxWaiting how many requests may wait for a worker; one more is answered with 429
 * @param shutdownGrace how long closing waits for requests under way
 */
public record ServerConfig(
        String host,
        int port,
        int maxBodyBytes,
        int maxHeaderBytes,
        int maxUriLength,
        long maxBufferedBytes,
        int maxConnections,
        Duration requestDeadline,
        Duration idleTimeout,
        int workers,
        int maxWaiting,
        Duration shutdownGrace) {
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * Checks all settings.
     *
     * @throws IllegalArgumentException naming everything that is wrong
     */
    public ServerConfig {
        List<String> problems = new ArrayList<>();
        require(!host.isBlank(), "host is empty", problems);
        require(port >= 0 && port <= 65_535, "port " + port + " is not between 0 and 65535", problems);
        requirePositive("max-body-bytes", maxBodyBytes, problems);
        requirePositive("max-header-bytes", maxHeaderBytes, problems);
        requirePositive("max-uri-length", maxUriLength, problems);
        require(
                maxBufferedBytes >= maxBodyBytes,
                "max-buffered-bytes " + maxBufferedBytes + " does not hold one body of " + maxBodyBytes,
                problems);
        requirePositive("max-connections", maxConnections, problems);
        requirePositive("request-deadline", requestDeadline, problems);
        requirePositive("idle-timeout", idleTimeout, problems);
        requirePositive("workers", workers, problems);
        requirePositive("max-waiting", maxWaiting, problems);
        requirePositive("shutdown-grace", shutdownGrace, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Invalid server settings: " + String.join("; ", problems));
        }
    }

    /** Port 8081 on this machine only. */
    public static ServerConfig defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from these settings. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.host = host;
        builder.port = port;
        builder.maxBodyBytes = maxBodyBytes;
        builder.maxHeaderBytes = maxHeaderBytes;
        builder.maxUriLength = maxUriLength;
        builder.maxBufferedBytes = maxBufferedBytes;
        builder.maxConnections = maxConnections;
        builder.requestDeadline = requestDeadline;
        builder.idleTimeout = idleTimeout;
        builder.workers = workers;
        builder.maxWaiting = maxWaiting;
        builder.shutdownGrace = shutdownGrace;
        return builder;
    }

    private static void require(boolean holds, String problem, List<String> problems) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private static void requirePositive(String name, int value, List<String> problems) {
        require(value > 0, name + " " + value + " is not positive", problems);
    }

    private static void requirePositive(String name, Duration value, List<String> problems) {
        require(
                value.toMillis() >= 1 && value.compareTo(LONGEST) <= 0,
                name + " " + value + " is not between a millisecond and a day",
                problems);
    }

    /** Settings in the making. */
    public static final class Builder {
        private String host = "127.0.0.1";
        private int port = 8081;
        private int maxBodyBytes = 10 << 20;
        private int maxHeaderBytes = 16 << 10;
        private int maxUriLength = 8 << 10;
        private long maxBufferedBytes = Math.max(32L << 20, Runtime.getRuntime().maxMemory() / 4);
        private int maxConnections = 10_000;
        private Duration requestDeadline = Duration.ofSeconds(30);
        private Duration idleTimeout = Duration.ofSeconds(60);
        private int workers = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        private int maxWaiting = 1_000;
        private Duration shutdownGrace = Duration.ofSeconds(10);

        private Builder() {}

        public Builder host(String newHost) {
            host = newHost;
            return this;
        }

        public Builder port(int newPort) {
            port = newPort;
            return this;
        }

        public Builder maxBodyBytes(int bytes) {
            maxBodyBytes = bytes;
            return this;
        }

        public Builder maxHeaderBytes(int bytes) {
            maxHeaderBytes = bytes;
            return this;
        }

        public Builder maxUriLength(int characters) {
            maxUriLength = characters;
            return this;
        }

        public Builder maxBufferedBytes(long bytes) {
            maxBufferedBytes = bytes;
            return this;
        }

        public Builder maxConnections(int connections) {
            maxConnections = connections;
            return this;
        }

        public Builder requestDeadline(Duration deadline) {
            requestDeadline = deadline;
            return this;
        }

        public Builder idleTimeout(Duration timeout) {
            idleTimeout = timeout;
            return this;
        }

        public Builder workers(int threads) {
            workers = threads;
            return this;
        }

        public Builder maxWaiting(int requests) {
            maxWaiting = requests;
            return this;
        }

        public Builder shutdownGrace(Duration grace) {
            shutdownGrace = grace;
            return this;
        }

        /**
         * The settings, checked.
         *
         * @throws IllegalArgumentException naming everything that is wrong
         */
        public ServerConfig build() {
            return new ServerConfig(
                    host,
                    port,
                    maxBodyBytes,
                    maxHeaderBytes,
                    maxUriLength,
                    maxBufferedBytes,
                    maxConnections,
                    requestDeadline,
                    idleTimeout,
                    workers,
                    maxWaiting,
                    shutdownGrace);
        }
    }
}
