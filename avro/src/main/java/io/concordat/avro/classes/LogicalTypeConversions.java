package io.concordat.avro.classes;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.UUID;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;

/** Logical types as Java's own in generic records. */
public final class LogicalTypeConversions {
    private LogicalTypeConversions() {}

    /** A model with a conversion of every logical type that this version of Avro knows. */
    public static GenericData model() {
        GenericData model = new GenericData();
        model.addLogicalTypeConversion(new Conversions.DecimalConversion());
        model.addLogicalTypeConversion(new Conversions.BigDecimalConversion());
        model.addLogicalTypeConversion(new Uuid());
        model.addLogicalTypeConversion(new TimeConversions.DateConversion());
        model.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
        model.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
        model.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        model.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        model.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
        model.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
        model.addLogicalTypeConversion(new TimestampNanos());
        model.addLogicalTypeConversion(new LocalTimestampNanos());
        addDuration(model);
        return model;
    }

    private static void addDuration(GenericData model) {
        try {
            model.addLogicalTypeConversion(Duration.conversion());
        } catch (NoClassDefFoundError e) {
            // Avro 1.11 has no such type.
        }
    }

    /** Apart, so that it is not even looked at before it is known to be there. */
    private static final class Duration {
        static Conversion<?> conversion() {
            return new Conversions.DurationConversion();
        }
    }

    /** Avro 1.11 knows no other than text. */
    private static final class Uuid extends Conversion<UUID> {
        @Override
        public Class<UUID> getConvertedType() {
            return UUID.class;
        }

        @Override
        public String getLogicalTypeName() {
            return "uuid";
        }

        @Override
        public UUID fromCharSequence(CharSequence value, Schema schema, LogicalType type) {
            return UUID.fromString(value.toString());
        }

        @Override
        public CharSequence toCharSequence(UUID value, Schema schema, LogicalType type) {
            return value.toString();
        }

        @Override
        public UUID fromFixed(GenericFixed value, Schema schema, LogicalType type) {
            return (UUID) Uuids.read(value.bytes());
        }

        @Override
        public GenericFixed toFixed(UUID value, Schema schema, LogicalType type) {
            return new GenericData.Fixed(schema, (byte[]) Uuids.written(value));
        }
    }

    /** Avro's own is wrong before 1970. */
    private static final class TimestampNanos extends Conversion<Instant> {
        @Override
        public Class<Instant> getConvertedType() {
            return Instant.class;
        }

        @Override
        public String getLogicalTypeName() {
            return "timestamp-nanos";
        }

        @Override
        public Instant fromLong(Long value, Schema schema, LogicalType type) {
            return TimeUnits.NANOS.instant(value);
        }

        @Override
        public Long toLong(Instant value, Schema schema, LogicalType type) {
            return (Long) TimeUnits.NANOS.fromInstant(value);
        }
    }

    /** Avro's own is wrong before 1970. */
    private static final class LocalTimestampNanos extends Conversion<LocalDateTime> {
        @Override
        public Class<LocalDateTime> getConvertedType() {
            return LocalDateTime.class;
        }

        @Override
        public String getLogicalTypeName() {
            return "local-timestamp-nanos";
        }

        @Override
        public LocalDateTime fromLong(Long value, Schema schema, LogicalType type) {
            return TimeUnits.NANOS.localTime(value);
        }

        @Override
        public Long toLong(LocalDateTime value, Schema schema, LogicalType type) {
            return (Long) TimeUnits.NANOS.fromLocalTime(value);
        }
    }
}
