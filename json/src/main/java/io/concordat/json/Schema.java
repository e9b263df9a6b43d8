package io.concordat.json;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The JSON Schema of a class, in place of one that would be derived from it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Schema {
    /** The text of the schema. */
    String value();

    /** What the text refers to: versions of other subjects. */
    Reference[] references() default {};

    /** A name in the text that stands for a version of a subject. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface Reference {
        /** As a {@code $ref} in the text spells it. */
        String name();

        /** Where the schema is registered. */
        String subject();

        /** Its version there, or -1 for the latest. */
        int version();
    }
}
