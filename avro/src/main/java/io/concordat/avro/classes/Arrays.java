package io.concordat.avro.classes;

import io.concordat.avro.list.BooleanList;
import io.concordat.avro.list.DoubleList;
import io.concordat.avro.list.FloatList;
import io.concordat.avro.list.IntList;
import io.concordat.avro.list.LongList;
import io.concordat.avro.plan.Converter;
import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.Collection;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Arrays of Java: those of numbers are never boxed. */
final class Arrays {
    private Arrays() {}

    static Converter of(Class<?> component, Schema schema) {
        Converter primitive = component.isPrimitive() ? primitive(component, schema) : null;
        return primitive != null ? primitive : new Of(component);
    }

    private static @Nullable Converter primitive(Class<?> component, Schema schema) {
        return switch (schema.getElementType().getType()) {
            case DOUBLE ->
                component == double.class
                        ? converter("double[]", raw -> ((DoubleList) raw).take(), value -> {
                            double[] array = (double[]) value;
                            return DoubleList.wrap(schema, array, array.length);
                        })
                        : null;
            case INT ->
                component == int.class
                        ? converter("int[]", raw -> ((IntList) raw).take(), value -> {
                            int[] array = (int[]) value;
                            return IntList.wrap(schema, array, array.length);
                        })
                        : null;
            case LONG ->
                component == long.class
                        ? converter("long[]", raw -> ((LongList) raw).take(), value -> {
                            long[] array = (long[]) value;
                            return LongList.wrap(schema, array, array.length);
                        })
                        : null;
            case FLOAT ->
                component == float.class
                        ? converter("float[]", raw -> ((FloatList) raw).take(), value -> {
                            float[] array = (float[]) value;
                            return FloatList.wrap(schema, array, array.length);
                        })
                        : null;
            case BOOLEAN ->
                component == boolean.class
                        ? converter("boolean[]", raw -> ((BooleanList) raw).take(), value -> {
                            boolean[] array = (boolean[]) value;
                            return BooleanList.wrap(schema, array, array.length);
                        })
                        : null;
            default -> null;
        };
    }

    private static Converter converter(
            String expected, Function<Object, Object> read, Function<Object, Object> written) {
        return new Primitive(expected, read, written);
    }

    private record Primitive(String expected, Function<Object, Object> read, Function<Object, Object> written)
            implements Converter {
        @Override
        public @Nullable Object fromAvro(@Nullable Object raw) {
            return raw == null ? null : read.apply(raw);
        }

        @Override
        public @Nullable Object toAvro(@Nullable Object value) {
            return value == null ? null : written.apply(value);
        }
    }

    /** Arrays of anything. */
    private record Of(Class<?> component) implements Converter {
        @Override
        public @Nullable Object fromAvro(@Nullable Object raw) {
            if (raw == null) {
                return null;
            }
            Collection<?> items = (Collection<?>) raw;
            Object array = Array.newInstance(component, items.size());
            int index = 0;
            for (Object item : items) {
                Array.set(array, index++, item);
            }
            return array;
        }

        @Override
        public @Nullable Object toAvro(@Nullable Object value) {
            return value == null ? null : new Items(value, Array.getLength(value));
        }

        @Override
        public String expected() {
            return component.getTypeName() + "[]";
        }
    }

    /** An array as a list. */
    private static final class Items extends AbstractList<@Nullable Object> {
        private final Object array;
        private final int size;

        private Items(Object array, int size) {
            this.array = array;
            this.size = size;
        }

        @Override
        public @Nullable Object get(int index) {
            return Array.get(array, index);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
