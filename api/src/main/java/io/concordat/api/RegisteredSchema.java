package io.concordat.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A version of a subject.
 *
 * @param subject where it is registered
 * @param version its number there, from 1; 0 if the registry did not say
 * @param id its number in the subject's context
 * @param guid the name of its content
 * @param content the schema
 * @param timestamp when it was written last; absent where the registry does not say, as after registering
 * @param deleted whether it is soft-deleted: still readable by id, no longer used for anything new
 */
public record RegisteredSchema(
        Subject subject,
        int version,
        int id,
        UUID guid,
        SchemaContent content,
        Optional<Instant> timestamp,
        boolean deleted) {
    public RegisteredSchema {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(guid, "guid");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(timestamp, "timestamp");
    }

    /** The number together with the context it counts in. */
    public SchemaId schemaId() {
        return new SchemaId(subject.context(), id);
    }
}
