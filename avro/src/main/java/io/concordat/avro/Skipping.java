package io.concordat.avro;

import org.apache.avro.Schema;

/** Passes over values that the reader does not want. */
final class Skipping {
    private Skipping() {}

    static void skip(Schema schema, RecordInput in) {
        switch (schema.getType()) {
            case NULL -> {}
            case BOOLEAN -> in.skip(1);
            case INT -> in.readInt();
            case LONG -> in.readLong();
            case ENUM -> in.readIndex(schema.getEnumSymbols().size(), "symbol");
            case FLOAT -> in.skip(Float.BYTES);
            case DOUBLE -> in.skip(Double.BYTES);
            case STRING, BYTES -> in.skipLengthPrefixed();
            case FIXED -> in.skip(schema.getFixedSize());
            case UNION ->
                skip(schema.getTypes().get(in.readIndex(schema.getTypes().size(), "branch")), in);
            case ARRAY -> skipItems(schema.getElementType(), false, in);
            case MAP -> skipItems(schema.getValueType(), true, in);
            case RECORD -> skipRecord(schema, in);
        }
    }

    private static void skipRecord(Schema schema, RecordInput in) {
        in.enter();
        for (Schema.Field field : schema.getFields()) {
            try {
                skip(field.schema(), in);
            } catch (Misfit e) {
                throw e.inField(field.name());
            }
        }
        in.leave();
    }

    private static void skipItems(Schema items, boolean keyed, RecordInput in) {
        in.enter();
        for (long block = in.skipBlocks(); block > 0; block = in.skipBlocks()) {
            for (long i = 0; i < block; i++) {
                if (keyed) {
                    in.skipLengthPrefixed();
                }
                skip(items, in);
            }
        }
        in.leave();
    }
}
