package io.concordat.benchmarks.avro.records;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event. */
public record Event(
        String eventId,
        long sequence,
        Kind kind,
        Channel channel,
        Instant createdAt,
        Instant receivedAt,
        String tenant,
        String customer,
        @Nullable String email,
        @Nullable String phone,
        @Nullable Device device,
        Location location,
        @Nullable String referrer,
        @Nullable String campaign,
        @Nullable String sessionId,
        @Nullable Long durationMs,
        @Nullable Integer retries,
        @Nullable Double score,
        @Nullable Float weight,
        @Nullable Boolean gift,
        @Nullable String note,
        @Nullable Long parent,
        String language,
        @Nullable Payment payment,
        List<Item> items,
        Map<String, String> attributes,
        byte[] checksum,
        BigDecimal total,
        int flags,
        String version) {}
