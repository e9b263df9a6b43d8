package io.concordat.server;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** The keys that files of existing installations have, as far as they matter to nothing here. */
final class UsualKeys {
    /** Others know them. Here they have no effect. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "compression.enable",
            "debug",
            "http2.enabled",
            "inter.instance.protocol",
            "kafkastore.checkpoint.dir",
            "kafkastore.checkpoint.version",
            "kafkastore.connection.url",
            "kafkastore.group.id",
            "kafkastore.init.wait.for.reader",
            "kafkastore.timeout.ms",
            "kafkastore.update.handlers",
            "kafkastore.write.max.retries",
            "leader.connect.timeout.ms",
            "leader.election.delay",
            "leader.election.sticky",
            "leader.read.timeout.ms",
            "mode.mutability",
            "request.queue.capacity",
            "request.timeout.interrupt.enable",
            "resource.extension.class",
            "resource.static.locations",
            "response.http.headers.config",
            "response.mediatype.default",
            "response.mediatype.preferred",
            "schema.cache.expiry.secs",
            "schema.cache.size",
            "schema.canonicalize.on.consume",
            "schema.providers",
            "schema.registry.inter.instance.protocol",
            "schema.registry.resource.extension.class",
            "thread.pool.max",
            "thread.pool.min");

    private UsualKeys() {}

    static boolean isWithoutEffect(String key) {
        return WITHOUT_EFFECT.contains(key)
                || key.startsWith("metrics.")
                || key.startsWith("metric.")
                || key.startsWith("ssl.")
                || key.startsWith("authentication.");
    }

    /** The key that was probably meant. */
    static Optional<String> nearest(String key, Set<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String other) -> distance(key, other))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(other -> distance(key, other) <= Math.max(2, key.length() / 4));
    }

    /** How many characters have to be changed, added or taken away. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
