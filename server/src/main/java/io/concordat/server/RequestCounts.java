package io.concordat.server;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many requests have been answered, by what they asked for and how it went. Safe for many threads. */
final class RequestCounts {
    private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

    private record Kind(Operation operation, int hundreds) implements Comparable<Kind> {
        @Override
        public int compareTo(Kind other) {
            int byOperation = operation.compareTo(other.operation);
            return byOperation == 0 ? Integer.compare(hundreds, other.hundreds) : byOperation;
        }
    }

    void count(Operation operation, int status) {
        counts.computeIfAbsent(new Kind(operation, status / 100), kind -> new LongAdder())
                .increment();
    }

    void describe(Exposition text) {
        text.family("concordat_requests_total", "counter", "Requests answered, by operation and class of status");
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> text.sample(
                        "concordat_requests_total{operation=\""
                                + entry.getKey().operation().name().toLowerCase(Locale.ROOT) + "\",status=\""
                                + entry.getKey().hundreds() + "xx\"}",
                        entry.getValue().sum()));
    }
}
