package io.concordat.avro.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How many digits a {@link java.math.BigDecimal} or {@link java.math.BigInteger} has: it becomes Avro's {@code decimal} on
 * {@code bytes}.
 */
@Documented
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Decimal {
    /** All digits. */
    int precision();

    /** Those behind the point. */
    int scale() default 0;
}
