package io.concordat.avro.classes;

import io.concordat.avro.plan.Converter;
import io.concordat.avro.plan.Shape;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Date;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** How Java's own types that are one value look beside a schema. */
final class ScalarShapes {
    private static final Shape AS_STRING = new Shape.Symbols(symbol -> symbol, Object::toString);

    private ScalarShapes() {}

    /** Null if the type is none of these, or does not fit the schema. */
    static @Nullable Shape of(JavaType declared, Schema schema) {
        Class<?> type = declared.raw();
        return switch (schema.getType()) {
            case BOOLEAN -> type == boolean.class || type == Boolean.class ? Shape.PLAIN : null;
            case INT -> ofInt(type, logicalName(schema));
            case LONG -> ofLong(type, logicalName(schema));
            case FLOAT -> type == float.class || type == Float.class ? Shape.PLAIN : widened(type);
            case DOUBLE -> type == double.class || type == Double.class ? Shape.PLAIN : null;
            case STRING -> ofString(type);
            case BYTES -> ofBytes(type, schema);
            case FIXED -> ofFixed(type, schema);
            case ENUM -> type == String.class || type == CharSequence.class ? AS_STRING : null;
            default -> null;
        };
    }

    /** The logical type's name, also of one that this version of Avro does not know. */
    static @Nullable String logicalName(Schema schema) {
        return schema.getProp("logicalType");
    }

