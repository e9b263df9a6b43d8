package io.concordat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParsedSchemasTest {
    private static final ParsedSchema SCHEMA =
            new WordsFormat().parse(WordsFormat.words("word"), references -> List.of(), Strictness.LENIENT);

    private final ParsedSchemas<String> schemas = new ParsedSchemas<>(10, String::length);

    @Test
    void put_moreThanTheBound_dropsWhatWasNotAskedForLongest() {
        schemas.put("aaaa", SCHEMA);
        schemas.put("bbbb", SCHEMA);
        assertThat(schemas.get("aaaa")).isSameAs(SCHEMA);

        schemas.put("cccc", SCHEMA);

        assertThat(schemas.get("aaaa")).isSameAs(SCHEMA);
        assertThat(schemas.get("bbbb")).isNull();
        assertThat(schemas.get("cccc")).isSameAs(SCHEMA);
    }

    @Test
    void put_longerThanTheBound_keepsTheOthers() {
        schemas.put("aaaa", SCHEMA);

        schemas.put("b".repeat(11), SCHEMA);

        assertThat(schemas.get("aaaa")).isSameAs(SCHEMA);
        assertThat(schemas.get("b".repeat(11))).isNull();
    }

    @Test
    void put_theSameKeyTwice_countsItOnce() {
        schemas.put("aaaaa", SCHEMA);
        schemas.put("aaaaa", SCHEMA);

        schemas.put("bbbbb", SCHEMA);

        assertThat(schemas.get("aaaaa")).isSameAs(SCHEMA);
    }
}
