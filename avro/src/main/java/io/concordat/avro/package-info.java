/**
 * Apache Avro as a schema language: {@link io.concordat.avro.AvroFormat} for the registry,
 * {@link io.concordat.avro.AvroCodec} for the serializers, {@link io.concordat.avro.AvroSchema} for applications.
 */
@NullMarked
package io.concordat.avro;

import org.jspecify.annotations.NullMarked;
