package io.concordat.benchmarks.avro;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** The values that are measured, the same in every run: as generic records with Avro's texts and boxed numbers. */
final class Values {
    private static final int SEED = 7;
    private static final int DOUBLES = 768;
    private static final int INTS = 1024;

    private Values() {}

    static GenericRecord small(Schema schema) {
        GenericRecord small = new GenericData.Record(schema);
        small.put("id", 1_234_567_890_123L);
        small.put("name", text("Maximiliane Öttinger"));
        small.put("active", true);
        small.put("score", 0.987);
        small.put("visits", -4_711L);
        small.put("country", text("Liechtenstein"));
        return small;
    }

    static GenericRecord event(Schema schema) {
        GenericRecord event = new GenericData.Record(schema);
        event.put("eventId", text("7d9f3a52-11c4-4f0e-9b53-0f4c3c0a9d1e"));
        event.put("sequence", 20_034_567L);
        event.put("kind", symbol(schema, "kind", "SHIPPED"));
        event.put("channel", symbol(schema, "channel", "APP"));
        event.put("createdAt", 1_790_000_000_123L);
        event.put("receivedAt", 1_790_000_000_456_789L);
        event.put("tenant", text("tenant-042"));
        event.put("customer", text("customer-0815-4711"));
        event.put("email", text("jane.doe@example.org"));
        event.put("device", device(schema));
        event.put("location", location(schema));
        event.put("referrer", text("https://www.example.org/search?q=shoes"));
        event.put("sessionId", text("s-9f8e7d6c5b4a39281706"));
        event.put("durationMs", 123_456L);
        event.put("score", -0.75);
        event.put("gift", false);
        event.put("parent", -98_765_432_101L);
        event.put("language", text("de-LI"));
        event.put("payment", card(schema));
        event.put("items", items(schema.getField("items").schema()));
        event.put("attributes", attributes());
        event.put("checksum", checksum(schema));
        event.put("total", ByteBuffer.wrap(BigInteger.valueOf(1_234_567).toByteArray()));
        event.put("flags", 0x1357);
        event.put("version", text("2.31.0"));
        return event;
    }

    private static GenericRecord device(Schema schema) {
        GenericRecord device = new GenericData.Record(Wire.type(schema, "Device"));
        device.put("model", text("Fairphone 5"));
        device.put("os", text("Android 15"));
        device.put("width", 1224);
        device.put("height", 2700);
        return device;
    }

    private static GenericRecord location(Schema schema) {
        GenericRecord location = new GenericData.Record(Wire.type(schema, "Location"));
        location.put("latitude", 47.14151);
        location.put("longitude", 9.52154);
        location.put("country", text("LI"));
        location.put("city", text("Vaduz"));
        return location;
    }

    private static GenericRecord card(Schema schema) {
        GenericRecord card = new GenericData.Record(Wire.type(schema, "Card"));
        card.put("brand", text("Maestro"));
        card.put("lastFour", text("4711"));
        card.put("expiryMonth", 11);
        return card;
    }

    private static GenericData.Array<GenericRecord> items(Schema list) {
        GenericData.Array<GenericRecord> items = new GenericData.Array<>(3, list);
        for (int i = 0; i < 3; i++) {
            GenericRecord item = new GenericData.Record(list.getElementType());
            item.put("sku", text("SKU-" + (100_000 + i)));
            item.put("title", text("Running shoe, size " + (40 + i)));
            item.put("quantity", 1 + i);
            item.put("priceInCents", 12_999L + i);
            items.add(item);
        }
        return items;
    }

    private static Map<Utf8, Utf8> attributes() {
        Map<Utf8, Utf8> attributes = new LinkedHashMap<>();
        attributes.put(text("experiment"), text("checkout-b"));
        attributes.put(text("theme"), text("dark"));
        attributes.put(text("store"), text("Zürich"));
        attributes.put(text("build"), text("20261124.3"));
        return attributes;
    }

    private static GenericData.Fixed checksum(Schema schema) {
        byte[] bytes = new byte[16];
        new Random(SEED).nextBytes(bytes);
        return new GenericData.Fixed(schema.getField("checksum").schema(), bytes);
    }

    static GenericRecord numeric(Schema schema) {
        Random random = new Random(SEED);
        GenericData.Array<Double> samples =
                new GenericData.Array<>(DOUBLES, schema.getField("samples").schema());
        for (int i = 0; i < DOUBLES; i++) {
            samples.add(random.nextGaussian());
        }
        GenericData.Array<Integer> counts =
                new GenericData.Array<>(INTS, schema.getField("counts").schema());
        for (int i = 0; i < INTS; i++) {
            int magnitude = 64 + random.nextInt(8_000);
            counts.add(random.nextInt(4) == 0 ? -magnitude : magnitude);
        }
        GenericRecord numeric = new GenericData.Record(schema);
        numeric.put("samples", samples);
        numeric.put("counts", counts);
        return numeric;
    }

    static GenericRecord strings(Schema schema) {
        Random random = new Random(SEED);
        GenericRecord strings = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            StringBuilder text = new StringBuilder();
            for (int length = 20 + random.nextInt(181); length > 0; length--) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            strings.put(field.name(), text(text.toString()));
        }
        return strings;
    }

    private static GenericData.EnumSymbol symbol(Schema schema, String field, String symbol) {
        return new GenericData.EnumSymbol(schema.getField(field).schema(), symbol);
    }

    private static Utf8 text(String value) {
        return new Utf8(value);
    }
}
