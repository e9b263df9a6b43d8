package io.concordat.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Reads values one by one, with or without a prefix before their keys, and gathers what is wrong with them. */
final class ConnectionKeys {
    private final Map<String, ?> configs;
    private final List<String> problems = new ArrayList<>();

    ConnectionKeys(Map<String, ?> configs) {
        this.configs = configs;
    }

    /** What is set, in whatever form. */
    Optional<Object> object(String key) {
        Object prefixed = key.startsWith(ConnectionConfig.PREFIX) ? null : configs.get(ConnectionConfig.PREFIX + key);
        return Optional.ofNullable(prefixed != null ? prefixed : configs.get(key));
    }

    /** What is set, as a text; empty if that is blank. */
    Optional<String> text(String key) {
        return object(key).map(ConnectionKeys::textOf).filter(text -> !text.isBlank());
    }

    /** The parts of a text between commas. */
    List<String> list(String key) {
        return text(key).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    boolean flag(String key) {
        return text(key)
                .map(text -> parsed(key, text, "truth value: use true or false", ConnectionKeys::truth, false))
                .orElse(false);
    }

    /** A number of at least {@code least}, if one is set. */
    Optional<Integer> number(String key, int least) {
        Optional<Integer> number =
                text(key).map(text -> parsed(key, text, "whole number", value -> Integer.valueOf(value.trim()), least));
        number.filter(value -> value < least)
                .ifPresent(value -> problem(key + " is " + value + ", which is less than " + least));
        return number.filter(value -> value >= least);
    }

    Optional<Duration> millis(String key, int least) {
        return number(key, least).map(Duration::ofMillis);
    }

    Optional<Duration> seconds(String key) {
        return number(key, 0).map(Duration::ofSeconds);
    }

    void problem(String problem) {
        problems.add(problem);
    }

    /** @throws ConfigException that names every problem, if there is one */
    void failOnProblems() {
        if (!problems.isEmpty()) {
            throw new ConfigException(
                    "Invalid settings of the connection to the registry: " + String.join("; ", problems));
        }
    }

    Map<String, ?> configs() {
        return configs;
    }

    static String textOf(Object value) {
        if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(String::valueOf).toList());
        }
        return value instanceof Password password ? password.value() : value.toString();
    }

    private <T> T parsed(String key, String text, String kind, Function<String, T> parsing, T otherwise) {
        try {
            return parsing.apply(text);
        } catch (IllegalArgumentException e) {
            problem(key + " is '" + text + "', which is no " + kind);
            return otherwise;
        }
    }

    private static boolean truth(String text) {
        String value = text.trim();
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return value.equalsIgnoreCase("true");
        }
        throw new IllegalArgumentException(value);
    }
}
