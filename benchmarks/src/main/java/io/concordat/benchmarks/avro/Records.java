package io.concordat.benchmarks.avro;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** The records that are measured, the same in every run. */
final class Records {
    private Records() {}

    /** Three flat fields. */
    static GenericRecord small() {
        Schema schema = SchemaBuilder.record("User")
                .namespace("io.concordat.benchmarks")
                .fields()
                .requiredString("name")
                .requiredInt("age")
                .optionalString("email")
                .endRecord();
        GenericRecord user = new GenericData.Record(schema);
        user.put("name", new Utf8("Kim Larsen"));
        user.put("age", 33);
        user.put("email", new Utf8("kim@example.org"));
        return user;
    }

    /** An order with an address, an enum, optional fields and five lines. */
    static GenericRecord order() {
        Schema line = SchemaBuilder.record("Line")
                .namespace("io.concordat.benchmarks")
                .fields()
                .requiredString("sku")
                .requiredInt("quantity")
                .requiredLong("priceInCents")
                .optionalDouble("discount")
                .endRecord();
        Schema address = SchemaBuilder.record("Address")
                .namespace("io.concordat.benchmarks")
                .fields()
                .requiredString("street")
                .requiredString("city")
                .requiredString("zip")
                .endRecord();
        Schema schema = SchemaBuilder.record("Order")
                .namespace("io.concordat.benchmarks")
                .fields()
                .requiredLong("id")
                .requiredLong("placedAt")
                .requiredString("customer")
                .name("shipTo")
                .type(address)
                .noDefault()
                .name("status")
                .type(SchemaBuilder.enumeration("Status").symbols("PLACED", "PAID", "SHIPPED"))
                .noDefault()
                .name("lines")
                .type(Schema.createArray(line))
                .noDefault()
                .optionalString("note")
                .requiredBoolean("gift")
                .endRecord();
        return fill(schema, address, line);
    }

    private static GenericRecord fill(Schema schema, Schema address, Schema line) {
        Random random = new Random(7);
        GenericRecord shipTo = new GenericData.Record(address);
        shipTo.put("street", text("Long Street 12"));
        shipTo.put("city", text("Springfield"));
        shipTo.put("zip", text("12345"));
        List<GenericRecord> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            GenericRecord item = new GenericData.Record(line);
            item.put("sku", text("SKU-" + random.nextInt(100_000)));
            item.put("quantity", 1 + random.nextInt(9));
            item.put("priceInCents", (long) random.nextInt(100_000));
            item.put("discount", i % 2 == 0 ? 0.1 : null);
            lines.add(item);
        }
        GenericRecord order = new GenericData.Record(schema);
        order.put("id", 1_234_567_890L);
        order.put("placedAt", 1_790_000_000_000L);
        order.put("customer", text("customer-4711"));
        order.put("shipTo", shipTo);
        order.put("status", new GenericData.EnumSymbol(schema.getField("status").schema(), "PAID"));
        order.put("lines", new GenericData.Array<>(schema.getField("lines").schema(), lines));
        order.put("note", null);
        order.put("gift", true);
        return order;
    }

    private static Utf8 text(String value) {
        return new Utf8(value);
    }
}
