package io.concordat.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.api.format.RecordException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values, and schemas to hold them against, that are meant to hurt: what is asked is answered soon, or refused. */
class HostileValuesTest {
    private static final List<String> NUMBERS = List.of(
            "1e999999999",
            "-1e999999999",
            "1e-999999999",
            "1.5e999999999",
            "9".repeat(900),
            "0." + "1".repeat(900),
            "1e2147483647",
            "-0",
            "18446744073709551616");

    private static final List<String> SCHEMAS_OF_NUMBERS = List.of(
            "{\"multipleOf\":0.01}",
            "{\"multipleOf\":3}",
            "{\"multipleOf\":1e-300}",
            "{\"multipleOf\":1e999999}",
            "{\"type\":\"integer\"}",
            "{\"minimum\":-1e99999999,\"maximum\":1e99999999}",
            "{\"exclusiveMinimum\":0,\"exclusiveMaximum\":1e-99999999}",
            "{\"enum\":[1,1e999999999,1e-999999999]}",
            "{\"const\":1e999999999}",
            "{\"anyOf\":[{\"type\":\"integer\",\"multipleOf\":7},{\"type\":\"number\",\"maximum\":0}]}");

    private final RecordCodec strict = new JsonCodec()
            .configured(new CodecSettings(
                    Map.of("json.fail.invalid.schema", true), false, HostileValuesTest.class.getClassLoader()));

    static Stream<Arguments> numbers() {
        return SCHEMAS_OF_NUMBERS.stream()
                .flatMap(schema -> NUMBERS.stream().map(number -> Arguments.of(schema, number)));
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("numbers")
    void read_numberBeyondRange_isAnsweredSoon(String schema, String number) {
        String list = "{\"uniqueItems\":true,\"items\":" + schema + "}";

        readOrRefuse(JsonSchema.parse(schema), number, schema);
        readOrRefuse(JsonSchema.parse(list), "[" + number + ",1," + number + "]", list);
        writeOrRefuse(JsonSchema.parse(schema), new BigDecimal(number), schema);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void read_randomExpressions_areAnsweredSoon(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            String expression = expression(random, 5);
            String quoted = new ObjectMapper().writeValueAsString(expression);
            JsonSchema schema = JsonSchema.parse(
                    "{\"type\":\"object\",\"patternProperties\":{" + quoted + ":{\"type\":\"string\",\"pattern\":"
                            + quoted + "}},\"propertyNames\":{\"pattern\":" + quoted + "}}");
            String text = "ab".repeat(random.nextInt(100)) + "a".repeat(random.nextInt(3_000)) + "!";

            readOrRefuse(schema, "{\"" + text + "\":\"" + text + "\"}", "seed " + seed + ": " + expression);
        }
    }

    /** Quantifiers within quantifiers, alternatives that overlap, groups that are referred to. */
    private static String expression(Random random, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return List.of("a", "b", "[ab]", ".", "\\w", "a?", "\\b").get(random.nextInt(7));
        }
        String one = expression(random, depth - 1);
        return switch (random.nextInt(8)) {
            case 0 -> "(" + one + ")+";
            case 1 -> "(?:" + one + ")*";
            case 2 -> "(" + one + "|" + expression(random, depth - 1) + ")*";
            case 3 -> "(" + one + "){2,40}";
            case 4 -> "(?=" + one + ")" + one;
            case 5 -> "(" + one + ")\\1*";
            case 6 -> "^(?:" + one + ")*$";
            default -> one + expression(random, depth - 1);
        };
    }

    @Test
    void read_thousandsOfLevels_areRefused() {
        for (JsonSchema schema : List.of(
                JsonSchema.parse("true"),
                JsonSchema.parse("{\"items\":{\"$ref\":\"#\"},\"additionalProperties\":{\"$ref\":\"#\"}}"))) {
            assertThatThrownBy(() -> read(schema, "[".repeat(5_000) + "]".repeat(5_000)))
                    .isInstanceOf(RecordException.class);
            assertThatThrownBy(() -> read(schema, "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)))
                    .isInstanceOf(RecordException.class);
            readOrRefuse(schema, "[".repeat(900) + "]".repeat(900), "900 levels");
        }
    }

    @Test
    void write_thousandsOfLevels_areRefused() {
        List<Object> value = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            List<Object> around = new ArrayList<>();
            around.add(value);
            value = around;
        }
        List<Object> deep = value;
        RecordCodec.Writer writer = strict.writer(JsonSchema.parse("true"));

        assertThatThrownBy(() -> writer.write(deep, new RecordBuffer(16)))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("cannot be written as JSON");
    }

    @Test
    void read_oneWordThatIsNoJson_isShownInPartOnly() {
        assertThatThrownBy(() -> read(JsonSchema.parse("true"), "correct-horse-battery-staple"))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("'correct")
                .hasStackTraceContaining("JsonParseException")
                .satisfies(failure ->
                        assertThat(String.valueOf(failure.getCause()) + failure).doesNotContain("correct-horse"));
    }

    @Test
    void read_keyThatIsThereTwice_isTheLastOneInValueAndValidation() {
        JsonSchema schema = JsonSchema.parse("{\"properties\":{\"a\":{\"type\":\"integer\"}}}");

        assertThat(read(schema, "{\"a\":\"x\",\"a\":2}")).isEqualTo(Map.of("a", 2));
        assertThatThrownBy(() -> read(schema, "{\"a\":2,\"a\":\"x\"}")).isInstanceOf(RecordException.class);
        assertThat(JsonSchema.parse("{\"title\":\"A\",\"title\":\"B\"}").recordName())
                .contains("B");
    }

    @Test
    void read_numberWithoutASchemaToHoldItAgainst_isWhatItIs() {
        assertThat(new JsonCodec()
                        .reader(JsonSchema.parse("{\"multipleOf\":3}"), Target.generic())
                        .read(ByteBuffer.wrap("1e999999999".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new BigDecimal("1e999999999"));
    }

    private void readOrRefuse(JsonSchema schema, String json, String what) {
        doneOrRefused(() -> read(schema, json), what);
    }

    private void writeOrRefuse(JsonSchema schema, Object value, String what) {
        doneOrRefused(() -> strict.writer(schema).write(value, new RecordBuffer(16)), what);
    }

    private static void doneOrRefused(Runnable work, String what) {
        assertThatCode(() -> {
                    try {
                        work.run();
                    } catch (RecordException | InvalidSchemaException e) {
                        assertThat(e.getMessage()).contains("schema");
                    }
                })
                .as(what)
                .doesNotThrowAnyException();
    }

    private @Nullable Object read(JsonSchema schema, String json) {
        return strict.reader(schema, Target.generic()).read(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }
}
