package io.concordat.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.api.format.RecordException;
import io.concordat.avro.annotation.Decimal;
import io.concordat.avro.compiled.Compilation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.reflect.AvroAlias;
import org.apache.avro.reflect.AvroDefault;
import org.apache.avro.reflect.AvroName;
import org.apache.avro.reflect.AvroSchema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain Java objects, written and read. */
@ParameterizedClass(name = "compiled after {0} uses")
@ValueSource(ints = {Compilation.NEVER, 0})
class JavaValuesTest {
    private final AvroCodec codec;

    JavaValuesTest(int compileAfter) {
        codec = new AvroCodec(compileAfter);
    }

    record Line(
            String sku,
            int quantity,
            @Decimal(precision = 10, scale = 2) BigDecimal price) {}

    enum Status {
        OPEN,
        @AvroName("PAID_UP")
        PAID
    }

    sealed interface Payment permits Card, Transfer, Nothing {}

    record Card(String number) implements Payment {}

    record Transfer(String iban, @Nullable Integer days) implements Payment {}

    enum Nothing implements Payment {
        NOTHING
    }

    record Order(
            String id,
            Status status,
            Instant placed,
            List<Line> lines,
            @Nullable Payment payment,
            Optional<String> note,
            Optional<Instant> shipped,
            Map<String, Long> weights) {}

    private static final Order ORDER = new Order(
            "o1",
            Status.PAID,
            Instant.parse("2026-11-26T19:00:00.123456Z"),
            List.of(new Line("a", 2, new BigDecimal("9.90")), new Line("é", -1, new BigDecimal("-0.05"))),
            new Transfer("LI1", 3),
            Optional.of("fragile"),
            Optional.empty(),
            Map.of("net", 5L));

    @Test
    void writeAndRead_record_isEqual() {
        assertThat(roundTrip(ORDER)).isEqualTo(ORDER);
        Order bare = new Order(
                "",
                Status.OPEN,
                Instant.EPOCH.minusNanos(1_000),
                List.of(),
                null,
                Optional.empty(),
                Optional.empty(),
                Map.of());
        assertThat(roundTrip(bare)).isEqualTo(bare);
        Order unpaid = new Order(
                "",
                Status.OPEN,
                Instant.EPOCH,
                List.of(),
                Nothing.NOTHING,
                Optional.empty(),
                Optional.of(Instant.EPOCH),
                Map.of());
        assertThat(roundTrip(unpaid)).isEqualTo(unpaid);
    }

    private Object roundTrip(Object value) {
        io.concordat.avro.AvroSchema schema = codec.schemaOf(Objects.requireNonNull(codec.schemaKey(value)));
        byte[] bytes = write(codec, schema, value);
        requireReadable(schema.schema(), bytes);
        return read(codec.of(value.getClass()), schema, bytes);
    }

