/** Serializers, registry and Kafka together, over a real broker. */
@NullMarked
package io.concordat.it.kafka;

import org.jspecify.annotations.NullMarked;
