package io.concordat.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionSpecTest {
    @ParameterizedTest
    @CsvSource({"1,1", "01,1", "+7,7", "2147483647,2147483647", "latest,-1", "LATEST,-1", "-1,-1"})
    void parse_whatMayStandInAPath_isUnderstood(String text, int number) {
        assertThat(VersionSpec.parse(text).number()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-2", "1.0", "abc", " ", "", "2147483648"})
    void parse_anythingElse_isRefusedWithTheText(String text) {
        assertThatThrownBy(() -> VersionSpec.parse(text)).isInstanceOfSatisfying(RegistryException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_VERSION);
            assertThat(e).hasMessageContaining("'" + text + "'");
        });
    }
}
