package io.concordat.api;

import java.util.Objects;
import java.util.Set;

/**
 * A change of settings. What it does not name stays as it is.
 *
 * @param set what gets a new value
 * @param clear what is removed
 */
public record ConfigUpdate(Config set, Set<ConfigField> clear) {
    public ConfigUpdate {
        Objects.requireNonNull(set, "set");
        clear = Set.copyOf(clear);
    }

    public static ConfigUpdate set(Config config) {
        return new ConfigUpdate(config, Set.of());
    }

    public static ConfigUpdate compatibility(Compatibility level) {
        return set(Config.of(level));
    }
}
