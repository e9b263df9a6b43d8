package io.concordat.kafka;

import io.concordat.api.FailureKind;
import io.concordat.api.RegistryException;
import io.concordat.serdes.DecodeException;
import io.concordat.serdes.MessageException;
import io.concordat.serdes.MessageFailure;
import io.concordat.serdes.PayloadForm;
import io.concordat.serdes.RecordPart;
import java.nio.ByteBuffer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** What went wrong with one part of records, as one of three exceptions. */
final class Failures {
    private final RecordPart part;
    private final NextSteps nextSteps;

    private Failures(RecordPart part, NextSteps nextSteps) {
        this.part = part;
        this.nextSteps = nextSteps;
    }

    static Failures ofReading(Settings settings) {
        return new Failures(settings.part(), NextSteps.ofReading(settings));
    }

    static Failures ofWriting(Settings settings) {
        return new Failures(settings.part(), NextSteps.ofWriting(settings));
    }

    /** Nobody has configured it. */
    static RegistryConfigurationException notConfigured(Class<?> type) {
        return new RegistryConfigurationException(
                "This " + type.getSimpleName() + " is not configured",
                FailureDetails.of(null, null, null, null, null, "call configure, or make it with a registry"),
                null);
    }

    /**
     * The exception to throw.
     *
     * @param bytes what could not be read; null for a value that could not be written
     */
    KafkaException of(RuntimeException failure, String topic, @Nullable ByteBuffer bytes) {
        if (failure instanceof MessageException message) {
            return of(message, topic, bytes);
        }
        if (failure instanceof RegistryException refusal) {
            return of(refusal, topic, bytes);
        }
        // Nobody knows what this is: it is not skipped.
        FailureDetails details =
                FailureDetails.of(topic, part, bytes, null, null, "see the cause; this is no fault of the record");
        return new RegistryConfigurationException(
                "Cannot handle the " + part + " of topic '" + topic + "': " + failure, details, failure);
    }

    private KafkaException of(MessageException failure, String topic, @Nullable ByteBuffer bytes) {
        PayloadForm form =
                failure instanceof DecodeException unread ? unread.form().orElse(null) : null;
        FailureDetails details = FailureDetails.of(topic, part, bytes, failure, form, nextSteps.after(failure, form));
        String problem = String.valueOf(failure.getMessage());
        return failure.isConfiguration()
                ? new RegistryConfigurationException(problem, details, failure)
                : new BadRecordException(problem, details, failure);
    }

    private KafkaException of(RegistryException failure, String topic, @Nullable ByteBuffer bytes) {
        MessageFailure located = failure instanceof MessageFailure known ? known : null;
        FailureDetails details = FailureDetails.of(topic, part, bytes, located, null, nextSteps.after(failure));
        String problem = String.valueOf(failure.getMessage());
        return failure.kind() == FailureKind.TRANSIENT
                ? new RegistryUnavailableException(problem, details, failure)
                : new RegistryConfigurationException(problem, details, failure);
    }
}
