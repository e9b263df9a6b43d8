package io.concordat.avro.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.avro.plan.Converter;
import io.concordat.avro.plan.GeneratedClasses;
import io.concordat.avro.plan.ReadPlan;
import io.concordat.avro.plan.ReadPlanner;
import io.concordat.avro.plan.Shape;
import io.concordat.avro.plan.Shape.Branch;
import io.concordat.avro.plan.Shape.ObjectShape;
import io.concordat.avro.plan.Shape.Property;
import io.concordat.avro.plan.WritePlanner;
import io.concordat.avro.test.Digest;
import io.concordat.avro.test.Line;
import io.concordat.avro.test.Order;
import io.concordat.avro.test.Status;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values of generated classes and of an application's own, both ways. */
class ShapesTest {
    private static final Lookup LOOKUP = MethodHandles.lookup();

    sealed interface Form permits Circle, Named {}

    record Circle(double radius, @Nullable Circle within) implements Form {}

    record Named(String name, long count, float share, boolean on, int size) implements Form {}

    record Wrapped(Optional<String> note) {}

    /** Made empty, then filled. */
    static final class Filled {
        int size;

        @Nullable
        String name;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Filled that && size == that.size && Objects.equals(name, that.name);
        }

        @Override
        public int hashCode() {
            return size;
        }
    }

    /** An object with more properties than a method should have variables. */
    record Wide(List<@Nullable Object> values) {
        static Object make(@Nullable Object[] values) {
            return new Wide(Arrays.asList(values));
        }

        static @Nullable Object get(int index, Wide wide) {
            return wide.values().get(index);
        }
    }

    private static Order order() {
        Line line = new Line();
        line.price = 2.5;
        Order order = new Order();
        order.id = "o1";
        order.at = Instant.ofEpochMilli(1_000);
        order.status = Status.default$;
        order.lines = List.of(line, line);
        order.paid = Instant.ofEpochMilli(2_000);
        order.digest = new Digest(new byte[] {1, 2});
        return order;
    }

    private static BothWays.Reader specificReader() {
        GeneratedClasses classes = new GeneratedClasses(ShapesTest.class.getClassLoader());
        return new BothWays.Reader(
                ReadPlanner.plan(Order.SCHEMA$, Order.SCHEMA$, Shape.AVRO, GenericData.get(), classes));
    }

    private static byte[] written(BothWays.Writer writer, Object value) {
        BothWays.Outcome outcome = writer.write(value);
        assertThat(outcome.refusal()).isNull();
        return (byte[]) Objects.requireNonNull(outcome.value());
    }

    @Test
    void specificRecord_writtenAndRead_isTheSame() {
        byte[] bytes = written(new BothWays.Writer(WritePlanner.planOf(Order.class, Order.SCHEMA$)), order());

        assertThat(specificReader().read(bytes).value()).isEqualTo(order());
    }

    @Test
    void specificRecord_whereAnotherIsExpected_isWrittenAllTheSame() {
        BothWays.Writer general = new BothWays.Writer(Order.SCHEMA$);
        BothWays.Writer specific = new BothWays.Writer(WritePlanner.planOf(Order.class, Order.SCHEMA$));
        GenericData.Record line = new GenericData.Record(Line.SCHEMA$);
        line.put("price", 2.5);
        GenericData.Record order = new GenericData.Record(Order.SCHEMA$);
        order.put("id", "o1");
        order.put("at", 1_000L);
        order.put("status", Status.default$);
        order.put("lines", List.of(line, Objects.requireNonNull(order().lines).get(0)));
        order.put("paid", 2_000L);
        order.put("digest", new Digest(new byte[] {1, 2}));

        byte[] bytes = written(specific, order());
        assertThat(written(general, order())).isEqualTo(bytes);
        assertThat(written(general, order)).isEqualTo(bytes);
        assertThat(written(specific, order)).isEqualTo(bytes);
    }

    @Test
    void specificRecord_fieldsThatDoNotFit_areRefusedWithTheirPath() {
        BothWays.Writer writer = new BothWays.Writer(WritePlanner.planOf(Order.class, Order.SCHEMA$));
        Order withoutId = order();
        withoutId.id = null;

        assertThat(writer.write(withoutId).refusal()).isEqualTo("id: expected string, found null");
        assertThat(writer.write("x").refusal()).isEqualTo("expected record io.concordat.avro.test.Order, found String");
    }

    @Test
    void specificRecord_everyByteOtherwise_isReadOrRefusedBothWays() {
        byte[] good = written(new BothWays.Writer(WritePlanner.planOf(Order.class, Order.SCHEMA$)), order());
        BothWays.Reader reader = specificReader();
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            for (int value = 0; value < 256; value++) {
                bad[at] = (byte) value;
                reader.read(bad);
            }
            assertThat(reader.read(Arrays.copyOf(good, at)).isRefused()).isTrue();
        }
    }

    private static Property property(Class<?> owner, String name, Class<?> type, Shape shape) {
        try {
            MethodHandle getter = LOOKUP.findVirtual(owner, name, MethodType.methodType(type));
            return new Property(name, type, getter, null, shape);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ObjectShape record(Class<?> type, List<Property> properties) {
        Class<?>[] types = properties.stream().map(Property::type).toArray(Class<?>[]::new);
        return ObjectShape.madeAtOnce(type, constructor(type, types), () -> properties);
    }

    private static MethodHandle constructor(Class<?> type, Class<?>... parameters) {
        try {
            return LOOKUP.findConstructor(type, MethodType.methodType(void.class, parameters));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ObjectShape circle() {
        ObjectShape[] self = new ObjectShape[1];
        MethodHandle constructor = constructor(Circle.class, double.class, Circle.class);
        self[0] = ObjectShape.madeAtOnce(
                Circle.class,
                constructor,
                () -> List.of(
                        property(Circle.class, "radius", double.class, Shape.AVRO),
                        property(Circle.class, "within", Circle.class, self[0])));
        return self[0];
    }

    private static ObjectShape named() {
        return record(
                Named.class,
                List.of(
                        property(Named.class, "name", String.class, Shape.TEXT),
                        property(Named.class, "count", long.class, Shape.AVRO),
                        property(Named.class, "share", float.class, Shape.AVRO),
                        property(Named.class, "on", boolean.class, Shape.AVRO),
                        property(Named.class, "size", int.class, Shape.AVRO)));
    }

    private static final String CIRCLE = """
            {"type":"record","name":"Circle","fields":[{"name":"radius","type":"double"},
              {"name":"within","type":["null","Circle"]}]}""";

    private static final String NAMED = """
            {"type":"record","name":"Named","fields":[{"name":"size","type":"int"},{"name":"name","type":"string"},
              {"name":"count","type":"int"},{"name":"share","type":"float"},{"name":"on","type":"boolean"},
              {"name":"extra","type":"int","default":3}]}""";

    private static Schema schema(String text) {
        return new Schema.Parser().parse(text);
    }

    private static ReadPlan plan(Schema written, Schema read, Shape shape) {
        return ReadPlanner.plan(written, read, shape, new GenericData(), null);
    }

    private static BothWays.Writer writer(Schema schema, Shape shape) {
        return new BothWays.Writer(WritePlanner.plan(schema, shape, new GenericData()));
    }

    @Test
    void sealedTypes_asAUnion_areWrittenAndReadByTheirClasses() {
        Schema union = schema("[" + CIRCLE + "," + NAMED + ",\"null\"]");
        Shape shape = new Shape.Branches(List.of(
                new Branch(Circle.class, circle()),
                new Branch(Named.class, named()),
                new Branch(Void.class, Shape.AVRO)));
        BothWays.Writer writer = writer(union, shape);
        BothWays.Reader reader = new BothWays.Reader(plan(union, union, shape));
        List<Form> forms = List.of(
                new Circle(1.5, new Circle(0.5, null)), new Named("n", -7, 2.5f, true, 3), new Circle(-0.0, null));

        for (Form form : forms) {
            assertThat(reader.read(written(writer, form)).value()).isEqualTo(form);
        }
        assertThat(reader.read(new byte[] {4}).value()).isNull();
        assertThat(writer.write("x").isRefused()).isTrue();
        assertThat(writer.write(new Named("n", 1L << 40, 0, false, 0)).refusal())
                .isEqualTo("count: expected int, found Long 1099511627776");
    }

    @Test
    void javaRecord_readFromAnOlderVersion_getsZerosAndDefaults() {
        Schema older = schema("""
                {"type":"record","name":"Named","fields":[{"name":"gone","type":"string"},{"name":"size","type":"int"}]}""");
        Schema newer = schema("""
                {"type":"record","name":"Named","fields":[{"name":"name","type":"string","default":"d"},
                  {"name":"size","type":"int"},{"name":"share","type":"float","default":0.5}]}""");

        BothWays.Reader reader = new BothWays.Reader(plan(older, newer, named()));

        assertThat(reader.read(new byte[] {2, 'x', 8}).value()).isEqualTo(new Named("d", 0, 0.5f, false, 4));
    }

    @Test
    void filledObject_writtenAndRead_isTheSame() throws ReflectiveOperationException {
        Schema schema = schema("""
                {"type":"record","name":"Filled","fields":[{"name":"name","type":["null","string"]},
                  {"name":"size","type":"int"},{"name":"unknown","type":"long","default":9}]}""");
        List<Property> properties = List.of(
                new Property(
                        "size",
                        int.class,
                        LOOKUP.findGetter(Filled.class, "size", int.class),
                        LOOKUP.findSetter(Filled.class, "size", int.class),
                        Shape.AVRO),
                new Property(
                        "name",
                        String.class,
                        LOOKUP.findGetter(Filled.class, "name", String.class),
                        LOOKUP.findSetter(Filled.class, "name", String.class),
                        Shape.TEXT));
        ObjectShape shape = ObjectShape.filled(Filled.class, constructor(Filled.class), () -> properties);
        Filled value = new Filled();
        value.size = 70_000;
        value.name = "größer";

        byte[] bytes = written(writer(schema, shape), value);

        assertThat(new BothWays.Reader(plan(schema, schema, shape)).read(bytes).value())
                .isEqualTo(value);
    }

    @Test
    void convertedProperty_withNull_isConvertedToo() {
        Schema schema = schema("""
                {"type":"record","name":"Wrapped","fields":[{"name":"note","type":["null","string"]}]}""");
        Converter optional = new Converter() {
            @Override
            public Object fromAvro(@Nullable Object raw) {
                return Optional.ofNullable((String) raw);
            }

            @Override
            public @Nullable Object toAvro(@Nullable Object value) {
                return ((Optional<?>) Objects.requireNonNull(value)).orElse(null);
            }

            @Override
            public String expected() {
                return "Optional";
            }
        };
        Shape note = new Shape.Converted(Shape.TEXT, optional);
        ObjectShape shape = record(Wrapped.class, List.of(property(Wrapped.class, "note", Optional.class, note)));
        BothWays.Writer writer = writer(schema, shape);
        BothWays.Reader reader = new BothWays.Reader(plan(schema, schema, shape));

        for (Wrapped value : List.of(new Wrapped(Optional.of("x")), new Wrapped(Optional.empty()))) {
            assertThat(reader.read(written(writer, value)).value()).isEqualTo(value);
        }
    }

    @Test
    void objectWithVeryManyProperties_isWrittenAndRead() throws ReflectiveOperationException {
        int count = 90;
        MethodHandle get =
                LOOKUP.findStatic(Wide.class, "get", MethodType.methodType(Object.class, int.class, Wide.class));
        MethodHandle make = LOOKUP.findStatic(Wide.class, "make", MethodType.methodType(Object.class, Object[].class))
                .asCollector(Object[].class, count);
        List<Property> properties = new ArrayList<>();
        List<Schema.Field> fields = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            MethodHandle getter = MethodHandles.insertArguments(get, 0, i);
            properties.add(new Property("p" + i, Object.class, getter, null, Shape.TEXT));
            fields.add(new Schema.Field("p" + i, Schema.create(i % 2 == 0 ? Schema.Type.LONG : Schema.Type.STRING)));
            values.add(i % 2 == 0 ? (Object) (long) i : "text " + i);
        }
        Schema schema = Schema.createRecord("Wide", null, null, false, fields);
        ObjectShape shape = ObjectShape.madeAtOnce(Wide.class, make, () -> properties);

        byte[] bytes = written(writer(schema, shape), new Wide(values));

        assertThat(new BothWays.Reader(plan(schema, schema, shape)).read(bytes).value())
                .isEqualTo(new Wide(values));
    }
}
