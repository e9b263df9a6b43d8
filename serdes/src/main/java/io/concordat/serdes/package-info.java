/**
 * Messages with a schema id before the record, without Kafka: {@link io.concordat.serdes.MessageSerializer} writes and
 * reads them, {@link io.concordat.serdes.SubjectNaming} says under which subjects the schemas are kept.
 */
@NullMarked
package io.concordat.serdes;

import org.jspecify.annotations.NullMarked;
