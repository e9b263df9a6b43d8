package io.concordat.kafka;

import io.concordat.api.FailureKind;
import io.concordat.client.ClientMetrics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.metrics.KafkaMetricsContext;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;

/**
 * What a connection does, through Kafka's own metrics to JMX:
 * {@code concordat.kafka:type=registry-client-metrics,connection=<number>}.
 *
 * <p>Every version of the Kafka clients has these; that a serializer may add to the metrics of its producer is new in 4.1.
 */
final class ConnectionMetrics implements AutoCloseable {
    private static final String DOMAIN = "concordat.kafka";
    private static final String GROUP = "registry-client-metrics";
    private static final AtomicInteger CONNECTIONS = new AtomicInteger();

    private final Metrics metrics;
    private final ClientMetrics client;

    private ConnectionMetrics(Metrics metrics, ClientMetrics client) {
        this.metrics = metrics;
        this.client = client;
    }

    static ConnectionMetrics of(ClientMetrics client) {
        MetricConfig config =
                new MetricConfig().tags(Map.of("connection", Integer.toString(CONNECTIONS.incrementAndGet())));
        Metrics metrics = new Metrics(config, List.of(new JmxReporter()), Time.SYSTEM, new KafkaMetricsContext(DOMAIN));
        ConnectionMetrics all = new ConnectionMetrics(metrics, client);
        all.addAll();
        return all;
    }

    private void addAll() {
        add("hit-total", "Questions answered from memory", ClientMetrics::hits);
        add("miss-total", "Questions not answered from memory", ClientMetrics::misses);
        add("flights", "Questions being asked now", ClientMetrics::flights);
        add("fetch-total", "Requests sent, repetitions included", ClientMetrics::fetches);
        add("fetch-time-ms-total", "How long all of them took together", ConnectionMetrics::fetchMillis);
        add(
                "fetch-time-ms-avg",
                "How long one of them took",
                counted -> counted.fetches() == 0 ? 0 : fetchMillis(counted) / counted.fetches());
        add("store-answer-total", "Answers from the schema store", ClientMetrics::answersFromStore);
        add("stale-answer-total", "Answers with an old latest version", ClientMetrics::staleAnswers);
        for (FailureKind kind : FailureKind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
            add(
                    "failure-" + name + "-total",
                    "Calls that failed after all repetitions",
                    counted -> counted.failures(kind));
        }
        add("degraded", "1 while the registry is away", counted -> counted.isDegraded() ? 1 : 0);
    }

    private static double fetchMillis(ClientMetrics counted) {
        return (double) counted.fetchTime().toNanos() / TimeUnit.MILLISECONDS.toNanos(1);
    }

    private void add(String name, String description, ToDoubleFunction<ClientMetrics> value) {
        Gauge<Double> gauge = (config, now) -> value.applyAsDouble(client);
        metrics.addMetric(metrics.metricName(name, GROUP, description), gauge);
    }

    @Override
    public void close() {
        metrics.close();
    }
}
