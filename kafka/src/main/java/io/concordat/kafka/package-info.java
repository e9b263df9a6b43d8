/**
 * The registry's serializers for Kafka clients and Kafka Streams: {@link io.concordat.kafka.RegistrySerializer},
 * {@link io.concordat.kafka.RegistryDeserializer} and {@link io.concordat.kafka.RegistrySerde}, configured by the keys in
 * {@link io.concordat.kafka.RegistrySerdeConfig}.
 */
@NullMarked
package io.concordat.kafka;

import org.jspecify.annotations.NullMarked;
