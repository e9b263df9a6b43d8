package io.concordat.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.api.format.RecordException;
import io.concordat.avro.compiled.Compilation;
import io.concordat.avro.test.Digest;
import io.concordat.avro.test.Line;
import io.concordat.avro.test.Order;
import io.concordat.avro.test.Status;
import io.concordat.avro.test.Tripped;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "compiled after {0} uses")
@ValueSource(ints = {Compilation.NEVER, 0})
class AvroCodecTest {
    private static final AvroSchema USER = AvroSchema.parse("""
            {"type":"record","name":"User","namespace":"com.acme","fields":[
              {"name":"name","type":"string"},{"name":"age","type":"int"},
              {"name":"email","type":["null","string"],"default":null}]}""");

    private static final AvroSchema LIST = AvroSchema.parse("""
            {"type":"record","name":"Node","fields":[
              {"name":"next","type":["null","Node"]},{"name":"children","type":{"type":"array","items":"Node"}}]}""");

    private final AvroCodec codec;

    AvroCodecTest(int compileAfter) {
        codec = new AvroCodec(compileAfter);
    }

    @Test
    void serviceLoader_findsTheCodec() {
        assertThat(ServiceLoader.load(RecordCodec.class)).anyMatch(AvroCodec.class::isInstance);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("foo", "06666f6f"),
                Arguments.of(user("Kim", 33, "k@x.io"), "064b696d42020c6b40782e696f"),
                Arguments.of(-1L, "01"),
                Arguments.of(HexFormat.of().parseHex("deadbeef"), "deadbeef"),
                Arguments.of(
                        new GenericData.Record(AvroSchema.parse("{\"type\":\"record\",\"name\":\"Z\",\"fields\":[]}")
                                .schema()),
                        ""),
                Arguments.of(42, "54"),
                Arguments.of(7L, "0e"),
                Arguments.of(true, "01"),
                Arguments.of(1.5f, "0000c03f"),
                Arguments.of(2.5d, "0000000000000440"),
                Arguments.of(Map.of(new Utf8("k"), 1), "02026b0200"),
                Arguments.of(Map.of(), "00"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void writeAndRead_anyValue_isTheKnownBytesAndBack(Object value, String hex) {
        Object key = codec.schemaKey(value);
        AvroSchema schema = codec.schemaOf(Objects.requireNonNull(key));

        byte[] bytes = write(schema, value);

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
        assertThat(read(schema, Target.generic(), bytes)).isEqualTo(value);
    }

    private static GenericRecord user(String name, int age, @Nullable String email) {
        GenericRecord user = new GenericData.Record(USER.schema());
        user.put("name", new Utf8(name));
        user.put("age", age);
        user.put("email", email == null ? null : new Utf8(email));
        return user;
    }

    private byte[] write(AvroSchema schema, Object value) {
        RecordBuffer out = new RecordBuffer(1);
        codec.writer(schema).write(value, out);
        return out.toByteArray();
    }

    private Object read(AvroSchema writer, Target target, byte[] bytes) {
        return Objects.requireNonNull(codec.reader(writer, target).read(ByteBuffer.wrap(bytes)));
    }

    @Test
    void schemaKey_sameKindOfValue_isTheSameObject() {
        assertThat(codec.schemaKey("a")).isSameAs(codec.schemaKey(new Utf8("b")));
        assertThat(codec.schemaKey(new byte[1])).isSameAs(codec.schemaKey(ByteBuffer.allocate(2)));
        assertThat(codec.schemaKey(Map.of("a", 1))).isSameAs(codec.schemaKey(new HashMap<>(Map.of("b", 2))));
        assertThat(codec.schemaKey(Map.of("a", user("x", 1, null))))
                .isSameAs(codec.schemaKey(Map.of("b", user("y", 2, null))));
        assertThat(codec.schemaKey(user("x", 1, null))).isSameAs(USER.schema());
        assertThat(codec.schemaKey(new Order())).isSameAs(Order.SCHEMA$);
    }

    @Test
    void schemaKey_valueWithoutASchema_isNull() {
        assertThat(codec.schemaKey(new Object())).isNull();
        assertThat(codec.schemaKey(List.of(1))).isNull();
        assertThat(codec.schemaKey(Map.of("a", new Object()))).isNull();
        assertThat(codec.schemaKey('c')).isNull();
    }

    @Test
    void read_textAtTheTop_isJavasOwnAndWithinARecordAvros() {
        assertThat(read(AvroSchema.parse("\"string\""), Target.generic(), write(AvroSchema.parse("\"string\""), "é")))
                .isEqualTo("é");
        AvroSchema marked = AvroSchema.parse(USER.content()
                .text()
                .replace("\"type\":\"string\"", "\"type\":{\"type\":\"string\",\"avro.java.string\":\"String\"}"));
        byte[] bytes = write(USER, user("Kim", 33, null));

        assertThat(((GenericRecord) read(USER, Target.generic(), bytes)).get("name"))
                .isEqualTo(new Utf8("Kim"));
        assertThat(((GenericRecord) read(marked, Target.generic(), bytes)).get("name"))
                .isEqualTo("Kim");
    }

    @Test
    void write_avrosTextAtTheTop_isText() {
        RecordBuffer out = new RecordBuffer(16);

        codec.writer(AvroSchema.parse("\"string\"")).write(new Utf8("foo"), out);

        assertThat(HexFormat.of().formatHex(out.toByteArray())).isEqualTo("06666f6f");
    }

    @Test
    void writeAndRead_slicesOfBuffers_keepToPositionAndLimit() {
        AvroSchema bytes = AvroSchema.parse("\"bytes\"");
        AvroSchema nested = AvroSchema.parse(
                "{\"type\":\"record\",\"name\":\"B\",\"fields\":[{\"name\":\"b\",\"type\":\"bytes\"}]}");
        ByteBuffer slice = ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}, 1, 3).slice();
        slice.position(1);
        ByteBuffer direct = ByteBuffer.allocateDirect(4).put(new byte[] {9, 3, 4, 9});
        direct.position(1).limit(3);
        GenericRecord record = new GenericData.Record(nested.schema());
        record.put("b", slice);

        assertThat(write(bytes, slice)).containsExactly(3, 4);
        assertThat(write(bytes, direct)).containsExactly(3, 4);
        assertThat(write(nested, record)).containsExactly(4, 3, 4);
        assertThat(slice.remaining()).isEqualTo(2);
        assertThat(codec.reader(bytes, Target.generic()).read(direct)).isEqualTo(new byte[] {3, 4});
        assertThat(direct.position()).isEqualTo(1);
    }

