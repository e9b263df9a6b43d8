package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdentityTableTest {
    private final IdentityTable<String, String> table = new IdentityTable<>();

    @Test
    void find_equalObject_isNotTheSame() {
        List<String> schema = List.of("schema");
        table.put(schema, "orders", "found");

        assertThat(table.find(schema, new String("orders"))).isEqualTo("found");
        assertThat(table.find(List.of("schema"), "orders")).isNull();
        assertThat(table.find(schema, "payments")).isNull();
    }

    @Test
    void find_manyEntries_givesWhatWasPut() {
        List<Object> schemas =
                IntStream.range(0, 1_000).mapToObj(i -> new Object()).toList();
        schemas.forEach(schema -> table.put(schema, "orders", "orders " + schema.hashCode()));
        schemas.forEach(schema -> table.put(schema, "payments", "payments " + schema.hashCode()));

        assertThat(schemas).allSatisfy(schema -> {
            assertThat(table.find(schema, "orders")).isEqualTo("orders " + schema.hashCode());
            assertThat(table.find(schema, "payments")).isEqualTo("payments " + schema.hashCode());
        });
    }

    @Test
    void put_moreThanItHolds_startsOver() {
        Object first = new Object();
        table.put(first, "orders", "first");
        for (int i = 0; i < 10_000; i++) {
            table.put(new Object(), "orders", "other");
        }
        Object last = new Object();
        table.put(last, "orders", "last");

        assertThat(table.find(last, "orders")).isEqualTo("last");
        assertThat(table.find(first, "orders")).isNull();
    }
}
