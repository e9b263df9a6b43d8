package io.concordat.benchmarks.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaId;
import io.concordat.benchmarks.Row;
import io.concordat.client.CachingRegistry;
import io.concordat.client.ClientConfig;
import io.concordat.client.HttpRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * 200 threads that want 50 ids which nobody has asked for yet, while the answer for one of them takes long. The reference is a
 * cache that holds one lock while it asks, as others do.
 */
final class Herd {
    private static final int THREADS = 200;
    private static final int IDS = 50;
    private static final int SLOW = 13;

    private final long delayMillis;

    Herd(boolean quick) {
        delayMillis = quick ? 1_000 : 5_000;
    }

    List<Row> run() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService answering = Executors.newCachedThreadPool();
        server.setExecutor(answering);
        server.createContext("/", this::answer);
        server.start();
        try {
            ClientConfig config =
                    ClientConfig.of("http://127.0.0.1:" + server.getAddress().getPort());
            // The first one is for warming up.
            ours(config);
            return rows(ours(config), reference(config));
        } finally {
            server.stop(0);
            answering.shutdownNow();
        }
    }

    private static List<Row> rows(long[] ours, long[] reference) {
        return List.of(
                row("200 threads, one id slow: median of the others", ours, reference, 0.5),
                row("200 threads, one id slow: slowest of the others", ours, reference, 1));
    }

    private static Row row(String name, long[] ours, long[] reference, double quantile) {
        return new Row(name, millis(ours, quantile), "ms", millis(reference, quantile));
    }

    private static double millis(long[] nanos, double quantile) {
        long[] sorted = LongStream.of(nanos).sorted().toArray();
        return sorted[(int) Math.ceil(quantile * sorted.length) - 1] / 1e6;
    }

    private static long[] ours(ClientConfig config) {
        try (CachingRegistry registry = CachingRegistry.connect(config)) {
            return times(id -> registry.schema(SchemaId.of(id)));
        }
    }

    private static long[] reference(ClientConfig config) {
        Map<Integer, RegisteredSchema> known = new HashMap<>();
        Object lock = new Object();
        try (HttpRegistry registry = new HttpRegistry(config)) {
            return times(id -> {
                synchronized (lock) {
                    return known.computeIfAbsent(id, missing -> registry.schema(SchemaId.of(missing)));
                }
            });
        }
    }

    /** How long each thread waited that asked for another id than the slow one. */
    private static long[] times(IntFunction<RegisteredSchema> registry) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch everybody = new CountDownLatch(THREADS);
        try {
            List<Future<Long>> times = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int id = i % IDS;
                Future<Long> time = threads.submit(timed(registry, id, everybody));
                if (id != SLOW) {
                    times.add(time);
                }
            }
            long[] nanos = new long[times.size()];
            for (int i = 0; i < nanos.length; i++) {
                nanos[i] = times.get(i).get();
            }
            return nanos;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdown();
        }
    }

    private static Callable<Long> timed(IntFunction<RegisteredSchema> registry, int id, CountDownLatch everybody) {
        return () -> {
            everybody.countDown();
            everybody.await();
            long start = System.nanoTime();
            RegisteredSchema unused = registry.apply(id);
            return System.nanoTime() - start;
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().endsWith("/" + SLOW)) {
            try {
                TimeUnit.MILLISECONDS.sleep(delayMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] body = "{\"schema\":\"\\\"string\\\"\"}".getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
