package io.concordat.api;

import java.util.Locale;
import java.util.Optional;

/** How strictly a format judges where it has a choice. */
public enum CompatibilityPolicy {
    STRICT,
    LENIENT;

    /** The policy of that name in any case, or empty. */
    public static Optional<CompatibilityPolicy> find(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
