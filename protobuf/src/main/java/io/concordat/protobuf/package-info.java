/**
 * Protocol Buffers as a schema language: {@link io.concordat.protobuf.ProtobufFormat} for the registry,
 * {@link io.concordat.protobuf.ProtobufCodec} for the serializers, {@link io.concordat.protobuf.ProtobufSchema} for
 * applications.
 */
@NullMarked
package io.concordat.protobuf;

import org.jspecify.annotations.NullMarked;
