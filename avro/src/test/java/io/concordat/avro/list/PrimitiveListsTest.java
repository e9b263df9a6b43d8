package io.concordat.avro.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericArray;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PrimitiveListsTest {
    static Stream<Arguments> lists() {
        return Stream.of(
                Arguments.of(new IntList(), (Supplier<?>) new Random(1)::nextInt),
                Arguments.of(new LongList(), (Supplier<?>) new Random(2)::nextLong),
                Arguments.of(new FloatList(), (Supplier<?>) new Random(3)::nextFloat),
                Arguments.of(new DoubleList(), (Supplier<?>) new Random(4)::nextDouble),
                Arguments.of(new BooleanList(), (Supplier<?>) new Random(5)::nextBoolean));
    }

    @ParameterizedTest
    @MethodSource("lists")
    <T> void list_anyChanges_isAsAnyOtherList(GenericArray<T> list, Supplier<T> values) {
        List<T> other = new ArrayList<>();
        Random random = new Random(9);
        for (int i = 0; i < 500; i++) {
            T value = values.get();
            int index = random.nextInt(list.size() + 1);
            list.add(index, value);
            other.add(index, value);
            if (i % 3 == 0) {
                int removed = random.nextInt(list.size());
                assertThat(list.remove(removed)).isEqualTo(other.remove(removed));
            }
            if (i % 7 == 1) {
                list.set(index / 2, value);
                other.set(index / 2, value);
            }
        }
        list.reverse();
        Collections.reverse(other);
        list.subList(10, 20).clear();
        other.subList(10, 20).clear();

        assertThat(list).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(GenericData.get().validate(list.getSchema(), list)).isTrue();
        list.clear();
        assertThat(list).isEmpty();
    }

    @Test
    void of_anArray_copiesItAndWrapDoesNot() {
        double[] numbers = {1, 2, 3};
        DoubleList copy = DoubleList.of(numbers);
        DoubleList over = DoubleList.wrap(Schema.createArray(Schema.create(Schema.Type.DOUBLE)), numbers, 2);
        numbers[0] = 9;

        assertThat(copy.getDouble(0)).isEqualTo(1);
        assertThat(over.toDoubleArray()).containsExactly(9, 2);
        assertThatThrownBy(() -> over.getDouble(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> DoubleList.wrap(over.getSchema(), numbers, 4))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void take_givesTheElementsAndEmptiesTheList() {
        IntList list = IntList.of(1, 2);
        assertThat(list.take()).containsExactly(1, 2);
        assertThat(list).isEmpty();

        list.addInt(3);
        assertThat(list.take()).containsExactly(3);
    }
}
