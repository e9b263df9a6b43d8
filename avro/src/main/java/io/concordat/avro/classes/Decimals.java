package io.concordat.avro.classes;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Decimals of a schema.
 *
 * @param size the length in bytes; 0 if it is free
 */
record Decimals(int precision, int scale, int size) {
    static Decimals of(Schema schema) {
        LogicalTypes.Decimal digits = (LogicalTypes.Decimal) LogicalTypes.fromSchema(schema);
        boolean fixed = schema.getType() == Schema.Type.FIXED;
        return new Decimals(digits.getPrecision(), digits.getScale(), fixed ? schema.getFixedSize() : 0);
    }

    BigDecimal read(Object raw) {
        return new BigDecimal(new BigInteger((byte[]) raw), scale);
    }

    /** Digits are added behind the point, but none is rounded away. */
    byte[] written(Object value) {
        BigDecimal decimal = (BigDecimal) value;
        BigDecimal scaled;
        try {
            scaled = decimal.setScale(scale, RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(decimal.scale() + " digits behind the point do not fit", e);
        }
        if (scaled.precision() > precision) {
            throw new IllegalArgumentException(scaled.precision() + " digits do not fit");
        }
        byte[] bytes = scaled.unscaledValue().toByteArray();
        return size == 0 ? bytes : padded(bytes, scaled.signum() < 0);
    }

    private byte[] padded(byte[] bytes, boolean negative) {
        if (bytes.length > size) {
            throw new IllegalArgumentException(bytes.length + " bytes do not fit into " + size);
        }
        byte[] padded = new byte[size];
        Arrays.fill(padded, 0, size - bytes.length, (byte) (negative ? -1 : 0));
        System.arraycopy(bytes, 0, padded, size - bytes.length, bytes.length);
        return padded;
    }

    @Override
    public String toString() {
        return "decimal(" + precision + "," + scale + ")";
    }
}