    @Test
    void read_bytesAndTextAtTheTopInEachOther_arePromoted() {
        AvroSchema bytes = AvroSchema.parse("\"bytes\"");
        AvroSchema string = AvroSchema.parse("\"string\"");

        assertThat(read(bytes, Target.generic().withReaderSchema(string), "é".getBytes(UTF_8)))
                .isEqualTo("é");
        assertThat(read(string, Target.generic().withReaderSchema(bytes), write(string, "é")))
                .isEqualTo("é".getBytes(UTF_8));
    }

    static Stream<Arguments> misfits() {
        GenericRecord order = new GenericData.Record(Order.SCHEMA$);
        GenericRecord line = new GenericData.Record(Line.SCHEMA$);
        line.put("price", "dear");
        order.put("id", "1");
        order.put("at", 1L);
        order.put("status", new GenericData.EnumSymbol(Status.SCHEMA$, "OPEN"));
        order.put("lines", List.of(line));
        return Stream.of(
                Arguments.of(Order.SCHEMA$, order, "lines[0].price: expected double, found String"),
                Arguments.of(Order.SCHEMA$, new GenericData.Record(Order.SCHEMA$), "id: expected string, found null"),
                Arguments.of(USER.schema(), "Kim", "expected record com.acme.User, found String"),
                Arguments.of(Schema.create(Schema.Type.INT), 3_000_000_000L, "3000000000"),
                Arguments.of(
                        Schema.createMap(Schema.create(Schema.Type.INT)),
                        Map.of("a", "x"),
                        "[a]: expected int, found String"),
                Arguments.of(
                        Status.SCHEMA$,
                        new GenericData.EnumSymbol(Schema.createEnum("O", null, null, List.of("LOST")), "LOST"),
                        "LOST"),
                Arguments.of(Digest.SCHEMA$, new Digest(new byte[3]), "3 bytes"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void write_valueThatDoesNotFit_saysWhere(Schema schema, Object value, String message) {
        assertThatThrownBy(() -> write(AvroSchema.of(schema), value))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining(message);
    }

    @Test
    void write_javaTimeInAGenericRecord_isRefused() {
        GenericRecord order = new GenericData.Record(Order.SCHEMA$);
        order.put("id", "1");
        order.put("at", Instant.EPOCH);

        assertThatThrownBy(() -> write(AvroSchema.of(Order.SCHEMA$), order))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("at: expected timestamp-millis, found Instant;"
                        + " without avro.use.logical.type.converters=true it is taken as long only");
    }

    @Test
    void write_valueThatContainsItself_isRefused() {
        GenericRecord node = new GenericData.Record(LIST.schema());
        node.put("next", node);
        node.put("children", List.of());

        assertThatThrownBy(() -> write(LIST, node))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("levels deep");
    }

    @Test
    void write_recordOfAnotherVersion_goesByNamesAndDefaults() {
        AvroSchema newer = AvroSchema.parse("""
                {"type":"record","name":"User","namespace":"com.acme","fields":[
                  {"name":"level","type":"long","default":5},{"name":"years","type":"long","aliases":["age"]},
                  {"name":"name","type":"string"}]}""");

        GenericRecord read = (GenericRecord) read(newer, Target.generic(), write(newer, user("Kim", 33, null)));

        assertThat(read).hasToString("{\"level\": 5, \"years\": 33, \"name\": \"Kim\"}");
        assertThatThrownBy(() -> write(USER, read))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("age: ")
                .hasMessageContaining("no default");
    }

    @Test
    void reader_schemaThatCannotRead_isRefusedAtOnce() {
        AvroSchema other = AvroSchema.parse("""
                {"type":"record","name":"User","namespace":"com.acme","fields":[
                  {"name":"in","type":{"type":"record","name":"In","fields":[{"name":"a","type":"int"}]}}]}""");
        AvroSchema writer = AvroSchema.parse(other.content().text().replace("\"type\":\"int\"", "\"type\":\"string\""));

        assertThatThrownBy(() -> codec.reader(writer, Target.generic().withReaderSchema(other)))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("'in.a'")
                .hasMessageContaining("Found string, expecting int");
        assertThatThrownBy(() -> codec.reader(USER, Target.generic().withReaderSchema(other)))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("missing required field in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"x\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]},\"default\":\"B\"}",
                "{\"name\":\"x\",\"type\":\"int\",\"default\":\"B\"}",
                "{\"name\":\"x\",\"type\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":2000000000},\"default\":\"\"}",
            })
    void reader_defaultThatCannotBeUsed_isRefused(String field) {
        AvroSchema reader = AvroSchema.parse(
                "{\"type\":\"record\",\"name\":\"User\",\"namespace\":\"com.acme\",\"fields\":[" + field + "]}");

        assertThatThrownBy(() -> codec.reader(USER, Target.generic().withReaderSchema(reader)))
                .isInstanceOf(InvalidSchemaException.class);
    }

