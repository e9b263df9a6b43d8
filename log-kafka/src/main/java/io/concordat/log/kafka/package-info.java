/** {@link io.concordat.log.kafka.KafkaEventLog The log of a cluster}, in a Kafka topic. */
@NullMarked
package io.concordat.log.kafka;

import org.jspecify.annotations.NullMarked;
