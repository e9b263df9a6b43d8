package io.concordat.client;

import io.concordat.api.FailureKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The metrics of a client for Micrometer, as {@code schema.registry.client.*}. Needs micrometer-core on the class path. */
public final class ClientMeters implements MeterBinder {
    private static final String PREFIX = "schema.registry.client.";

    private final ClientMetrics metrics;
    private final Tags tags;

    /**
     * Meters that read these metrics whenever they are asked.
     *
     * @param tags tell several clients apart
     */
    public ClientMeters(ClientMetrics metrics, Iterable<Tag> tags) {
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        count(registry, "hits", "Questions answered from memory", ClientMetrics::hits);
        count(registry, "misses", "Questions not answered from memory", ClientMetrics::misses);
        count(registry, "store", "Answers from the schema store", ClientMetrics::answersFromStore);
        count(registry, "stale", "Answers with an old latest version", ClientMetrics::staleAnswers);
        for (FailureKind kind : FailureKind.values()) {
            FunctionCounter.builder(PREFIX + "failures", metrics, counted -> counted.failures(kind))
                    .tags(tags.and("kind", kind.name().toLowerCase(Locale.ROOT)))
                    .description("Calls that failed after all repetitions")
                    .register(registry);
        }
        FunctionTimer.builder(
                        PREFIX + "fetches",
                        metrics,
                        ClientMetrics::fetches,
                        counted -> counted.fetchTime().toNanos(),
                        TimeUnit.NANOSECONDS)
                .tags(tags)
                .description("Requests sent, repetitions included")
                .register(registry);
        gauge(registry, "flights", "Questions being asked", ClientMetrics::flights);
        gauge(registry, "degraded", "1 while the registry is away", counted -> counted.isDegraded() ? 1 : 0);
    }

    private void count(MeterRegistry registry, String name, String description, ToDoubleFunction<ClientMetrics> value) {
        FunctionCounter.builder(PREFIX + name, metrics, value)
                .tags(tags)
                .description(description)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<ClientMetrics> value) {
        Gauge.builder(PREFIX + name, metrics, value)
                .tags(tags)
                .description(description)
                .strongReference(true)
                .register(registry);
    }
}
