package io.concordat.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
    @ParameterizedTest
    @CsvSource({
        "0, 2, ab",
        "1, 2, bc",
        "2, 2147483647, c",
        "3, 1, ''",
        "2147483647, 2147483647, ''",
        "0, 2147483647, abc"
    })
    void of_list_isThePart(int offset, int limit, String part) {
        assertThat(String.join("", new Page(offset, limit).of(List.of("a", "b", "c"))))
                .isEqualTo(part);
    }
}
