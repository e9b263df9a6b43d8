package io.concordat.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Whether the multiples of one number are among those of another. */
final class Multiples {
    /** Beyond this many digits apart, dividing would take longer than anybody wants to know. */
    private static final int MAX_DIGITS = 2_000;

    private Multiples() {}

    /** The rule broken by a factor that took the place of an old one, or null. */
    static @Nullable Rule ruleOf(BigDecimal factor, @Nullable BigDecimal old) {
        if (old == null) {
            return Rule.MULTIPLE_OF_ADDED;
        }
        if (isMultiple(old, factor)) {
            return null;
        }
        return isMultiple(factor, old) ? Rule.MULTIPLE_OF_EXPANDED : Rule.MULTIPLE_OF_CHANGED;
    }

    private static boolean isMultiple(BigDecimal number, BigDecimal factor) {
        if (number.compareTo(factor) == 0) {
            return true;
        }
        long apart = Math.abs((long) number.scale() - factor.scale());
        return apart <= MAX_DIGITS && number.remainder(factor).signum() == 0;
    }
}
