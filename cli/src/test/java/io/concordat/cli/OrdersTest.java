package io.concordat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

class OrdersTest {
    @Test
    void next_sameSeed_givesTheSameOrders() throws IOException {
        Schema schema = DemoData.order();

        assertThat(new Orders(schema, 7).next(50))
                .isEqualTo(new Orders(schema, 7).next(50))
                .isNotEqualTo(new Orders(schema, 8).next(50));
    }

    @Test
    void next_everyOrder_fitsTheSchema() throws IOException {
        Schema schema = DemoData.order();

        assertThat(new Orders(schema, 1).next(200))
                .allMatch(order -> GenericData.get().validate(schema, order));
    }
}
