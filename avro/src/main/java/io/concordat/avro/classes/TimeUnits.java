package io.concordat.avro.classes;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What timestamps count. What is finer than the unit is cut off, towards the past. */
enum TimeUnits {
    MILLIS(1_000),
    MICROS(1_000_000),
    NANOS(1_000_000_000);

    private final int perSecond;
    private final int nanos;

    TimeUnits(int perSecond) {
        this.perSecond = perSecond;
        this.nanos = 1_000_000_000 / perSecond;
    }

    /** The unit in the name of a logical type; null if the name is another. */
    static @Nullable TimeUnits of(String logical, String prefix) {
        for (TimeUnits unit : values()) {
            if (logical.equals(prefix + unit.name().toLowerCase(java.util.Locale.ROOT))) {
                return unit;
            }
        }
        return null;
    }

    Instant instant(Object raw) {
        long count = (Long) raw;
        return Instant.ofEpochSecond(Math.floorDiv(count, perSecond), (long) Math.floorMod(count, perSecond) * nanos);
    }

    Object fromInstant(Object value) {
        Instant instant = (Instant) value;
        return count(instant.getEpochSecond(), instant.getNano());
    }

    LocalDateTime localTime(Object raw) {
        return LocalDateTime.ofInstant(instant(raw), ZoneOffset.UTC);
    }

    @SuppressWarnings("JavaLocalDateTimeGetNano") // The seconds are beside it.
    Object fromLocalTime(Object value) {
        LocalDateTime time = (LocalDateTime) value;
        return count(time.toEpochSecond(ZoneOffset.UTC), time.getNano());
    }

    private long count(long seconds, int nano) {
        if (seconds >= 0) {
            return Math.addExact(Math.multiplyExact(seconds, (long) perSecond), nano / nanos);
        }
        // From the next second backwards, so that the earliest time that fits does not overflow on the way.
        return Math.addExact(Math.multiplyExact(seconds + 1, (long) perSecond), nano / nanos - perSecond);
    }
}
