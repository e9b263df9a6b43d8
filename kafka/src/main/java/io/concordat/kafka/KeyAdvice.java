package io.concordat.kafka;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Warnings about settings. The map also holds the settings of others, so an unknown key is no error; one that nearly is ours
 * or that only a registry serializer can mean is worth a word. Each warning is given once per process.
 */
final class KeyAdvice {
    private static final System.Logger LOG = System.getLogger(KeyAdvice.class.getName());
    private static final int NEAR = 2;
    /** What existing serializers know and these do not: whoever sets one of them expects something to happen. */
    private static final Set<String> OF_OTHERS = Set.of(
            "avro.fail.on.trailing.data",
            "avro.reflection.allow.null",
            "avro.remove.java.properties",
            "avro.use.logical.type.converters",
            "context.name.strategy",
            "id.compatibility.strict",
            "key.schema.id.deserializer",
            "key.schema.id.serializer",
            "latest.compatibility.strict",
            "propagate.schema.tags",
            "rule.actions",
            "rule.executors",
            "schema.reflection",
            "specific.avro.key.type",
            "specific.avro.value.type",
            "use.latest.with.metadata",
            "use.schema.guid",
            "use.schema.id",
            "value.schema.id.deserializer",
            "value.schema.id.serializer");

    private static final List<String> PREFIXES_OF_OTHERS =
            List.of("basic.auth.", "bearer.auth.", "request.header.", "schema.registry.");

    private static final Set<String> GIVEN = ConcurrentHashMap.newKeySet();

    private KeyAdvice() {}

    /** Warns of the keys that a registry serializer was meant to understand and does not. */
    static void warnAbout(Set<String> keys) {
        keys.forEach(key -> of(key).ifPresent(KeyAdvice::warnOnce));
    }

    private static Optional<String> of(String key) {
        return nearestOf(key)
                .map(nearest ->
                        "'" + key + "' is no setting of registry serializers and has no effect on them; did you mean '"
                                + nearest + "'?")
                .or(() -> isOfOthers(key)
                        ? Optional.of(
                                "'" + key + "' is not supported by this registry serializer and has no effect on it")
                        : Optional.empty());
    }

    private static boolean isOfOthers(String key) {
        return !RegistrySerdeConfig.KEYS.contains(key)
                && !ConnectionConfig.knows(key)
                && (OF_OTHERS.contains(key) || PREFIXES_OF_OTHERS.stream().anyMatch(key::startsWith));
    }

    static void warnOnce(String warning) {
        if (GIVEN.add(warning)) {
            LOG.log(System.Logger.Level.WARNING, warning);
        }
    }

    /** The key of ours that an unknown one nearly is. */
    static Optional<String> nearestOf(String key) {
        return RegistrySerdeConfig.KEYS.contains(key) || ConnectionConfig.knows(key)
                ? Optional.empty()
                : Stream.concat(RegistrySerdeConfig.KEYS.stream(), ConnectionConfig.keys().stream())
                        .filter(known -> distance(known, key) <= NEAR)
                        .min(Comparator.comparingInt(known -> distance(known, key)));
    }

    /** How many characters must be added, removed or replaced to make one text of the other, but for case. */
    private static int distance(String one, String other) {
        if (Math.abs(one.length() - other.length()) > NEAR) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (same(one.charAt(i - 1), other.charAt(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }

    private static boolean same(char one, char other) {
        return Character.toLowerCase(one) == Character.toLowerCase(other) || (isSeparator(one) && isSeparator(other));
    }

    private static boolean isSeparator(char character) {
        return character == '.' || character == '_' || character == '-';
    }
}
