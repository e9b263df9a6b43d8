package io.concordat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.RegistryException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "/subjects/a, a",
        "/subjects/a/, a",
        "/subjects/a%2Fb, a/b",
        "/subjects/a+b, a+b",
        "/subjects/a%20b, a b",
        "/subjects/%C3%A9%e2%82%ac, é€",
        "/subjects/semi;x=1, semi",
        "/subjects/semi%3Bx=1, semi;x=1",
        "/subjects/a;x=1/, a",
        "/subjects/%25, %",
        "/subjects/.., ..",
        "/subjects/:.ctx:a, :.ctx:a",
        "/%73ubjects/a, a",
        "http://host:1/subjects/a?x=y, a",
        "/subjects/a#b, a"
    })
    void parse_subject_isDecodedOnce(String uri, String subject) {
        assertThat(Target.parse(uri).segments()).isEqualTo(List.of("subjects", subject));
    }

    @Test
    void parse_root_hasNoSegments() {
        assertThat(Target.parse("/").segments()).isEmpty();
    }

    @Test
    void parse_query_takesAllOfEachName() {
        assertThat(Target.parse("/?a=1&b=x+y%2B&a=2&flag&=&").query())
                .containsEntry("a", List.of("1", "2"))
                .containsEntry("b", List.of("x y+"))
                .containsEntry("flag", List.of(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "subjects",
                "//",
                "/a//b",
                "/%",
                "/%4",
                "/%zz",
                "/%ff",
                "/%c3%28",
                "/%00",
                "/%0a",
                "/%7f",
                "/?a=%",
                "/?%g0=1",
                "http://host"
            })
    void parse_whatIsNoPath_isABadRequest(String uri) {
        assertThatThrownBy(() -> Target.parse(uri))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refusal -> assertThat(refusal.number()).isEqualTo(400));
    }
}
