package io.concordat.api.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Config;
import io.concordat.api.ConfigField;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.RuleSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "\"\\u0000é\\n\"",
                "-12",
                "12345678901234567890",
                "1.50",
                "[]",
                "{\"b\":1,\"a\":[null,{\"\":\"\"}]}"
            })
    void write_whatWasRead_isTheSameText(String text) {
        assertThat(new String(Json.write(read(text)), UTF_8)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[1,", "{\"a\":1,}", "'a'", "nul", "1 2", "{} x", "// c\n1", "\"\t\"", "01"})
    void read_whatIsNotOneJsonValue_isMalformed(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void read_bytesThatAreNotUtf8_isMalformed() {
        assertThatThrownBy(() -> Json.read(new byte[] {'"', (byte) 0xc3, 0x28, '"'}))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void read_nestedThousandsDeep_isMalformed() {
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> read("{\"a\":".repeat(100_000))).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void read_hugeExponent_isCheapAndNoWholeNumber() {
        Object number = read("1e999999999");

        assertThatThrownBy(() -> JsonShape.number("n", number)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void read_memberTwice_isTheLast() {
        assertThat(read("{\"a\":1,\"a\":2}")).isEqualTo(Map.of("a", 2));
    }

    @Test
    void configUpdate_absentNullAndSet_areThreeThings() {
        ConfigUpdate update =
                JsonShape.configUpdate(shape("{\"alias\":null,\"normalize\":\"true\",\"x\":1}"), "compatibility");

        assertThat(update.clear()).containsExactly(ConfigField.ALIAS);
        assertThat(update.set()).isEqualTo(Config.EMPTY.with(ConfigField.NORMALIZE, true));
    }

    @Test
    void newRuleSet_ruleWithoutType_isRefusedWhileARecordMayLackIt() {
        Object shape = shape("{\"domainRules\":[{\"name\":\"r\"}]}");

        assertThatThrownBy(() -> JsonShape.newRuleSet(shape))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_RULE_SET));
        RuleSet stored = JsonShape.ruleSet(shape);
        assertThat(new String(Json.write(JsonShape.of(stored)), UTF_8))
                .isEqualTo(
                        "{\"domainRules\":[{\"name\":\"r\",\"kind\":\"TRANSFORM\",\"mode\":\"WRITEREAD\",\"disabled\":false}]}");
    }

    private static @Nullable Object read(String text) {
        return Json.read(text.getBytes(UTF_8));
    }

    private static Object shape(String text) {
        return requireNonNull(read(text));
    }
}