    @Test
    void read_defaultsOfTheReader_areFreshForEachRecord() {
        AvroSchema reader = AvroSchema.parse("""
                {"type":"record","name":"User","namespace":"com.acme","fields":[
                  {"name":"tags","type":{"type":"array","items":"string"},"default":["a"]},
                  {"name":"u","type":["int","null"],"default":3}]}""");
        RecordCodec.Reader through = codec.reader(USER, Target.generic().withReaderSchema(reader));
        ByteBuffer bytes = ByteBuffer.wrap(write(USER, user("Kim", 33, null)));

        GenericRecord first = (GenericRecord) Objects.requireNonNull(through.read(bytes));
        @SuppressWarnings("unchecked")
        List<Object> tags = (List<Object>) first.get("tags");
        tags.clear();

        assertThat(through.read(bytes)).hasToString("{\"tags\": [\"a\"], \"u\": 3}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fcffffffffffffffff01", // a length of 2^62
                "01", // a length of -1
                "06666f", // cut short
                "ffffffffffffffffffffff", // a varint without end
                ""
            })
    void read_brokenText_isRefused(String hex) {
        assertThatThrownBy(() -> read(
                        AvroSchema.parse("\"string\""),
                        Target.generic(),
                        HexFormat.of().parseHex(hex)))
                .isInstanceOf(RecordException.class);
    }

