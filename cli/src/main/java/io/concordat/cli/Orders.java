package io.concordat.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** Made-up orders of one schema: the same ones for the same seed. */
final class Orders {
    private static final long FIRST_ORDER = 1_760_000_000_000L;
    private static final List<String> NAMES =
            List.of("Ada Keller", "Bruno Maas", "Chiara Conti", "Dilek Aydin", "Emil Sand", "Fatou Diop");
    private static final List<String> STREETS = List.of("Mill Lane", "Harbour Street", "Station Road", "Elm Avenue");
    private static final List<String> CITIES = List.of("Bergen", "Graz", "Porto", "Turku", "Utrecht", "Zadar");
    private static final List<String> COUNTRIES = List.of("NO", "AT", "PT", "FI", "NL", "HR");
    private static final List<String> CHANNELS = List.of("web", "app", "phone");

    private final Schema schema;
    private final Schema customer;
    private final Schema address;
    private final Schema line;
    private final Schema status;
    private final Random random;

    Orders(Schema schema, long seed) {
        this.schema = schema;
        customer = schema.getField("customer").schema();
        address = customer.getField("address").schema();
        line = schema.getField("lines").schema().getElementType();
        status = schema.getField("status").schema();
        random = new Random(seed);
    }

    List<GenericRecord> next(int count) {
        List<GenericRecord> orders = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            orders.add(order(i));
        }
        return orders;
    }

    private GenericRecord order(int number) {
        List<GenericRecord> lines = lines();
        return new GenericRecordBuilder(schema)
                .set("orderId", new UUID(random.nextLong(), random.nextLong()).toString())
                .set("placedAt", FIRST_ORDER + number * 1_000L + random.nextInt(1_000))
                .set("status", new GenericData.EnumSymbol(status, oneOf(status.getEnumSymbols())))
                .set("customer", customer())
                .set("lines", lines)
                .set("totalCents", total(lines))
                .set("labels", Map.of("channel", oneOf(CHANNELS)))
                .build();
    }

    private GenericRecord customer() {
        long id = 10_000L + random.nextInt(90_000);
        int city = random.nextInt(CITIES.size());
        return new GenericRecordBuilder(customer)
                .set("id", id)
                .set("name", oneOf(NAMES))
                .set("email", random.nextInt(4) == 0 ? null : "customer" + id + "@example.org")
                .set(
                        "address",
                        new GenericRecordBuilder(address)
                                .set("street", oneOf(STREETS) + " " + (1 + random.nextInt(120)))
                                .set("city", CITIES.get(city))
                                .set("postcode", String.valueOf(1_000 + random.nextInt(9_000)))
                                .set("country", COUNTRIES.get(city))
                                .build())
                .build();
    }

    private List<GenericRecord> lines() {
        List<GenericRecord> lines = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            lines.add(new GenericRecordBuilder(line)
                    .set("sku", "SKU-" + (100_000 + random.nextInt(900_000)))
                    .set("quantity", 1 + random.nextInt(4))
                    .set("unitPriceCents", 199L + random.nextInt(20_000))
                    .set("discountPercent", random.nextInt(3) == 0 ? 5 * (1 + random.nextInt(5)) : null)
                    .build());
        }
        return lines;
    }

    private static long total(List<GenericRecord> lines) {
        return lines.stream()
                .mapToLong(line -> (int) line.get("quantity") * (long) line.get("unitPriceCents"))
                .sum();
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