    static String describe(Schema schema) {
        String logical = logicalName(schema);
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> schema.getType().getName() + " " + schema.getFullName();
            case UNION ->
                "union of "
                        + schema.getTypes().stream().map(Schema::getFullName).toList();
            default -> schema.getType().getName() + (logical == null ? "" : " (" + logical + ")");
        };
    }

    private static @Nullable Shape widened(Class<?> type) {
        return type == double.class || type == Double.class
                ? converted("double", raw -> ((Float) raw).doubleValue(), ScalarShapes::exactFloat)
                : null;
    }

    private static Object exactFloat(Object value) {
        float narrowed = ((Double) value).floatValue();
        if (Double.compare(narrowed, (Double) value) != 0) {
            throw new IllegalArgumentException("a float cannot hold " + value);
        }
        return narrowed;
    }

    private static @Nullable Shape ofInt(Class<?> type, @Nullable String logical) {
        if (type == int.class || type == Integer.class) {
            return Shape.PLAIN;
        }
        if (type == long.class || type == Long.class) {
            return converted("long", raw -> ((Integer) raw).longValue(), value -> (Long) value);
        }
        if (type == LocalDate.class && "date".equals(logical)) {
            return converted("LocalDate", Times::date, Times::fromDate);
        }
        if (type == LocalTime.class && "time-millis".equals(logical)) {
            return converted("LocalTime", Times::timeOfMillis, Times::toMillisOfDay);
        }
        return small(type);
    }

    private static @Nullable Shape small(Class<?> type) {
        if (type == short.class || type == Short.class) {
            return converted(
                    "short",
                    raw -> narrowed(raw, Short.MIN_VALUE, Short.MAX_VALUE).shortValue(),
                    value -> ((Short) value).intValue());
        }
        if (type == byte.class || type == Byte.class) {
            return converted(
                    "byte",
                    raw -> narrowed(raw, Byte.MIN_VALUE, Byte.MAX_VALUE).byteValue(),
                    value -> ((Byte) value).intValue());
        }
        if (type == char.class || type == Character.class) {
            return converted(
                    "char",
                    raw -> (char) narrowed(raw, Character.MIN_VALUE, Character.MAX_VALUE)
                            .intValue(),
                    value -> (int) (Character) value);
        }
        return null;
    }

    private static Number narrowed(Object raw, int least, int most) {
        long number = ((Number) raw).longValue();
        if (number < least || number > most) {
            throw new IllegalArgumentException(number + " is not within " + least + " and " + most);
        }
        return number;
    }

    private static @Nullable Shape ofLong(Class<?> type, @Nullable String logical) {
        if (type == long.class || type == Long.class) {
            return Shape.PLAIN;
        }
        if (type == int.class || type == Integer.class) {
            return converted("int", raw -> Math.toIntExact((Long) raw), value -> ((Integer) value).longValue());
        }
        if (logical == null) {
            return null;
        }
        if (type == Instant.class || type == Date.class) {
            return ofTimestamp(type, logical);
        }
        if (type == LocalDateTime.class) {
            TimeUnits unit = TimeUnits.of(logical, "local-timestamp-");
            return unit == null ? null : converted("LocalDateTime", unit::localTime, unit::fromLocalTime);
        }
        return type == LocalTime.class && logical.equals("time-micros")
                ? converted("LocalTime", Times::timeOfMicros, Times::toMicrosOfDay)
                : null;
    }

    @SuppressWarnings("JavaUtilDate") // Classes that have one are to be read and written.
    private static @Nullable Shape ofTimestamp(Class<?> type, String logical) {
        TimeUnits unit = TimeUnits.of(logical, "timestamp-");
        if (unit == null) {
            return null;
        }
        return type == Instant.class
                ? converted("Instant", unit::instant, unit::fromInstant)
                : converted(
                        "Date",
                        raw -> Date.from(unit.instant(raw)),
                        value -> unit.fromInstant(Instant.ofEpochMilli(((Date) value).getTime())));
    }

    private static @Nullable Shape ofString(Class<?> type) {
        if (type == String.class || type == CharSequence.class) {
            return Shape.TEXT;
        }
        if (type == UUID.class) {
            return text("UUID", UUID::fromString);
        }
        if (type == BigDecimal.class) {
            return text("BigDecimal", BigDecimal::new);
        }
        if (type == BigInteger.class) {
            return text("BigInteger", BigInteger::new);
        }
        if (type == URI.class) {
            return text("URI", URI::create);
        }
        return type == File.class ? text("File", File::new) : null;
    }

    private static Shape text(String expected, Function<String, Object> parse) {
        return new Shape.Converted(
                Shape.TEXT, new ScalarConverter(expected, raw -> parse.apply((String) raw), Object::toString));
    }

    private static @Nullable Shape ofBytes(Class<?> type, Schema schema) {
        if (type == byte[].class) {
            return Shape.BYTE_ARRAY;
        }
        if (type == ByteBuffer.class) {
            return Shape.PLAIN;
        }
        String logical = logicalName(schema);
        if (type == BigDecimal.class && "big-decimal".equals(logical)) {
            return ofArray(new ScalarConverter("BigDecimal", BigDecimals::read, BigDecimals::written));
        }
        return decimal(type, schema);
    }

    private static @Nullable Shape ofFixed(Class<?> type, Schema schema) {
        if (type == byte[].class) {
            return Shape.BYTE_ARRAY;
        }
        if (type == ByteBuffer.class) {
            return ofArray(new ScalarConverter(
                    "ByteBuffer", raw -> ByteBuffer.wrap((byte[]) raw), value -> BigDecimals.copy((ByteBuffer) value)));
        }
        if (type == UUID.class && schema.getFixedSize() == 2 * Long.BYTES) {
            return ofArray(new ScalarConverter("UUID", Uuids::read, Uuids::written));
        }
        return decimal(type, schema);
    }

    private static @Nullable Shape decimal(Class<?> type, Schema schema) {
        if (!Scalars.isDecimal(type) || !"decimal".equals(logicalName(schema))) {
            return null;
        }
        Decimals decimals = Decimals.of(schema);
        if (type == BigDecimal.class) {
            return ofArray(new ScalarConverter(decimals.toString(), decimals::read, decimals::written));
        }
        return decimals.scale() == 0
                ? ofArray(new ScalarConverter(
                        decimals.toString(),
                        raw -> decimals.read(raw).unscaledValue(),
                        value -> decimals.written(new BigDecimal((BigInteger) value))))
                : null;
    }

    private static Shape ofArray(Converter converter) {
        return new Shape.Converted(Shape.BYTE_ARRAY, converter);
    }

    private static Shape converted(String expected, Function<Object, Object> read, Function<Object, Object> written) {
        return new Shape.Converted(Shape.PLAIN, new ScalarConverter(expected, read, written));
    }

    /** Turns values that are there; null stays null. */
    private record ScalarConverter(String expected, Function<Object, Object> read, Function<Object, Object> written)
            implements Converter {
        @Override
        public @Nullable Object fromAvro(@Nullable Object raw) {
            return raw == null ? null : read.apply(raw);
        }

        @Override
        public @Nullable Object toAvro(@Nullable Object value) {
            return value == null ? null : written.apply(value);
        }
    }
}