    @Test
    void read_moreItemsThanBytes_isRefusedBeforeTheyAreMade() {
        AvroSchema ints = AvroSchema.parse("{\"type\":\"array\",\"items\":\"int\"}");
        AvroSchema nulls = AvroSchema.parse("{\"type\":\"array\",\"items\":\"null\"}");
        byte[] billions = HexFormat.of().parseHex("8094ebdc0300");

        assertThatThrownBy(() -> read(ints, Target.generic(), billions))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("items");
        assertThatThrownBy(() -> read(nulls, Target.generic(), billions)).isInstanceOf(RecordException.class);
        assertThat((List<?>) read(nulls, Target.generic(), HexFormat.of().parseHex("d00f00")))
                .as("items without bytes are fine in numbers")
                .hasSize(1_000);
    }

    @Test
    void read_recordNestedWithoutEnd_isRefusedOnASmallStack() throws InterruptedException {
        byte[] deep = new byte[400_000];
        Arrays.fill(deep, (byte) 2);
        List<Throwable> thrown = new ArrayList<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        read(LIST, Target.generic(), deep);
                    } catch (Throwable e) {
                        thrown.add(e);
                    }
                },
                "small-stack",
                768 * 1024);
        thread.start();
        thread.join();

        assertThat(thrown).singleElement().isInstanceOf(RecordException.class);
        assertThat(thrown.get(0)).hasMessageContaining("levels deep");
    }

    @Test
    void read_damagedBytes_neverThrowAnythingElse() {
        long seed = Long.getLong("seed", 20261124);
        Random random = new Random(seed);
        AvroSchema schema = AvroSchema.of(Order.SCHEMA$);
        byte[] good = write(schema, order());
        RecordCodec.Reader generic = codec.reader(schema, Target.generic());
        RecordCodec.Reader specific = codec.reader(schema, specific());
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 3));
            for (int k = random.nextInt(4); k > 0 && bad.length > 0; k--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            readOrRefuse(generic, bad, seed);
            readOrRefuse(specific, bad, seed);
        }
    }

    private static void readOrRefuse(RecordCodec.Reader reader, byte[] bytes, long seed) {
        try {
            reader.read(ByteBuffer.wrap(bytes));
        } catch (RecordException e) {
            assertThat(e).as("seed %s", seed).hasMessageNotContaining("null");
        }
    }

    private static Order order() {
        Line line = new Line();
        line.price = 2.5;
        Order order = new Order();
        order.id = "o1";
        order.at = Instant.ofEpochMilli(1_000);
        order.status = Status.default$;
        order.lines = List.of(line);
        order.paid = Instant.ofEpochMilli(2_000);
        order.digest = new Digest(new byte[] {1, 2});
        return order;
    }

    private static Target specific() {
        return new Target(null, true, AvroCodecTest.class.getClassLoader());
    }

    @Test
    void read_specific_makesGeneratedClassesAllTheWayDown() {
        AvroSchema schema = codec.schemaOf(Objects.requireNonNull(codec.schemaKey(order())));
        byte[] bytes = write(schema, order());

        Order read = (Order) read(schema, specific(), bytes);

        assertThat(read).isEqualTo(order());
        assertThat(read.lines).singleElement().isInstanceOf(Line.class);
        assertThat(read.paid).isEqualTo(Instant.ofEpochMilli(2_000));
        assertThat(read.status).isSameAs(Status.default$);
        assertThat(((GenericRecord) read(schema, Target.generic(), bytes)).get("at"))
                .isEqualTo(1_000L);
    }

    @Test
    void read_specificFromAnOlderWriter_fillsTheClassesOwnFields() {
        AvroSchema older = AvroSchema.parse(Order.SCHEMA$
                .toString()
                .replace(
                        "{\"name\":\"paid\",\"type\":[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}],"
                                + "\"default\":null},",
                        "{\"name\":\"gone\",\"type\":\"string\"},"));
        GenericRecord record = new GenericData.Record(older.schema());
        record.put("id", "o1");
        record.put("at", 1_000L);
        record.put("status", new GenericData.EnumSymbol(Status.SCHEMA$, "OPEN"));
        record.put("lines", List.of());
        record.put("gone", "x");
        record.put("digest", new Digest(new byte[] {1, 2}));

        Order read = (Order) read(older, specific(), write(older, record));

        assertThat(read.paid).isNull();
        assertThat(read.digest).isEqualTo(new Digest(new byte[] {1, 2}));
    }

    @Test
    void read_specificWithinMapsAndUnions_usesTheClasses() {
        AvroSchema map = AvroSchema.of(
                Schema.createMap(Schema.createUnion(Schema.create(Schema.Type.NULL), Line.SCHEMA$, USER.schema())));
        Line line = new Line();
        Map<String, Object> value = Map.of("line", line, "user", user("Kim", 1, null));

        Map<?, ?> read = (Map<?, ?>) read(map, specific(), write(map, value));

        assertThat(read.get(new Utf8("line"))).isInstanceOf(Line.class);
        assertThat(read.get(new Utf8("user"))).isInstanceOf(GenericData.Record.class);
    }

    @Test
    void read_specificNamedAfterSomeOtherClass_neitherInitialisesNorUsesIt() {
        AvroSchema trap = AvroSchema.parse(
                "{\"type\":\"record\",\"name\":\"Trap\",\"namespace\":\"io.concordat.avro.test\",\"fields\":[]}");
        AvroSchema string = AvroSchema.parse(
                "{\"type\":\"record\",\"name\":\"S\",\"fields\":[{\"name\":\"s\",\"type\":{\"type\":\"string\","
                        + "\"java-class\":\"io.concordat.avro.test.Trap\"}}]}");

        assertThat(read(trap, specific(), new byte[0])).isInstanceOf(GenericData.Record.class);
        assertThat(read(string, specific(), new byte[1])).hasToString("{\"s\": \"\"}");
        assertThat(Tripped.TRIPPED).isFalse();
    }

    @Test
    void reader_specificWithASchemaThatIsNotTheClasses_isRefused() {
        AvroSchema other = AvroSchema.parse("""
                {"type":"record","name":"Line","namespace":"io.concordat.avro.test","fields":[
                  {"name":"amount","type":"int","default":1},{"name":"price","type":"double"}]}""");

        assertThatThrownBy(() ->
                        codec.reader(AvroSchema.of(Line.SCHEMA$), specific().withReaderSchema(other)))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("[price]")
                .hasMessageContaining("[amount, price]");
    }

    @Test
    void oneReaderAndWriter_manyThreads_doNotDisturbEachOther() throws InterruptedException, ExecutionException {
        AvroSchema schema = AvroSchema.of(Order.SCHEMA$);
        RecordCodec.Writer writer = codec.writer(schema);
        RecordCodec.Reader reader = codec.reader(schema, specific());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                String id = "thread " + t;
                work.add(threads.submit(() -> roundTrips(writer, reader, id)));
            }
            for (Future<?> done : work) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static void roundTrips(RecordCodec.Writer writer, RecordCodec.Reader reader, String id) {
        RecordBuffer out = new RecordBuffer(16);
        for (int i = 0; i < 2_000; i++) {
            Order order = order();
            order.id = id + i;
            out.reset();
            writer.write(order, out);
            assertThat(reader.read(ByteBuffer.wrap(out.toByteArray()))).isEqualTo(order);
        }
    }
}
