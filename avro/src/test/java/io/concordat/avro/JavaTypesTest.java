package io.concordat.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.format.InvalidSchemaException;
import io.concordat.avro.annotation.Decimal;
import io.concordat.avro.annotation.FullName;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.reflect.AvroAlias;
import org.apache.avro.reflect.AvroDefault;
import org.apache.avro.reflect.AvroDoc;
import org.apache.avro.reflect.AvroIgnore;
import org.apache.avro.reflect.AvroName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas of classes. */
class JavaTypesTest {
    private static final String HERE = "io.concordat.avro.JavaTypesTest";

    private static String schema(Class<?> type) {
        return AvroSchema.of(type).content().text();
    }

    private static Schema field(Class<?> type, String field) {
        return AvroSchema.of(type).schema().getField(field).schema();
    }

    enum Unit {
        KILO,
        POUND
    }

    @SuppressWarnings("ArrayRecordComponent") // Only the type counts.
    record Everything(
            boolean b1,
            Boolean b2,
            byte i1,
            short i2,
            int i3,
            Integer i4,
            char i5,
            long l1,
            Long l2,
            float f1,
            double d1,
            String s1,
            CharSequence s2,
            byte[] y1,
            ByteBuffer y2,
            @Decimal(precision = 9, scale = 3) BigDecimal dec,
            @Decimal(precision = 30) BigInteger big,
            UUID uuid,
            Instant at,
            Date old,
            LocalDate day,
            LocalTime time,
            LocalDateTime local,
            Unit unit,
            List<String> list,
            Set<Integer> set,
            Deque<Long> deque,
            String[] texts,
            double[] doubles,
            Map<String, Integer> map,
            Map<Unit, Integer> byUnit,
            List<List<String>> nested,
            @Nullable String maybe,
            Optional<Instant> optional,
            List<@Nullable String> holes) {}

