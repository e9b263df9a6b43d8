package io.concordat.avro.plan;

import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** The smallest values of types, each worked out once. */
final class ItemCosts {
    private static final int ENOUGH_BYTES = 1 << 20;
    private static final int MANY_PLACES = 1 << 20;

    private final Map<Schema, Integer> bytes = new IdentityHashMap<>();
    private final Map<Schema, Integer> places = new IdentityHashMap<>();

    ItemCost ofElement(Schema written, Schema read) {
        int size = bytes(written);
        return new ItemCost(size, size > 0 ? 0 : places(read));
    }

    ItemCost ofEntry(Schema written) {
        return new ItemCost(1 + bytes(written), 0);
    }

    private int bytes(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> 0;
            case FLOAT -> Float.BYTES;
            case DOUBLE -> Double.BYTES;
            case FIXED -> Math.min(schema.getFixedSize(), ENOUGH_BYTES);
            case RECORD -> bytesOfRecord(schema);
            // The smallest branch is not looked for: it is often null.
            default -> 1;
        };
    }

    private int bytesOfRecord(Schema record) {
        Integer known = bytes.putIfAbsent(record, 0); // A record within itself counts nothing, since it has to end.
        if (known != null) {
            return known;
        }
        int sum = 0;
        for (Schema.Field field : record.getFields()) {
            sum = Math.min(ENOUGH_BYTES, sum + bytes(field.schema()));
        }
        bytes.put(record, sum);
        return sum;
    }

    private int places(Schema schema) {
        return schema.getType() == Schema.Type.RECORD ? placesOfRecord(schema) : 1;
    }

    private int placesOfRecord(Schema record) {
        Integer known = places.putIfAbsent(record, 1);
        if (known != null) {
            return known;
        }
        int sum = 1;
        for (Schema.Field field : record.getFields()) {
            sum = Math.min(MANY_PLACES, sum + places(field.schema()));
        }
        places.put(record, sum);
        return sum;
    }
}
