package io.concordat.api;

import java.util.Locale;
import java.util.Optional;

/** What may be written to a subject. */
public enum Mode {
    READWRITE,
    READONLY,
    /** An old name for {@link #READONLY}. */
    READONLY_OVERRIDE,
    /** Schemas come with their ids and versions; nothing is checked. */
    IMPORT,
    /** Like {@link #IMPORT}, for all contexts. */
    FORWARD;

    /** The mode of that name in any case, or empty. */
    public static Optional<Mode> find(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean isReadOnly() {
        return this == READONLY || this == READONLY_OVERRIDE;
    }

    /** Whether schemas come with their ids, unchecked. */
    public boolean isImport() {
        return this == IMPORT || this == FORWARD;
    }
}
