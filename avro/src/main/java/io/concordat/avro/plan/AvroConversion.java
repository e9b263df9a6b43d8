package io.concordat.avro.plan;

import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** One of Avro's conversions of a logical type, for one schema. */
record AvroConversion(Schema schema, Conversion<?> conversion) implements Converter {
    @Override
    public @Nullable Object fromAvro(@Nullable Object raw) {
        return Conversions.convertToLogicalType(raw, schema, schema.getLogicalType(), conversion);
    }

    @Override
    public @Nullable Object toAvro(@Nullable Object value) {
        return value == null ? null : Conversions.convertToRawType(value, schema, schema.getLogicalType(), conversion);
    }

    @Override
    public Class<?> type() {
        return conversion.getConvertedType();
    }

    @Override
    public String expected() {
        return TypeNames.of(schema);
    }
}
