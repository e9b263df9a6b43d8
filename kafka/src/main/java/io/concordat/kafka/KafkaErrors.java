package io.concordat.kafka;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.serdes.MessageException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.ThrottlingQuotaExceededException;
import org.apache.kafka.common.errors.TimeoutException;

/** Our exceptions as Kafka's own, so that applications can tell a poisonous record from a registry that is away. */
final class KafkaErrors {
    private KafkaErrors() {}

    static KafkaException of(MessageException failure) {
        return new SerializationException(failure.getMessage(), failure);
    }

    /**
     * A registry's failure, as Kafka has it.
     *
     * @param advice put behind what was said; may be empty
     */
    static KafkaException of(RegistryException failure, String advice) {
        String message = failure.getMessage() + advice;
        if (failure.isRetriable()) {
            return transientFailure(failure, message);
        }
        return switch (status(failure)) {
            case 401 -> new AuthenticationException(message, failure);
            case 403 -> new AuthorizationException(message, failure);
            default -> new SerializationException(message, failure);
        };
    }

    private static KafkaException transientFailure(RegistryException failure, String message) {
        int status = status(failure);
        if (status == 429) {
            ThrottlingQuotaExceededException throttled = new ThrottlingQuotaExceededException(message);
            throttled.initCause(failure);
            return throttled;
        }
        return status == 502 || failure.number() == ErrorCode.UNREACHABLE.number()
                ? new DisconnectException(message, failure)
                : new TimeoutException(message, failure);
    }

    /** By the number in the answer, which may say more than the code: a registry may answer 503 itself. */
    private static int status(RegistryException failure) {
        return failure.number() < 1000 ? failure.number() : failure.number() / 100;
    }
}
