/**
 * What Kafka Streams needs besides a serde: {@link io.concordat.kafka.streams.BadRecordHandler}. Needs kafka-streams 4.2 or later
 * on the class path, which does not come along.
 */
@NullMarked
package io.concordat.kafka.streams;

import org.jspecify.annotations.NullMarked;
