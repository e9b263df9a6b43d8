package io.concordat.avro.classes;

import static java.util.Map.entry;

import io.concordat.avro.annotation.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The schemas of Java's own types that are one value. */
final class Scalars {
    private static final Map<Class<?>, Schema.Type> PLAIN = Map.ofEntries(
            entry(boolean.class, Schema.Type.BOOLEAN),
            entry(Boolean.class, Schema.Type.BOOLEAN),
            entry(byte.class, Schema.Type.INT),
            entry(Byte.class, Schema.Type.INT),
            entry(short.class, Schema.Type.INT),
            entry(Short.class, Schema.Type.INT),
            entry(char.class, Schema.Type.INT),
            entry(Character.class, Schema.Type.INT),
            entry(int.class, Schema.Type.INT),
            entry(Integer.class, Schema.Type.INT),
            entry(long.class, Schema.Type.LONG),
            entry(Long.class, Schema.Type.LONG),
            entry(float.class, Schema.Type.FLOAT),
            entry(Float.class, Schema.Type.FLOAT),
            entry(double.class, Schema.Type.DOUBLE),
            entry(Double.class, Schema.Type.DOUBLE),
            entry(String.class, Schema.Type.STRING),
            entry(CharSequence.class, Schema.Type.STRING),
            entry(byte[].class, Schema.Type.BYTES),
            entry(ByteBuffer.class, Schema.Type.BYTES));

    private record Logical(Schema.Type type, String name) {}

    private static final Map<Class<?>, Logical> LOGICAL = Map.of(
            UUID.class, new Logical(Schema.Type.STRING, "uuid"),
            Instant.class, new Logical(Schema.Type.LONG, "timestamp-micros"),
            Date.class, new Logical(Schema.Type.LONG, "timestamp-millis"),
            LocalDate.class, new Logical(Schema.Type.INT, "date"),
            LocalTime.class, new Logical(Schema.Type.LONG, "time-micros"),
            LocalDateTime.class, new Logical(Schema.Type.LONG, "local-timestamp-micros"));

    private static final Map<Class<?>, String> ADVICE = Map.of(
            OffsetDateTime.class, "Avro keeps no offset: use an Instant, and a field of its own for the offset",
            ZonedDateTime.class, "Avro keeps no time zone: use an Instant, and a field of its own for the zone",
            Duration.class, "Avro's duration counts months and days: use a long, named after its unit",
            Period.class, "Avro's duration has no years: use an int, named after its unit",
            Object.class, "It may be anything: name a class, or a sealed interface");

    private Scalars() {}

    static boolean knows(Class<?> type) {
        return PLAIN.containsKey(type) || LOGICAL.containsKey(type) || isDecimal(type);
    }

    /** Whether it is one that a logical type stands for, but no decimal. */
    static boolean isLogical(Class<?> type) {
        return LOGICAL.containsKey(type);
    }

    static boolean isDecimal(Class<?> type) {
        return type == BigDecimal.class || type == BigInteger.class;
    }

    /** What to do instead about a type that has no schema; null if nothing in particular. */
    static @Nullable String advice(Class<?> type) {
        return ADVICE.get(type);
    }

    static Schema schema(JavaType type, Place place) {
        if (isDecimal(type.raw())) {
            return decimal(type, place);
        }
        Logical logical = LOGICAL.get(type.raw());
        if (logical == null) {
            return Schema.create(PLAIN.get(type.raw()));
        }
        Schema schema = Schema.create(logical.type);
        schema.addProp("logicalType", logical.name);
        return LogicalTypes.fromSchemaIgnoreInvalid(schema) == null ? schema : withLogicalType(schema);
    }

    private static Schema withLogicalType(Schema schema) {
        return LogicalTypes.fromSchemaIgnoreInvalid(schema).addToSchema(schema);
    }

    private static Schema decimal(JavaType type, Place place) {
        Decimal digits = type.decimal();
        String name = type.raw().getSimpleName();
        if (digits == null) {
            throw place.refused("how many digits a " + name + " has must be said: annotate the type with @Decimal"
                    + "(precision = ..., scale = ...) of io.concordat.avro.annotation");
        }
        if (type.raw() == BigInteger.class && digits.scale() != 0) {
            throw place.refused("a BigInteger has no digits behind the point: @Decimal has scale " + digits.scale());
        }
        try {
            return LogicalTypes.decimal(digits.precision(), digits.scale())
                    .addToSchema(Schema.create(Schema.Type.BYTES));
        } catch (IllegalArgumentException e) {
            throw place.refused("@Decimal makes no sense: " + e.getMessage(), e);
        }
    }
}
