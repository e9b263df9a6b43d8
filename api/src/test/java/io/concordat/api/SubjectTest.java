package io.concordat.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    orders      | .    | orders  | orders
                    :.:orders   | .    | orders  | orders
                    :.ctx:a/b   | .ctx | a/b     | :.ctx:a/b
                    :.ctx:      | .ctx | ""      | :.ctx:
                    :.ctx       | .ctx | ""      | :.ctx:
                    :.ctx:x:y   | .ctx | x:y     | :.ctx:x:y
                    :           | .    | :       | :
                    ::          | .    | ::      | ::
                    a:.ctx:b    | .    | a:.ctx:b | a:.ctx:b
                    """)
    void of_everySpelling_knowsContextAndName(String spelling, String context, String name, String qualified) {
        Subject subject = Subject.of(spelling);

        assertThat(subject).isEqualTo(new Subject(new Context(context), name));
        assertThat(subject.qualified()).isEqualTo(qualified);
    }

    @Test
    void of_name_isLiteralWhileKeyAndValueAddTheSuffix() {
        assertThat(Subject.of("door-key").name()).isEqualTo("door-key");
        assertThat(Subject.key("door-key").name()).isEqualTo("door-key-key");
        assertThat(Subject.value("orders-value").name()).isEqualTo("orders-value-value");
    }

    @Test
    void resolve_unqualifiedName_staysInTheContext() {
        Subject parent = Subject.of(":.ctx:parent");

        assertThat(parent.resolve("other")).isEqualTo(Subject.of(":.ctx:other"));
        assertThat(parent.resolve(":.:other")).isEqualTo(Subject.of("other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", ".a:b"})
    void context_nameThatCannotBe_isRefused(String name) {
        assertThatThrownBy(() -> new Context(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }
}
