package io.concordat.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.ErrorCode;
import io.concordat.api.FailureKind;
import io.concordat.api.RegistryException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {
    private final Failures reading = Failures.ofReading(Settings.of(Map.of(), false));
    private final Failures writing = Failures.ofWriting(Settings.of(Map.of(), false));

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void of_anyRegistryError_isTransientOrAMatterOfConfiguration(ErrorCode code) {
        RegistryException failure = new RegistryException(code, "no luck");
        boolean retriable = code.kind() == FailureKind.TRANSIENT;

        for (KafkaException told :
                new KafkaException[] {reading.of(failure, "t", null), writing.of(failure, "t", null)}) {
            assertThat(told)
                    .isExactlyInstanceOf(
                            retriable ? RegistryUnavailableException.class : RegistryConfigurationException.class)
                    .isNotInstanceOf(SerializationException.class)
                    .hasMessageStartingWith("no luck; next: ")
                    .hasCause(failure);
            assertThat(told instanceof RetriableException).isEqualTo(retriable);
        }
    }

    @Test
    void of_answerThatSaysWhenToAskAgain_saysSo() {
        RegistryException busy = new RegistryException(
                ErrorCode.TOO_MANY_REQUESTS, 429, "too many requests", null, Duration.ofSeconds(7));

        RegistryUnavailableException told = (RegistryUnavailableException) reading.of(busy, "t", null);

        assertThat(told.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(told.nextStep()).contains("not before 7 s");
    }

    @Test
    void of_tlsThatFailed_alsoThinksOfAnAddressWithoutTls() {
        RegistryException untrusted = new RegistryException(ErrorCode.UNTRUSTED, "TLS failed: plaintext connection?");

        RegistryConfigurationException told = (RegistryConfigurationException) reading.of(untrusted, "t", null);

        assertThat(told.nextStep()).contains("'schema.registry.ssl.*'", "'schema.registry.url' begin with http://");
    }

    /** Whatever it is, it must not make anybody skip a record. */
    @Test
    void of_somethingElse_isNoBadRecord() {
        assertThat(reading.of(new IllegalStateException("closed"), "t", null))
                .isExactlyInstanceOf(RegistryConfigurationException.class)
                .hasMessageContaining("closed");
    }
}