    static Stream<Arguments> types() {
        String unit = "{'type':'enum','name':'Unit','namespace':'" + HERE + "','symbols':['KILO','POUND']}";
        return Stream.of(
                Arguments.of("b1", "'boolean'"),
                Arguments.of("b2", "'boolean'"),
                Arguments.of("i1", "'int'"),
                Arguments.of("i2", "'int'"),
                Arguments.of("i3", "'int'"),
                Arguments.of("i4", "'int'"),
                Arguments.of("i5", "'int'"),
                Arguments.of("l1", "'long'"),
                Arguments.of("l2", "'long'"),
                Arguments.of("f1", "'float'"),
                Arguments.of("d1", "'double'"),
                Arguments.of("s1", "'string'"),
                Arguments.of("s2", "'string'"),
                Arguments.of("y1", "'bytes'"),
                Arguments.of("y2", "'bytes'"),
                Arguments.of("dec", "{'type':'bytes','logicalType':'decimal','precision':9,'scale':3}"),
                Arguments.of("big", "{'type':'bytes','logicalType':'decimal','precision':30,'scale':0}"),
                Arguments.of("uuid", "{'type':'string','logicalType':'uuid'}"),
                Arguments.of("at", "{'type':'long','logicalType':'timestamp-micros'}"),
                Arguments.of("old", "{'type':'long','logicalType':'timestamp-millis'}"),
                Arguments.of("day", "{'type':'int','logicalType':'date'}"),
                Arguments.of("time", "{'type':'long','logicalType':'time-micros'}"),
                Arguments.of("local", "{'type':'long','logicalType':'local-timestamp-micros'}"),
                Arguments.of("unit", unit),
                Arguments.of("list", "{'type':'array','items':'string'}"),
                Arguments.of("set", "{'type':'array','items':'int'}"),
                Arguments.of("deque", "{'type':'array','items':'long'}"),
                Arguments.of("texts", "{'type':'array','items':'string'}"),
                Arguments.of("doubles", "{'type':'array','items':'double'}"),
                Arguments.of("map", "{'type':'map','values':'int'}"),
                Arguments.of("byUnit", "{'type':'map','values':'int'}"),
                Arguments.of("nested", "{'type':'array','items':{'type':'array','items':'string'}}"),
                Arguments.of("maybe", "['null','string']"),
                Arguments.of("optional", "['null',{'type':'long','logicalType':'timestamp-micros'}]"),
                Arguments.of("holes", "{'type':'array','items':['null','string']}"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void of_eachType_isTheDocumentedSchema(String field, String expected) {
        assertThat(field(Everything.class, field)).isEqualTo(new Schema.Parser().parse(expected.replace('\'', '"')));
    }

    @Test
    void of_everyComponent_isInTheTable() {
        assertThat(types().map(row -> row.get()[0]))
                .containsExactlyElementsOf(AvroSchema.of(Everything.class).schema().getFields().stream()
                        .map(Schema.Field::name)
                        .toList());
    }

    @SuppressWarnings("ArrayRecordComponent") // Only the type counts.
    @AvroDoc("What was sold.")
    @AvroAlias(alias = "Sale", space = "com.old")
    @FullName("com.acme.Sold")
    record Described(
            @AvroName("order_id") @AvroDoc("Who asked.") String id,
            @AvroAlias(alias = "amount") int count,
            @AvroDefault("7") int level,
            @AvroDefault("\"x\"") @Nullable String tag,

            @org.apache.avro.reflect.AvroSchema("{\"type\":\"fixed\",\"name\":\"Hash\",\"size\":4}")
            byte[] hash,

            @org.apache.avro.reflect.AvroSchema("{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}")
            Optional<Instant> at) {}

    @Test
    void of_annotated_saysWhatJavaDoesNot() {
        assertThat(schema(Described.class))
                .isEqualTo(
                        "{\"type\":\"record\",\"name\":\"Sold\",\"namespace\":\"com.acme\",\"doc\":\"What was sold.\","
                                + "\"fields\":[{\"name\":\"order_id\",\"type\":\"string\",\"doc\":\"Who asked.\"},"
                                + "{\"name\":\"count\",\"type\":\"int\",\"aliases\":[\"amount\"]},"
                                + "{\"name\":\"level\",\"type\":\"int\",\"default\":7},"
                                + "{\"name\":\"tag\",\"type\":[\"string\",\"null\"],\"default\":\"x\"},"
                                + "{\"name\":\"hash\",\"type\":{\"type\":\"fixed\",\"name\":\"Hash\",\"size\":4}},"
                                + "{\"name\":\"at\",\"type\":[\"null\",{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}],"
                                + "\"default\":null}],\"aliases\":[\"com.old.Sale\"]}");
    }

    record Tree(int value, List<Tree> children, @Nullable Tree twin) {}

    record Page<T>(List<T> items, Optional<T> first) {}

    record Book(Page<Tree> trees, Page<String> texts, Map<String, Page<List<Unit>>> units) {}

    @Test
    void of_recursiveType_refersToItself() {
        assertThat(schema(Tree.class))
                .isEqualTo("{\"type\":\"record\",\"name\":\"Tree\",\"namespace\":\"" + HERE + "\",\"fields\":["
                        + "{\"name\":\"value\",\"type\":\"int\"},"
                        + "{\"name\":\"children\",\"type\":{\"type\":\"array\",\"items\":\"Tree\"}},"
                        + "{\"name\":\"twin\",\"type\":[\"null\",\"Tree\"],\"default\":null}]}");
    }

    @Test
    void of_genericTypes_areNamedByTheirArguments() {
        assertThat(field(Book.class, "trees").getFullName()).isEqualTo(HERE + ".Page_Tree");
        assertThat(field(Book.class, "texts").getFullName()).isEqualTo(HERE + ".Page_String");
        assertThat(field(Book.class, "units").getValueType().getFullName()).isEqualTo(HERE + ".Page_List_Unit");
        assertThat(field(Book.class, "trees")
                        .getField("items")
                        .schema()
                        .getElementType()
                        .getName())
                .isEqualTo("Tree");
        assertThatThrownBy(() -> schema(Page.class))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("at 'items[]'")
                .hasMessageContaining("may be anything");
    }

    sealed interface Shape permits Circle, Polygon {}

    record Circle(double radius) implements Shape {}

    sealed interface Polygon extends Shape permits Square, Triangle {}

    record Square(double side) implements Polygon {}

    record Triangle(double a, double b, double c) implements Polygon {}

    record Drawing(Shape shape, @Nullable Polygon background, List<Shape> rest) {}

    @Test
    void of_sealedTypes_areUnions() {
        assertThat(AvroSchema.of(Shape.class).schema().getTypes())
                .extracting(Schema::getName)
                .containsExactly("Circle", "Square", "Triangle");
        assertThat(field(Drawing.class, "background").getTypes())
                .extracting(Schema::getName)
                .containsExactly("null", "Square", "Triangle");
    }

    /** A JavaBean. */
    @SuppressWarnings("unused")
    public static class Person {
        private @Nullable String name;
        private int age;
        private final String fixed = "x";
        private transient int cached;
        private boolean active;
        public long visits;

        @AvroIgnore
        private int secret;

        public @Nullable String getName() {
            return name;
        }

        public void setName(@Nullable String name) {
            this.name = name;
        }

        public int getAge() {
            return age;
        }

        public Person setAge(int age) {
            this.age = age;
            return this;
        }

        public boolean isActive() {
            return active;
        }

        public void setActive(boolean active) {
            this.active = active;
        }

        public String getFixed() {
            return fixed;
        }

        public int getCached() {
            return cached;
        }

        public void setCached(int cached) {
            this.cached = cached;
        }

        public int getSecret() {
            return secret;
        }

        public void setSecret(int secret) {
            this.secret = secret;
        }

        public String getURL() {
            return "u" + age;
        }

        public void setURL(String url) {
            age = url.length();
        }
    }

    /** Inherits, and resolves a type variable. */
    public static final class Employee extends Base<Unit> {
        private String title = "";

        public String getTitle() {
            return title;
        }

        public void setTitle(String title) {
            this.title = title;
        }
    }

    /**
     * Has a property of a type that its subclasses choose.
     *
     * @param <T> what it is about
     */
    public abstract static class Base<T> {
        private @Nullable T subject;

        public @Nullable T getSubject() {
            return subject;
        }

        public void setSubject(@Nullable T subject) {
            this.subject = subject;
        }
    }

    @Test
    void of_bean_hasItsPropertiesInTheOrderOfItsFields() {
        assertThat(schema(Person.class))
                .isEqualTo("{\"type\":\"record\",\"name\":\"Person\",\"namespace\":\"" + HERE + "\",\"fields\":["
                        + "{\"name\":\"name\",\"type\":[\"null\",\"string\"],\"default\":null},"
                        + "{\"name\":\"age\",\"type\":\"int\"},"
                        + "{\"name\":\"active\",\"type\":\"boolean\"},"
                        + "{\"name\":\"visits\",\"type\":\"long\"},"
                        + "{\"name\":\"URL\",\"type\":\"string\"}]}");
        assertThat(schema(Employee.class))
                .isEqualTo("{\"type\":\"record\",\"name\":\"Employee\",\"namespace\":\"" + HERE + "\",\"fields\":["
                        + "{\"name\":\"subject\",\"type\":[\"null\",{\"type\":\"enum\",\"name\":\"Unit\","
                        + "\"symbols\":[\"KILO\",\"POUND\"]}],\"default\":null},"
                        + "{\"name\":\"title\",\"type\":\"string\"}]}");
    }

    @Test
    void of_generatedClass_isItsOwn() {
        assertThat(AvroSchema.of(io.concordat.avro.test.Line.class).schema())
                .isSameAs(io.concordat.avro.test.Line.SCHEMA$);
    }

    @Test
    void of_theSameClassAgain_isTheSameSchema() {
        assertThat(AvroSchema.of(Tree.class).schema())
                .isSameAs(AvroSchema.of(Tree.class).schema());
    }

    interface Open {}

    record WithOpen(List<Map<String, Open>> deep) {}

    record WithDecimal(List<BigDecimal> prices) {}

    record WithScaledBigInteger(
            @Decimal(precision = 5, scale = 2) BigInteger n) {}

    record WithBadDecimal(@Decimal(precision = 2, scale = 5) BigDecimal n) {}

    record WithObject(Object any) {}

    record WithDuration(Duration d) {}

    record WithZone(ZonedDateTime d) {}

    record WithThread(Thread t) {}

    record WithKeys(Map<Integer, String> m) {}

    record WithDefault(@AvroDefault("{") int n) {}

    record WithWrongDefault(@AvroDefault("\"x\"") int n) {}

    record WithName(@AvroName("a-b") int n) {}

    record WithIgnored(@AvroIgnore int n) {}

    record WithBadSchema(
            @org.apache.avro.reflect.AvroSchema("{}") int n) {}

    record WithGenerated(io.concordat.avro.test.Line line) {}

    @FullName("a.B")
    record One(int n) {}

    @FullName("a.B")
    record Two(int n) {}

    record WithClash(One one, Two two) {}

    static final class Closed {
        private final int n;

        Closed(int n) {
            this.n = n;
        }

        public int getN() {
            return n;
        }
    }

    static Stream<Arguments> underivable() {
        return Stream.of(
                Arguments.of(WithOpen.class, "at 'deep[][]'", "seal it"),
                Arguments.of(WithDecimal.class, "at 'prices[]'", "@Decimal(precision"),
                Arguments.of(WithScaledBigInteger.class, "at 'n'", "scale 2"),
                Arguments.of(WithBadDecimal.class, "at 'n'", "@Decimal makes no sense"),
                Arguments.of(
                        WithObject.class, "at 'any'", "has no schema. It may be anything: name a class, or a sealed"),
                Arguments.of(WithDuration.class, "at 'd'", "use a long"),
                Arguments.of(WithZone.class, "at 'd'", "use an Instant"),
                Arguments.of(WithThread.class, "at 't'", "java.lang.Thread has no schema"),
                Arguments.of(WithKeys.class, "at 'm'", "java.lang.Integer cannot be one"),
                Arguments.of(WithDefault.class, "at 'n'", "@AvroDefault is no JSON"),
                Arguments.of(WithWrongDefault.class, "at 'n'", "Invalid default"),
                Arguments.of(WithName.class, "at 'n'", "a-b"),
                Arguments.of(WithIgnored.class, "at 'n'", "cannot be ignored"),
                Arguments.of(WithBadSchema.class, "at 'n'", "@AvroSchema holds no schema"),
                Arguments.of(WithGenerated.class, "at 'line'", "carry schemas of their own"),
                Arguments.of(WithClash.class, "at 'two'", "@FullName"),
                Arguments.of(Closed.class, "Closed", "no constructor without parameters"),
                Arguments.of(Open.class, "Open", "seal it"),
                Arguments.of(List.class, "List", "may be anything"));
    }

    @ParameterizedTest
    @MethodSource("underivable")
    void of_whatHasNoSchema_saysWhereAndWhatToDo(Class<?> type, String place, String advice) {
        assertThatThrownBy(() -> schema(type))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining(type.getName())
                .hasMessageContaining(place)
                .hasMessageContaining(advice);
    }

    /** What {@code docs/java-types.md} shows. */
    interface Documented {
        record Order(
                String id,
                Instant placed,
                List<Line> lines,
                @Nullable String note) {}

        record Line(
                String sku,
                int quantity,
                @Decimal(precision = 10, scale = 2) BigDecimal price) {}
    }

    private static String compact(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void documentation_snippet_standsHere() throws IOException {
        Path root = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
        String snippet = Files.readString(root.resolve("docs/java-types.md"))
                .split("```", -1)[1]
                .replace("java\n", "");
        String here = Files.readString(root.resolve("avro/src/test/java/io/concordat/avro/JavaTypesTest.java"));

        assertThat(compact(here)).contains(compact(snippet));
        assertThat(field(Documented.Order.class, "lines")
                        .getElementType()
                        .getField("price")
                        .schema())
                .hasToString("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":10,\"scale\":2}");
    }
}
