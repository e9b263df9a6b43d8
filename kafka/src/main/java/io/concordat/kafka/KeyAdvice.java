package io.concordat.kafka;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
            "derive.type",
            "json.default.property.inclusion",
            "json.envelope.detection",
            "json.fail.invalid.schema",
            "json.fail.unknown.properties",
            "json.indent.output",
            "json.key.type",
            "json.oneof.for.nullables",
            "json.schema.scan.packages",
            "json.schema.spec.version",
            "json.type.allowed.packages",
            "json.validate.before.domain.rules",
            "json.value.type",
            "json.write.dates.iso8601",
            "reference.lookup.only",
            "reference.subject.name.strategy",
            "rule.metrics.enable",
            "schema.reflection",
            "skip.known.types",
            "specific.avro.key.type",
            "specific.avro.value.type",
            "specific.protobuf.key.type",
            "specific.protobuf.value.type",
            "type.property",
            "validation.rules.execution",
            "validation.rules.executor.class",
            "validation.rules.fail.fast");

    private static final List<String> PREFIXES_OF_OTHERS =
            List.of("basic.auth.", "bearer.auth.", "request.header.", "schema.registry.");

    private static final Set<String> GIVEN = ConcurrentHashMap.newKeySet();

    private KeyAdvice() {}

    /**
     * Warns of the keys that a registry serializer was meant to understand and does not.
     *
     * @param ofLanguages what the languages at hand understand
     */
    static void warnAbout(Set<String> keys, Set<String> ofLanguages) {
        Set<String> known = new HashSet<>(RegistrySerdeConfig.KEYS);
        known.addAll(ofLanguages);
        known.addAll(ConnectionConfig.keys());
        keys.forEach(key -> of(key, known).ifPresent(KeyAdvice::warnOnce));
    }

    /** What there is to say about a key. */
    static Optional<String> of(String key, Set<String> known) {
        return nearestOf(key, known)
                .map(nearest ->
                        "'" + key + "' is no setting of registry serializers and has no effect on them; did you mean '"
                                + nearest + "'?")
                .or(() -> isOfOthers(key, known)
                        ? Optional.of(
                                "'" + key + "' is not supported by this registry serializer and has no effect on it")
                        : Optional.empty());
    }

    private static boolean isOfOthers(String key, Set<String> known) {
        return !known.contains(key)
                && !ConnectionConfig.knows(key)
                && (OF_OTHERS.contains(key) || PREFIXES_OF_OTHERS.stream().anyMatch(key::startsWith));
    }

    static void warnOnce(String warning) {
        if (GIVEN.add(warning)) {
            LOG.log(System.Logger.Level.WARNING, warning);
        }
    }

    /** The known key that an unknown one nearly is. */
    static Optional<String> nearestOf(String key, Set<String> known) {
        return known.contains(key) || ConnectionConfig.knows(key)
                ? Optional.empty()
                : known.stream()
                        .filter(candidate -> distance(candidate, key) <= NEAR)
                        .min(Comparator.comparingInt((String candidate) -> distance(candidate, key))
                                .thenComparing(Comparator.naturalOrder()));
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
