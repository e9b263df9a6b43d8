package io.concordat.serdes;

import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import java.util.Optional;

/** A registry's failure that knows what message it was about. */
interface Located extends MessageFailure {
    Origin origin();

    @Override
    default Optional<String> topic() {
        return Optional.ofNullable(origin().topic());
    }

    @Override
    default Optional<RecordPart> part() {
        return Optional.ofNullable(origin().part());
    }

    @Override
    default Optional<SchemaId> id() {
        return Optional.ofNullable(origin().id());
    }

    @Override
    default Optional<Subject> subject() {
        return Optional.ofNullable(origin().subject());
    }
}
