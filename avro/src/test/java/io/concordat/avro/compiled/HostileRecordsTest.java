package io.concordat.avro.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.avro.plan.Limits;
import io.concordat.avro.plan.ReadPlan;
import io.concordat.avro.plan.ReadPlanner;
import io.concordat.avro.plan.Shape;
import io.concordat.avro.plan.WritePlanner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes and values that mean harm, both ways. */
class HostileRecordsTest {
    private static final Schema NODE = new Schema.Parser().parse("""
            {"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]}]}""");

    private static Schema schema(String text) {
        return new Schema.Parser().parse(text);
    }

    private static BothWays.Reader reader(String text) {
        return new BothWays.Reader(schema(text), schema(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int      | 808080808001                 | an int has more than 5 bytes",
                "long     | 8080808080808080808001       | a long has more than 10 bytes",
                "string   | fcffffffffffffffff01         | a length of",
                "string   | 01                           | a length of -1",
                "string   | 0a6162                       | a length of 5 is not within the 2 bytes left",
                "string   | 04c328                       | the text is not UTF-8",
                "double   | 00000000                     | the record ends too early",
            })
    void value_broken_isRefused(String type, String hex, String message) {
        BothWays.Reader reader = reader("\"" + type + "\"");

        assertThat(reader.read(HexFormat.of().parseHex(hex)).refusal()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null    | 8094ebdc0300", // 500,000,000 of nothing
                "null    | 80a0d9e60500", // and more
                "int     | 8094ebdc0300",
                "string  | fe01", // 127 of them, without a byte
                "int     | ffffffffffffffffff0102", // Long.MIN_VALUE
                "int     | 0105020400", // a block of a negative size
            })
    void array_claimsWhatIsNotThere_isRefused(String items, String hex) {
        BothWays.Reader reader = reader("{\"type\":\"array\",\"items\":\"" + items + "\"}");

        assertThat(reader.read(HexFormat.of().parseHex(hex)).refusal()).contains("a block");
    }

    @Test
    void arrayOfNothing_withinTheLimit_isRead() {
        BothWays.Reader reader = reader("{\"type\":\"array\",\"items\":\"null\"}");

        Object read = reader.read(HexFormat.of().parseHex("d00f00")).value();

        assertThat((List<?>) read).hasSize(1_000);
    }

    @Test
    void recordsWithoutBytes_countByTheirFields() {
        String fields = "{\"name\":\"f%d\",\"type\":\"null\"},".repeat(99) + "{\"name\":\"f%d\",\"type\":\"null\"}";
        Object[] numbers = new Object[100];
        Arrays.setAll(numbers, i -> i);
        String text = "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"N\",\"fields\":["
                + String.format(fields, numbers) + "]}}";

        assertThat(reader(text).read(HexFormat.of().parseHex("d00f00")).isRefused())
                .isTrue();
        assertThat(reader(text).read(HexFormat.of().parseHex("900300")).isRefused())
                .isFalse();
    }

    @Test
    void manyBlocksOfOneElement_takeTimeInProportion() {
        byte[] bytes = new byte[400_001];
        for (int i = 0; i < 400_000; i += 2) {
            bytes[i] = 2;
            bytes[i + 1] = 6;
        }

        Object read =
                reader("{\"type\":\"array\",\"items\":\"int\"}").read(bytes).value();

        assertThat((List<?>) read).hasSize(200_000);
    }

    @Test
    void recordWithinAnArray_endsWhereItEnds() {
        BothWays.Reader strings = reader("\"string\"");
        BothWays.Reader numbers = reader("{\"type\":\"array\",\"items\":\"long\"}");
        byte[] bytes = {9, 9, 8, 'a', 'b', 'c', 'd', 9};
        byte[] open = {2, 2, 2, 2, 0};

        assertThat(strings.read(bytes, 2, 7).value()).isEqualTo("abcd");
        assertThat(strings.read(bytes, 2, 6).isRefused()).isTrue();
        assertThat(numbers.read(open, 0, 5).isRefused()).isFalse();
        assertThat(numbers.read(open, 0, 4).isRefused())
                .as("its end is not its own")
                .isTrue();
    }

    @Test
    void skippedItems_claimWhatIsNotThere_areRefused() {
        Schema written = schema("""
                {"type":"record","name":"R","fields":[{"name":"a","type":{"type":"array","items":"null"}},
                  {"name":"b","type":{"type":"map","values":"long"}}]}""");
        Schema read = schema("{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}");
        BothWays.Reader reader = new BothWays.Reader(written, read);

        assertThat(reader.read(HexFormat.of().parseHex("fcffffffffffffffff0100"))
                        .isRefused())
                .isTrue();
        assertThat(reader.read(HexFormat.of().parseHex("00feffffffffffffffff01"))
                        .isRefused())
                .isTrue();
        assertThat(reader.read(HexFormat.of().parseHex("0001ffffffff0f00")).isRefused())
                .isTrue();
        assertThat(reader.read(HexFormat.of().parseHex("0600 0104020000".replace(" ", "")))
                        .isRefused())
                .isFalse();
    }

    @Test
    void nesting_asDeepAsTheLimit_isReadAndWrittenAndNoDeeper() {
        ReadPlan plan = ReadPlanner.plan(NODE, NODE, Shape.AVRO, GenericData.get(), null)
                .withLimits(new Limits(7, 0));
        BothWays.Reader reader = new BothWays.Reader(plan);
        BothWays.Writer writer = new BothWays.Writer(
                WritePlanner.plan(NODE, Shape.AVRO, GenericData.get()).withLimits(new Limits(7, 0)));

        assertThat(reader.read(chain(7)).isRefused()).isFalse();
        assertThat(reader.read(chain(8)).refusal()).contains("more than 7 levels deep");
        assertThat(writer.write(nodes(7)).value()).isEqualTo(chain(7));
        assertThat(writer.write(nodes(8)).refusal()).contains("more than 7 levels deep");
    }

    private static byte[] chain(int depth) {
        byte[] bytes = new byte[depth];
        Arrays.fill(bytes, 0, depth - 1, (byte) 2);
        return bytes;
    }

    private static GenericData.@Nullable Record nodes(int depth) {
        GenericData.Record node = null;
        for (int i = 0; i < depth; i++) {
            GenericData.Record around = new GenericData.Record(NODE);
            around.put("next", node);
            node = around;
        }
        return node;
    }

    @Test
    void value_thatContainsItself_isRefused() {
        GenericData.Record node = new GenericData.Record(NODE);
        node.put("next", node);

        assertThat(new BothWays.Writer(NODE).write(node).refusal()).contains("more than 500 levels deep");
    }

    @Test
    void collections_whoseSizeIsWrong_areRefused() {
        Schema schema = schema("""
                {"type":"record","name":"R","fields":[{"name":"list","type":{"type":"array","items":"string"}},
                  {"name":"map","type":{"type":"map","values":"int"}}]}""");
        BothWays.Writer writer = new BothWays.Writer(schema);
        GenericData.Record record = new GenericData.Record(schema);
        Map<@Nullable String, Integer> withNull = new HashMap<>();
        withNull.put(null, 1);

        record.put("list", new Lying());
        record.put("map", Map.of());
        assertThat(writer.write(record).refusal()).contains("list: its size was 3");
        record.put("list", List.of());
        record.put("map", withNull);
        assertThat(writer.write(record).refusal()).contains("null key");
        record.put("map", Map.of("a", 3_000_000_000L));
        assertThat(writer.write(record).refusal()).isEqualTo("map[a]: expected int, found Long 3000000000");
    }

    /** A list of one that says it has three. */
    private static final class Lying extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Lying() {
            add("one");
        }

        @Override
        public int size() {
            return 3;
        }

        @Override
        public java.util.Iterator<String> iterator() {
            return List.of("one").iterator();
        }
    }
}
