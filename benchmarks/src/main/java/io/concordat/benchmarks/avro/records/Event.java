package io.concordat.benchmarks.avro.records;

import io.concordat.avro.annotation.Decimal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.reflect.AvroDefault;
import org.apache.avro.reflect.AvroSchema;
import org.jspecify.annotations.Nullable;

/** The event. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Event(
        String eventId,
        long sequence,
        Kind kind,
        Channel channel,

        @AvroSchema("{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}")
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

        @AvroSchema("{\"type\": \"fixed\", \"name\": \"Checksum\", \"size\": 16}")
        byte[] checksum,

        @Decimal(precision = 12, scale = 2) BigDecimal total,
        int flags,
        @AvroDefault("\"\"") String version) {}
