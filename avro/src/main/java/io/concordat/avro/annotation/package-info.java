/**
 * What Java does not say about a class that a schema is derived from, beyond the annotations that Avro itself has
 * ({@code org.apache.avro.reflect}: {@code AvroName}, {@code AvroDoc}, {@code AvroAlias}, {@code AvroDefault},
 * {@code AvroSchema}, {@code AvroIgnore}).
 */
@NullMarked
package io.concordat.avro.annotation;

import org.jspecify.annotations.NullMarked;