    /** Avro itself reads what we write, to its end. */
    private static Object requireReadable(Schema schema, byte[] bytes) {
        try {
            var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
            Object record = new GenericDatumReader<>(schema).read(null, decoder);
            assertThat(decoder.isEnd()).isTrue();
            return record;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] write(AvroCodec codec, io.concordat.avro.AvroSchema schema, Object value) {
        RecordBuffer out = new RecordBuffer(16);
        codec.writer(schema).write(value, out);
        return out.toByteArray();
    }

    private static Object read(AvroCodec codec, io.concordat.avro.AvroSchema writer, byte[] bytes) {
        return Objects.requireNonNull(codec.reader(writer, Target.generic()).read(ByteBuffer.wrap(bytes)));
    }

    @Test
    void schemaKey_sameClass_isTheSameObject() {
        assertThat(codec.schemaKey(ORDER))
                .isSameAs(codec.schemaKey(new Order(
                        "",
                        Status.OPEN,
                        Instant.EPOCH,
                        List.of(),
                        null,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of())));
        assertThat(codec.schemaKey(ORDER)).isSameAs(new AvroCodec().schemaKey(ORDER));
    }

    @Test
    void of_record_isTheDocumentedSchema() {
        assertThat(io.concordat.avro.AvroSchema.of(Order.class)).isEqualTo(io.concordat.avro.AvroSchema.parse("""
                {"type":"record","name":"Order","namespace":"io.concordat.avro.JavaValuesTest","fields":[
                  {"name":"id","type":"string"},
                  {"name":"status","type":{"type":"enum","name":"Status","symbols":["OPEN","PAID_UP"]}},
                  {"name":"placed","type":{"type":"long","logicalType":"timestamp-micros"}},
                  {"name":"lines","type":{"type":"array","items":{"type":"record","name":"Line","fields":[
                    {"name":"sku","type":"string"},{"name":"quantity","type":"int"},
                    {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":10,"scale":2}}]}}},
                  {"name":"payment","type":["null",
                    {"type":"record","name":"Card","fields":[{"name":"number","type":"string"}]},
                    {"type":"record","name":"Transfer","fields":[{"name":"iban","type":"string"},
                      {"name":"days","type":["null","int"],"default":null}]},
                    {"type":"enum","name":"Nothing","symbols":["NOTHING"]}],"default":null},
                  {"name":"note","type":["null","string"],"default":null},
                  {"name":"shipped","type":["null",{"type":"long","logicalType":"timestamp-micros"}],"default":null},
                  {"name":"weights","type":{"type":"map","values":"long"}}]}"""));
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by its fields.
    record Kinds(
            byte i1,
            Short i2,
            char i3,
            @Nullable Integer i4,
            long l,
            float f,
            double d,
            CharSequence s,
            byte[] bytes,
            @Decimal(precision = 30) BigInteger big,
            UUID uuid,
            Date old,
            LocalDate day,
            LocalTime time,
            LocalDateTime local) {}

    @Test
    void writeAndRead_everyKind_isTheSame() {
        Kinds kinds = new Kinds(
                Byte.MIN_VALUE,
                (short) 300,
                'ü',
                null,
                Long.MIN_VALUE,
                Float.MIN_VALUE,
                -0.0,
                "text",
                new byte[] {1, 2},
                new BigInteger("-123456789012345678901234567890"),
                UUID.fromString("af3dd60e-718a-b3ca-a2b8-000e5db61f28"),
                Date.from(Instant.ofEpochMilli(-1)),
                LocalDate.of(1969, 12, 31),
                LocalTime.of(23, 59, 59, 999_999_000),
                LocalDateTime.of(1900, 1, 2, 3, 4, 5, 6_000));

        assertThat(roundTrip(kinds)).usingRecursiveComparison().isEqualTo(kinds);
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by its fields.
    record Collections(
            Set<String> set,
            SortedSet<Integer> sorted,
            Deque<Line> deque,
            ArrayList<Long> list,
            SortedMap<String, Double> map,
            Map<Status, Integer> byStatus,
            String[] texts,
            int[] ints,
            short[] shorts,
            double[] doubles,
            long[][] grid,
            List<Optional<String>> holes) {}

    @Test
    void writeAndRead_everyCollection_isTheSame() {
        Collections collections = new Collections(
                Set.of("b", "a"),
                new TreeSet<>(List.of(3, 1)),
                new ArrayDeque<>(List.of(new Line("x", 1, new BigDecimal("1.00")))),
                new ArrayList<>(List.of(5L)),
                new TreeMap<>(Map.of("k", 1.5)),
                new EnumMap<>(Map.of(Status.PAID, 2)),
                new String[] {"x", ""},
                new int[] {Integer.MIN_VALUE, 7},
                new short[] {1, -1},
                new double[] {-0.0, 1},
                new long[][] {{1, 2}, {}},
                List.of(Optional.of("here"), Optional.empty()));

        assertThat(roundTrip(collections))
                .usingRecursiveComparison()
                .ignoringCollectionOrderInFields("set")
                .isEqualTo(collections);
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by its fields.
    record Logical(
            @AvroSchema("{\"type\":\"bytes\",\"logicalType\":\"big-decimal\"}")
            BigDecimal free,

            @AvroSchema(
                    "{\"type\":\"fixed\",\"name\":\"Dec\",\"size\":8,\"logicalType\":\"decimal\",\"precision\":18,\"scale\":4}")
            BigDecimal fixed,

            @AvroSchema("{\"type\":\"fixed\",\"name\":\"Uid\",\"size\":16,\"logicalType\":\"uuid\"}")
            UUID uuid,

            @AvroSchema("{\"type\":\"int\",\"logicalType\":\"time-millis\"}")
            LocalTime time,

            @AvroSchema("{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}") @Nullable
            Instant millis,

            @AvroSchema("{\"type\":\"long\",\"logicalType\":\"timestamp-nanos\"}")
            Instant nanos,

            @AvroSchema("{\"type\":\"long\",\"logicalType\":\"local-timestamp-nanos\"}")
            LocalDateTime localNanos,

            @AvroSchema("{\"type\":\"fixed\",\"name\":\"Sum\",\"size\":3}")
            byte[] sum,

            @AvroSchema("\"string\"") BigDecimal text) {}

    @Test
    void writeAndRead_logicalTypesThatAreNamed_areTheSame() {
        Logical logical = new Logical(
                new BigDecimal("-12.3450"),
                new BigDecimal("-0.0001"),
                UUID.fromString("af3dd60e-718a-b3ca-a2b8-000e5db61f28"),
                LocalTime.of(1, 2, 3, 4_000_000),
                Instant.ofEpochMilli(-1),
                Instant.ofEpochSecond(-1, 1),
                LocalDateTime.of(1969, 12, 31, 23, 59, 59, 1),
                new byte[] {1, 2, 3},
                new BigDecimal("1E+3"));

        assertThat(roundTrip(logical)).usingRecursiveComparison().isEqualTo(logical);
    }

    @Test
    void writeAndRead_timestampsAtTheirLimits_doNotOverflow() {
        Instant first = Instant.ofEpochSecond(
                Math.floorDiv(Long.MIN_VALUE, 1_000_000_000L), Math.floorMod(Long.MIN_VALUE, 1_000_000_000L));
        Instant last = Instant.ofEpochSecond(0, Long.MAX_VALUE);
        for (Instant limit : List.of(first, last)) {
            Logical logical = logicalAt(limit);
            assertThat(((Logical) roundTrip(logical)).nanos()).isEqualTo(limit);
        }
        assertThatThrownBy(() -> roundTrip(logicalAt(last.plusNanos(1))))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("nanos: expected Instant, found Instant")
                .hasMessageContaining("overflow");
    }

    private static Logical logicalAt(Instant nanos) {
        return new Logical(
                BigDecimal.ONE,
                BigDecimal.ONE,
                new UUID(1, 2),
                LocalTime.MIDNIGHT,
                null,
                nanos,
                LocalDateTime.of(2000, 1, 1, 0, 0),
                new byte[3],
                BigDecimal.ONE);
    }

    /** A JavaBean. */
    public static class Bean {
        private @Nullable String name;
        private int count = 7;
        public List<Bean> parts = new ArrayList<>();

        public @Nullable String getName() {
            return name;
        }

        public void setName(@Nullable String name) {
            this.name = name;
        }

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }
    }

    @Test
    void writeAndRead_beans_areFilledThroughTheirSetters() {
        Bean bean = new Bean();
        bean.name = "a";
        Bean part = new Bean();
        part.count = -1;
        bean.parts.add(part);

        assertThat(roundTrip(bean)).usingRecursiveComparison().isEqualTo(bean);
    }

    record Node(int value, @Nullable Node next) {}

    @Test
    void writeAndRead_recursiveRecord_isTheSame() {
        Node chain = null;
        for (int i = 0; i < 100; i++) {
            chain = new Node(i, chain);
        }

        assertThat(roundTrip(Objects.requireNonNull(chain))).isEqualTo(chain);
    }

    record Measured(int id, Instant at) {}

    @AvroAlias(alias = "Measured")
    record MeasuredLater(
            @AvroAlias(alias = "id") long number,
            @AvroDefault("\"m\"") String unit,
            Optional<String> note,
            @AvroDefault("[]") List<String> tags) {}

    @Test
    void read_intoANewerClass_promotesRenamesAndFillsIn() {
        io.concordat.avro.AvroSchema writer = io.concordat.avro.AvroSchema.of(Measured.class);
        byte[] bytes = write(codec, writer, new Measured(5, Instant.EPOCH));

        assertThat(read(codec.of(MeasuredLater.class), writer, bytes))
                .isEqualTo(new MeasuredLater(5, "m", Optional.empty(), List.of()));
    }

    record Needing(int id, String missing) {}

    @Test
    void reader_classThatNeedsMore_isRefusedAtOnce() {
        io.concordat.avro.AvroSchema writer = io.concordat.avro.AvroSchema.of(Measured.class);

        assertThatThrownBy(() -> codec.of(Needing.class).reader(writer, Target.generic()))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("missing");
    }

    sealed interface Event permits Made, Sold {}

    record Made(int id, String by) implements Event {}

    record Sold(int id, int price) implements Event {}

    sealed interface FewerEvents permits MadeOnly {}

    @io.concordat.avro.annotation.FullName("io.concordat.avro.JavaValuesTest.Made")
    record MadeOnly(int id, String by) implements FewerEvents {}

    @Test
    void writeAndRead_sealedTypeAtTheTop_tellsItsClassesApart() {
        AvroCodec events = codec.of(Event.class);
        io.concordat.avro.AvroSchema schema =
                events.schemaOf(Objects.requireNonNull(events.schemaKey(new Made(1, "x"))));

        assertThat(schema.schema().getType()).isEqualTo(Schema.Type.UNION);
        assertThat(read(events, schema, write(events, schema, new Made(1, "x"))))
                .isEqualTo(new Made(1, "x"));
        assertThat(read(events, schema, write(events, schema, new Sold(2, 3)))).isEqualTo(new Sold(2, 3));
    }

    @Test
    void read_classThatIsNoLongerPermitted_failsOnlyWhereItStands() {
        AvroCodec events = codec.of(Event.class);
        io.concordat.avro.AvroSchema writer = io.concordat.avro.AvroSchema.of(Event.class);
        AvroCodec fewer = codec.of(FewerEvents.class);

        assertThat(read(fewer, writer, write(events, writer, new Made(1, "x")))).isEqualTo(new MadeOnly(1, "x"));
        assertThatThrownBy(() -> read(fewer, writer, write(events, writer, new Sold(2, 3))))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("cannot read it");
    }

    @Test
    void write_underAnotherSchema_goesByNamesAndTheSchemasOwnTypes() {
        io.concordat.avro.AvroSchema latest = io.concordat.avro.AvroSchema.parse("""
                {"type":"record","name":"M","fields":[
                  {"name":"added","type":"string","default":"new"},
                  {"name":"at","type":["null",{"type":"long","logicalType":"timestamp-millis"}]},
                  {"name":"number","type":"long","aliases":["id"]}]}""");

        byte[] bytes = write(codec, latest, new Measured(5, Instant.ofEpochMilli(1_000)));

        assertThat(requireReadable(latest.schema(), bytes))
                .hasToString("{\"added\": \"new\", \"at\": 1000, \"number\": 5}");
        Target throughLatest = Target.generic().withReaderSchema(latest);
        assertThat(codec.of(Measured.class).reader(latest, throughLatest).read(ByteBuffer.wrap(bytes)))
                .isEqualTo(new Measured(5, Instant.ofEpochMilli(1_000)));
    }

    @Test
    void write_schemaThatTheClassDoesNotFit_saysWhere() {
        io.concordat.avro.AvroSchema other = io.concordat.avro.AvroSchema.parse("""
                {"type":"record","name":"M","fields":[{"name":"at","type":"string"}]}""");

        assertThatThrownBy(() -> write(codec, other, new Measured(5, Instant.EPOCH)))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("Measured, at 'at': a java.time.Instant is no string");
    }

    @Test
    void write_valuesThatDoNotFit_sayWhere() {
        Line dear = new Line("a", 1, new BigDecimal("1.999"));
        assertThatThrownBy(() -> roundTrip(with(List.of(ORDER.lines().get(0), dear))))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("lines[1].price: expected decimal(10,2), found BigDecimal: 3 digits behind");
        Line long1 = new Line("a", 1, new BigDecimal("123456789.00"));
        assertThatThrownBy(() -> roundTrip(with(List.of(long1))))
                .hasMessageContaining("lines[0].price: expected decimal(10,2), found BigDecimal: 11 digits");
        assertThatThrownBy(() -> roundTrip(with(null)))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("lines: expected array, found null");
        assertThatThrownBy(() -> roundTrip(lineWithout()))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("sku: expected string, found null");
    }

    @SuppressWarnings("NullAway") // Which is the point of the test.
    private static Line lineWithout() {
        return new Line(null, 1, BigDecimal.ONE);
    }

    @SuppressWarnings("NullAway") // Which is the point of one test.
    private static Order with(@Nullable List<Line> lines) {
        return new Order("o", Status.OPEN, Instant.EPOCH, lines, null, Optional.empty(), Optional.empty(), Map.of());
    }

    record Picky(int n) {
        Picky {
            if (n < 0) {
                throw new IllegalArgumentException("n must not be negative: " + n);
            }
        }
    }

    @Test
    void read_constructorThatRefuses_isARecordsError() {
        io.concordat.avro.AvroSchema schema = io.concordat.avro.AvroSchema.of(Picky.class);

        assertThatThrownBy(() -> read(codec.of(Picky.class), schema, new byte[] {1}))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("n must not be negative: -1");
    }

    record Small(byte b) {}

    @Test
    void read_numberThatDoesNotFit_saysWhere() {
        io.concordat.avro.AvroSchema schema = io.concordat.avro.AvroSchema.of(Small.class);

        assertThatThrownBy(() -> read(codec.of(Small.class), schema, new byte[] {(byte) 0x80, 2}))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("b: ")
                .hasMessageContaining("128 is not within -128 and 127");
    }

    @Test
    void schemaKey_whatIsNotMeant_isNull() {
        assertThat(codec.schemaKey(new Object())).isNull();
        assertThat(codec.schemaKey(new StringBuilder[0])).isNull();
        assertThat(codec.schemaKey(new Thread())).isNull();
        assertThat(codec.schemaKey(Optional.of(1))).isNull();
        assertThat(codec.schemaKey(BigDecimal.ONE)).isNull();
    }

    @Test
    void writeAndRead_valuesAtTheTop_areTheSame() {
        assertThat(roundTrip(UUID.fromString("af3dd60e-718a-b3ca-a2b8-000e5db61f28")))
                .isEqualTo(UUID.fromString("af3dd60e-718a-b3ca-a2b8-000e5db61f28"));
    }
}
