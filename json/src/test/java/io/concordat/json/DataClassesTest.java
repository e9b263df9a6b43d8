package io.concordat.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Of which values JSON is made, and whose schema they have. */
class DataClassesTest {
    private final JsonCodec codec = new JsonCodec();

    /** A list of an application, which says what is in it. */
    static final class Tags extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    /** A list of an application that says no more than Java's. */
    static final class Pile<E> extends ArrayList<E> {
        private static final long serialVersionUID = 1L;
    }

    /** An enum of which a constant has a class of its own. */
    enum Way {
        THERE,
        BACK {
            @Override
            boolean isBack() {
                return true;
            }
        };

        boolean isBack() {
            return false;
        }
    }

    static Stream<Arguments> data() {
        return each(
                "text",
                'c',
                true,
                (short) 1,
                BigDecimal.ONE,
                DayOfWeek.MONDAY,
                Instant.EPOCH,
                UUID.randomUUID(),
                Optional.of(1),
                new int[0],
                new String[0][0],
                new Object[0],
                List.of(),
                Way.THERE);
    }

    static Stream<Arguments> others() {
        Runnable lambda = () -> {};
        return each(
                new Thread(),
                new Object(),
                new Random(),
                String.class,
                new ByteArrayInputStream(new byte[0]),
                Stream.of(1),
                List.of(1).iterator(),
                new Thread[0],
                new byte[0],
                ByteBuffer.allocate(0),
                DataClassesTest.class.getClassLoader(),
                lambda);
    }

    /** An array is one value, not several. */
    private static Stream<Arguments> each(Object... values) {
        return Arrays.stream(values).map(value -> Arguments.of(value));
    }

    static List<Collection<?>> collections() {
        return List.of(
                new ArrayList<>(),
                new ArrayDeque<>(),
                new Pile<>(),
                List.of(1),
                List.of(1, 2, 3),
                Arrays.asList(1, 2),
                Collections.emptyList(),
                Collections.unmodifiableList(List.of()),
                Set.of(1),
                new HashMap<>().values());
    }

    static List<Map<?, ?>> maps() {
        return List.of(
                new LinkedHashMap<>(),
                new HashMap<>(),
                new TreeMap<>(),
                new ConcurrentHashMap<>(),
                Map.of(),
                Map.of("a", 1),
                Map.of("a", 1, "b", 2),
                Collections.unmodifiableMap(Map.of()));
    }

    @ParameterizedTest
    @MethodSource("data")
    void schemaKey_valueThatIsData_isKnown(Object value) {
        assertThat(codec.schemaKey(value)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("others")
    void schemaKey_objectOfJavaThatIsNoData_isNotOurs(Object value) {
        assertThat(codec.schemaKey(value)).isNull();
    }

    @ParameterizedTest
    @MethodSource("collections")
    void schemaOf_collection_doesNotDependOnItsClass(Collection<?> value) {
        assertThat(text(value))
                .isEqualTo("{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"title\":\"Array List\","
                        + "\"type\":\"array\",\"items\":{}}");
    }

    @ParameterizedTest
    @MethodSource("maps")
    void schemaOf_map_doesNotDependOnItsClass(Map<?, ?> value) {
        assertThat(text(value))
                .isEqualTo("{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"title\":\"Linked Hash Map\","
                        + "\"type\":\"object\",\"additionalProperties\":{}}");
    }

    @Test
    void schemaOf_collectionOfAnApplication_isItsOwn() {
        assertThat(text(new Tags())).contains("\"title\":\"Tags\"").contains("\"items\":{\"type\":\"string\"}");
    }

    @Test
    void schemaOf_constantsOfAnEnum_isOne() {
        assertThat(Objects.requireNonNull(codec.schemaKey(Way.BACK))).isSameAs(codec.schemaKey(Way.THERE));
        assertThat(text(Way.BACK))
                .isEqualTo("{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"title\":\"Way\","
                        + "\"type\":\"string\",\"enum\":[\"THERE\",\"BACK\"]}");
    }

    private String text(Object value) {
        return codec.schemaOf(Objects.requireNonNull(codec.schemaKey(value)))
                .content()
                .text();
    }
}
