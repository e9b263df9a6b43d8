package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTableTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void find_randomIds_givesWhatWasPut(long seed) {
        Random random = new Random(seed);
        IdTable<String> table = new IdTable<>();
        Map<Integer, String> expected = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            int id = random.nextBoolean() ? random.nextInt(10_000) : random.nextInt();
            if (expected.putIfAbsent(id, "schema " + id) == null) {
                table.put(id, "schema " + id);
            }
        }

        expected.forEach((id, value) -> assertThat(table.find(id)).isEqualTo(value));
        assertThat(table.find(20_000)).isEqualTo(expected.get(20_000));
    }

    @Test
    void put_moreThanItHolds_startsOver() {
        IdTable<Integer> table = new IdTable<>();
        for (int id = 0; id < 100_000; id++) {
            table.put(id, id);
        }

        assertThat(table.find(99_999)).isEqualTo(99_999);
        assertThat(table.find(0)).isNull();
    }
}
