package io.concordat.api;

import java.util.Locale;
import java.util.Optional;

/** How closely a subject belongs to the resource it is associated with. */
public enum Lifecycle {
    /** The subject belongs to this resource alone, and may go with it. */
    STRONG,
    /** The resource uses the subject, as others may. */
    WEAK;

    /** The lifecycle of that name in any case, or empty. */
    public static Optional<Lifecycle> find(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
