/**
 * JSON Schema as a schema language: {@link io.concordat.json.JsonFormat} for the registry,
 * {@link io.concordat.json.JsonCodec} for the serializers, {@link io.concordat.json.JsonSchema} for applications.
 */
@NullMarked
package io.concordat.json;

import org.jspecify.annotations.NullMarked;
