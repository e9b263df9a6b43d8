package io.concordat.benchmarks.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An order with an address, an enum, an optional field and five lines, the same in every run. */
public record Order(
        long id,
        long placedAt,
        String customer,
        Address shipTo,
        Status status,
        List<Line> lines,
        @Nullable String note,
        boolean gift) {

    /** Where it goes. */
    public record Address(String street, String city, String zip) {}

    /** How far it is. */
    public enum Status {
        PLACED,
        PAID,
        SHIPPED
    }

    /** What is ordered. */
    public record Line(
            String sku,
            int quantity,
            long priceInCents,
            @Nullable Double discount) {}

    static Order sample() {
        Random random = new Random(7);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lines.add(new Line(
                    "SKU-" + random.nextInt(100_000),
                    1 + random.nextInt(9),
                    random.nextInt(100_000),
                    i % 2 == 0 ? 0.1 : null));
        }
        return new Order(
                1_234_567_890L,
                1_790_000_000_000L,
                "customer-4711",
                new Address("Long Street 12", "Springfield", "12345"),
                Status.PAID,
                lines,
                null,
                true);
    }
}
