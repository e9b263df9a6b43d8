package io.concordat.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The statement that a resource uses a subject.
 *
 * @param subject the subject used
 * @param guid the association's own name
 * @param resource who uses it
 * @param type what for: {@code key} or {@code value}
 * @param lifecycle how closely the two belong together
 * @param frozen whether the association can no longer be changed
 * @param created when it was made; absent as long as it is not
 * @param updated when it was written last; absent as long as it is not
 */
public record Association(
        Subject subject,
        UUID guid,
        AssociatedResource resource,
        String type,
        Lifecycle lifecycle,
        boolean frozen,
        Optional<Instant> created,
        Optional<Instant> updated) {
    public Association {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(guid, "guid");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(lifecycle, "lifecycle");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(updated, "updated");
    }

    /** Whether the subject belongs to the resource alone. */
    public boolean isStrong() {
        return lifecycle == Lifecycle.STRONG;
    }

    /** This with other rules. */
    public Association with(Lifecycle newLifecycle, boolean nowFrozen) {
        return new Association(subject, guid, resource, type, newLifecycle, nowFrozen, created, updated);
    }
}
