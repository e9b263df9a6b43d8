package io.concordat.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.ThrottlingQuotaExceededException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KafkaErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED, AuthenticationException",
        "FORBIDDEN, AuthorizationException",
        "TOO_MANY_REQUESTS, ThrottlingQuotaExceededException",
        "REQUEST_TIMEOUT, TimeoutException",
        "INTERNAL, TimeoutException",
        "STORE_FAILED, TimeoutException",
        "OPERATION_TIMED_OUT, TimeoutException",
        "DEADLINE_EXCEEDED, TimeoutException",
        "UNREACHABLE, DisconnectException",
        "SCHEMA_NOT_FOUND, SerializationException",
        "INCOMPATIBLE_SCHEMA, SerializationException",
        "INVALID_SCHEMA, SerializationException",
        "UNREADABLE_ANSWER, SerializationException",
    })
    void of_registryError_isKafkasOwn(ErrorCode code, String name) {
        assertThat(translated(code).getClass().getSimpleName()).isEqualTo(name);
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void of_anyRegistryError_staysRetriableOrNot(ErrorCode code) {
        KafkaException translated = translated(code);

        assertThat(translated instanceof RetriableException).isEqualTo(code.isRetriable());
        assertThat(translated)
                .isInstanceOfAny(
                        AuthenticationException.class,
                        AuthorizationException.class,
                        ThrottlingQuotaExceededException.class,
                        TimeoutException.class,
                        DisconnectException.class,
                        SerializationException.class)
                .hasMessage("no luck; try again")
                .hasCauseInstanceOf(RegistryException.class);
    }

    private static KafkaException translated(ErrorCode code) {
        return KafkaErrors.of(new RegistryException(code, "no luck"), "; try again");
    }
}
