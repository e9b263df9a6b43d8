package io.concordat.serdes;

import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.util.Optional;

/**
 * What a failure says of the message that it is about: a {@link MessageException}, or a
 * {@link io.concordat.api.RegistryException} that a {@link MessageSerializer} met on its way.
 */
public interface MessageFailure {
    /** The topic, if the caller named one. */
    Optional<String> topic();

    /** The part of the record, if the caller named one. */
    Optional<RecordPart> part();

    /** The id of the schema, if it was known by then. */
    Optional<SchemaId> id();

    /** The subject of the schema, if it was known by then. */
    Optional<Subject> subject();
}
