package io.concordat.avro.plan;

import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How values of a type look in Java. A shape that an application's class is described with stands beside a schema, type
 * for type. For a union, a shape other than {@link Branches} is that of each branch but null.
 */
public sealed interface Shape {
    /**
     * What Avro's own models make of a type: general-purpose values, or generated classes where the application asks for
     * them.
     */
    Shape AVRO = new Avro();

    /** A number, a truth value or bytes as what Java calls them, without any conversion of a logical type. */
    Shape PLAIN = new Plain();

    /** Text as {@link String}. */
    Shape TEXT = new Text();

    /** Bytes and fixed types as {@code byte[]}. */
    Shape BYTE_ARRAY = new ByteArray();

    /** See {@link #AVRO}. */
    record Avro() implements Shape {}

    /** See {@link #PLAIN}. */
    record Plain() implements Shape {}

    /** See {@link #TEXT}. */
    record Text() implements Shape {}

    /** See {@link #BYTE_ARRAY}. */
    record ByteArray() implements Shape {}

    /**
     * A value that is made from another. The converter of a union sees nulls too.
     *
     * @param raw how the other one looks
     */
    record Converted(Shape raw, Converter converter) implements Shape {}

    /** An array as a {@link List}, or a map as a {@link java.util.Map} with {@link String} keys, of such items. */
    record Items(Shape items) implements Shape {}

    /**
     * A symbol of an enum.
     *
     * @param constants the value for a symbol; null if there is none
     * @param symbols the symbol of a value; null if it is none of them
     */
    record Symbols(Function<String, @Nullable Object> constants, Function<Object, @Nullable String> symbols)
            implements Shape {}

    /** The branches of a union, in the schema's order: a value belongs to the first whose type it is an instance of. */
    record Branches(List<Branch> branches) implements Shape {
        public Branches {
            branches = List.copyOf(branches);
        }
    }

    /**
     * A branch of a union.
     *
     * @param type the class of its values; {@link Void} for null
     */
    record Branch(Class<?> type, Shape shape) {}

    /**
     * A record as an object of some class. Its properties are asked for late and once, since the class may have properties
     * of its own type.
     */
    final class ObjectShape implements Shape, RecordShape {
        private final Class<?> type;
        private final MethodHandle maker;
        private final boolean madeAtOnce;
        private final Supplier<List<Property>> source;
        private volatile @Nullable List<Property> properties;

        private ObjectShape(Class<?> type, MethodHandle maker, boolean madeAtOnce, Supplier<List<Property>> source) {
            this.type = type;
            this.maker = maker;
            this.madeAtOnce = madeAtOnce;
            this.source = source;
        }

        /** An object whose constructor takes the values of all properties in their order. */
        public static ObjectShape madeAtOnce(
                Class<?> type, MethodHandle constructor, Supplier<List<Property>> properties) {
            return new ObjectShape(type, constructor, true, properties);
        }

        /** An object that is made empty and then gets what its properties' setters are given. */
        public static ObjectShape filled(Class<?> type, MethodHandle constructor, Supplier<List<Property>> properties) {
            return new ObjectShape(type, constructor, false, properties);
        }

        public Class<?> type() {
            return type;
        }

        public MethodHandle maker() {
            return maker;
        }

        public boolean isMadeAtOnce() {
            return madeAtOnce;
        }

        public List<Property> properties() {
            List<Property> known = properties;
            if (known == null) {
                known = List.copyOf(source.get());
                properties = known;
            }
            return known;
        }
    }

    /**
     * A property of an object.
     *
     * @param field the name of the record's field that it stands for
     * @param type what it is declared as
     * @param getter takes the object and gives the value
     * @param setter takes the object and the value; null if there is none
     * @param shape how its value looks: it must fit the declared type
     */
    record Property(
            String field,
            Class<?> type,
            MethodHandle getter,
            @Nullable MethodHandle setter,
            Shape shape) {}
}
