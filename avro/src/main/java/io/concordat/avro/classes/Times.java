package io.concordat.avro.classes;

import java.time.LocalDate;
import java.time.LocalTime;

/** Days, and times of day. What is finer than the unit is cut off. */
final class Times {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private Times() {}

    static Object date(Object raw) {
        return LocalDate.ofEpochDay((Integer) raw);
    }

    static Object fromDate(Object value) {
        return Math.toIntExact(((LocalDate) value).toEpochDay());
    }

    static Object timeOfMillis(Object raw) {
        return LocalTime.ofNanoOfDay(Math.multiplyExact((long) (Integer) raw, NANOS_PER_MILLI));
    }

    static Object toMillisOfDay(Object value) {
        return (int) (((LocalTime) value).toNanoOfDay() / NANOS_PER_MILLI);
    }

    static Object timeOfMicros(Object raw) {
        return LocalTime.ofNanoOfDay(Math.multiplyExact((Long) raw, NANOS_PER_MICRO));
    }

    static Object toMicrosOfDay(Object value) {
        return ((LocalTime) value).toNanoOfDay() / NANOS_PER_MICRO;
    }
}
