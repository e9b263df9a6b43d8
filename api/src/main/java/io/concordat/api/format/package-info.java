/**
 * What a schema language brings: {@link io.concordat.api.format.SchemaFormat} for the registry and
 * {@link io.concordat.api.format.RecordCodec} for the serializers.
 */
@NullMarked
package io.concordat.api.format;

import org.jspecify.annotations.NullMarked;
