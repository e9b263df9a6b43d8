package io.concordat.kafka.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.kafka.SerdeFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka Streams does about records that cannot be read: named at {@code deserialization.exception.handler}. It goes on
 * after a bad record, and stops for everything else, so that nothing is skipped while the registry is away or refuses the
 * application. Streams starts again where it stopped; {@code schema.registry.outage.wait.ms} lets it wait instead.
 *
 * <p>A bad record is sent to the topic of {@code errors.dead.letter.queue.topic.name} with the bytes and headers that it came
 * with and, in headers named as Streams names its own, where it came from and what is wrong. Without such a topic it is
 * skipped with a warning.
 *
 * <p>A failure of another deserializer is a bad record if it is a {@code SerializationException}.
 */
public final class BadRecordHandler implements DeserializationExceptionHandler {
    private static final System.Logger LOG = System.getLogger(BadRecordHandler.class.getName());
    private static final String DEAD_LETTER_TOPIC = "errors.dead.letter.queue.topic.name";
    private static final String HEADER = "__streams.errors.";

    private @Nullable String deadLetters;

    /** To be configured. */
    public BadRecordHandler() {}

    @Override
    public void configure(Map<String, ?> configs) {
        deadLetters = Optional.ofNullable(configs.get(DEAD_LETTER_TOPIC))
                .map(Object::toString)
                .filter(topic -> !topic.isBlank())
                .orElse(null);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (!isBadRecord(exception)) {
            return Response.fail();
        }
        String topic = deadLetters;
        if (topic != null) {
            return Response.resume(List.of(deadLetter(topic, record, exception)));
        }
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "Skipped the record at offset " + record.offset() + " of " + record.topic() + "-"
                        + record.partition() + ": " + exception.getMessage());
        return Response.resume();
    }

    private static boolean isBadRecord(Exception exception) {
        return SerdeFailure.in(exception)
                .map(failure -> failure.kind() == SerdeFailure.Kind.BAD_RECORD)
                .orElseGet(() -> exception instanceof SerializationException
                        && !(exception.getCause() instanceof RetriableException));
    }

    private static ProducerRecord<byte[], byte[]> deadLetter(
            String topic, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        Headers headers = new RecordHeaders(record.headers());
        put(headers, "exception", exception.getClass().getName());
        put(headers, "message", String.valueOf(exception.getMessage()));
        put(headers, "topic", record.topic());
        put(headers, "partition", String.valueOf(record.partition()));
        put(headers, "offset", String.valueOf(record.offset()));
        // A record of an old topic may have none, which is no timestamp of another.
        Long timestamp = record.timestamp() < 0 ? null : record.timestamp();
        return new ProducerRecord<>(topic, null, timestamp, record.key(), record.value(), headers);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(HEADER + name, value.getBytes(UTF_8));
    }
}
