package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.concordat.api.Context;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "orders-value | orders-value",
                "a.b_c~d-E9 | a.b_c~d-E9",
                "a/b | a%2Fb",
                "/ | %2F",
                "a%2Fb | a%252Fb",
                "100% | 100%25",
                "a?b=c&d | a%3Fb%3Dc%26d",
                "a#b | a%23b",
                "a;v=1 | a%3Bv%3D1",
                "a+b | a%2Bb",
                "a b | a%20b",
                "a\\b | a%5Cb",
                "a\"b | a%22b",
                "{a} | %7Ba%7D",
                "straße | stra%C3%9Fe",
                "日本 | %E6%97%A5%E6%9C%AC",
                "😀 | %F0%9F%98%80",
                "a:b | a%3Ab",
                ":.staging:orders | %3A.staging%3Aorders",
                ":.staging:a/b | %3A.staging%3Aa%2Fb",
                ":.staging: | %3A.staging%3A",
                ":.__GLOBAL: | %3A.__GLOBAL%3A",
                ":.:orders | orders",
                ". | %3A.%3A.",
                ".. | %3A.%3A..",
                "... | ...",
                "`` | %3A.%3A",
            })
    void subject_anyName_isOneSegment(String qualified, String expected) {
        assertThat(RequestPath.of("/subjects").subject(Subject.of(qualified)).segment("versions"))
                .hasToString("/subjects/" + expected + "/versions");
    }

    @Test
    void subject_thatLooksLikeAnotherContext_namesItsOwn() {
        assertThat(RequestPath.of("/subjects").subject(new Subject(Context.DEFAULT, ":.x:y")))
                .hasToString("/subjects/%3A.%3A%3A.x%3Ay");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ud83d", "a\tb", "a\r\nb", "\u0000", "\u0085"})
    void subject_thatCannotBeSent_isRefused(String name) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> RequestPath.of("/subjects").subject(Subject.of(name)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_SUBJECT));
    }

    @Test
    void subject_withALineBreak_isRefusedInOneLine() {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> RequestPath.of("/subjects").subject(Subject.of("a\nb")))
                .withMessage("The subject 'a\\u000ab' holds a control character");
    }

    @Test
    void parameters_several_areJoined() {
        assertThat(RequestPath.of("/subjects")
                        .parameter("subjectPrefix", ":.a b:&=")
                        .flag("deleted", true)
                        .flag("deletedOnly", false))
                .hasToString("/subjects?subjectPrefix=%3A.a%20b%3A%26%3D&deleted=true");
    }
}
