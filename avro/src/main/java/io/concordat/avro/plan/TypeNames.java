package io.concordat.avro.plan;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What types are called in messages. */
public final class TypeNames {
    private TypeNames() {}

    /** Such as {@code int}, {@code decimal(10,2)}, {@code record com.acme.Order} or {@code union [null, string]}. */
    public static String of(Schema schema) {
        LogicalType logicalType = schema.getLogicalType();
        if (logicalType instanceof LogicalTypes.Decimal decimal) {
            return "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
        }
        return logicalType != null ? logicalType.getName() : ofRaw(schema);
    }

    private static String ofRaw(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> schema.getType().getName() + " " + schema.getFullName();
            case UNION ->
                "union " + schema.getTypes().stream().map(Schema::getFullName).toList();
            default -> schema.getType().getName();
        };
    }
}
