package io.concordat.kafka;

import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.serdes.PayloadForm;
import io.concordat.serdes.RecordPart;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a record could not be written or read: one of the three exceptions that the registry's serializers throw, and what they
 * know of the record. What others wrap around it is looked through by {@link #in}.
 *
 * <p>Neither the message nor anything else in here holds a whole schema, a whole payload or a secret.
 */
public sealed interface SerdeFailure
        permits RegistryUnavailableException, BadRecordException, RegistryConfigurationException {
    /** What can be done about it. */
    Kind kind();

    /** What is known of the record. */
    FailureDetails details();

    /** In words, with all that is known. */
    String getMessage();

    /** The exception itself. */
    RuntimeException exception();

    /** The topic, if it is known. */
    default Optional<String> topic() {
        return details().topic();
    }

    /** The key or the value, if it is known which. */
    default Optional<RecordPart> part() {
        return details().part();
    }

    /** How many bytes could not be read; empty for a value that could not be written. */
    default OptionalInt length() {
        return details().length();
    }

    /** The first of these bytes, eight at most, such as {@code 00 00 00 00 07}; empty if there are none. */
    default String firstBytes() {
        return details().firstBytes();
    }

    /** The id of the schema, if it is known. */
    default Optional<SchemaId> schemaId() {
        return details().schemaId();
    }

    /** The subject of the schema, if it is known. */
    default Optional<Subject> subject() {
        return details().subject();
    }

    /** What the bytes look like, if they are not what a message begins with. */
    default Optional<PayloadForm> form() {
        return details().form();
    }

    /** What to do about it, in a few words. */
    default String nextStep() {
        return details().nextStep();
    }

    /**
     * The failure behind an exception, such as the one that {@code KafkaConsumer.poll} throws; empty if it has another cause.
     */
    static Optional<SerdeFailure> in(Throwable exception) {
        Throwable current = exception;
        for (int depth = 0; current != null && depth < FailureDetails.DEEPEST_CAUSE; depth++) {
            if (current instanceof SerdeFailure failure) {
                return Optional.of(failure);
            }
            current = current.getCause();
        }
        return Optional.empty();
    }

    /** Whether an exception is there because of something that passes by itself: the same record will do later. */
    static boolean isTransient(Throwable exception) {
        return in(exception).filter(failure -> failure.kind() == Kind.TRANSIENT).isPresent();
    }

    /** What can be done about a failure: exactly one of three. */
    enum Kind {
        /** The registry is away, slow, busy or in trouble: the same record will do later. */
        TRANSIENT,
        /** This record will never do, whatever the registry says later. */
        BAD_RECORD,
        /** Somebody must change a setting, a permission or what is registered; until then all such records fail. */
        CONFIGURATION
    }
}
