package io.concordat.protobuf;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as .proto files and descriptors spell them. */
final class Literals {
    private Literals() {}

    /**
     * An integer, decimal, hexadecimal or octal.
     *
     * @return unsigned ones as Java's signed ones of the same bits
     * @throws NumberFormatException if it is none, or has more bits
     */
    static long integer(String literal, int bits, boolean unsigned) {
        boolean negative = literal.startsWith("-");
        String digits = negative ? literal.substring(1) : literal;
        BigInteger value;
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            value = new BigInteger(digits.substring(2), 16);
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            value = new BigInteger(digits, 8);
        } else {
            value = new BigInteger(digits);
        }
        value = negative ? value.negate() : value;
        boolean fits = unsigned ? value.signum() >= 0 && value.bitLength() <= bits : value.bitLength() < bits;
        if (!fits) {
            throw new NumberFormatException(literal + " has more than " + bits + " bits");
        }
        return bits == 32 ? value.intValue() : value.longValue();
    }

    /**
     * A number with or without a fraction, {@code inf} or {@code nan}.
     *
     * @throws NumberFormatException if it is none
     */
    static double floating(String literal) {
        return switch (literal.toLowerCase(Locale.ROOT)) {
            case "inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            case "nan", "-nan" -> Double.NaN;
            default -> decimal(literal);
        };
    }

    private static double decimal(String literal) {
        if (literal.startsWith("0x") || literal.startsWith("0X")) {
            return new BigInteger(literal.substring(2), 16).doubleValue();
        }
        boolean octal =
                literal.length() > 1 && literal.chars().allMatch(c -> c >= '0' && c <= '7') && literal.charAt(0) == '0';
        return octal ? new BigInteger(literal, 8).doubleValue() : Double.parseDouble(literal);
    }

    /** As descriptors spell a default value of type double. */
    static String print(double value) {
        return special(value, shortest(value, 15, text -> Double.parseDouble(text) == value, 17));
    }

    /** As descriptors spell a default value of type float. */
    static String print(float value) {
        return special(value, shortest(value, 6, text -> Float.parseFloat(text) == value, 9));
    }

    private static String special(double value, String finite) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return finite;
    }

    private interface Exact {
        boolean test(String text);
    }

    private static String shortest(double value, int digits, Exact exact, int moreDigits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "";
        }
        String text = general(value, digits);
        return exact.test(text) ? text : general(value, moreDigits);
    }

    /** What C's {@code %g} writes. */
    private static String general(double value, int digits) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        BigDecimal plain = rounded.stripTrailingZeros();
        if (exponent >= -4 && exponent < digits) {
            return plain.toPlainString();
        }
        String unscaled = plain.unscaledValue().abs().toString();
        String mantissa = unscaled.length() == 1 ? unscaled : unscaled.charAt(0) + "." + unscaled.substring(1);
        return (value < 0 ? "-" : "")
                + mantissa
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }
}
