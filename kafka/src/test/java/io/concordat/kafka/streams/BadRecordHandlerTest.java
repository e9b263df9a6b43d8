package io.concordat.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler.Response;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.junit.jupiter.api.Test;

class BadRecordHandlerTest {
    private static final byte[] BYTES = {1, 2, 3};

    private final BadRecordHandler handler = new BadRecordHandler();
    private final ErrorHandlerContext context = (ErrorHandlerContext) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {ErrorHandlerContext.class}, (proxy, method, args) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    @Test
    void handleError_recordOfATopicWithoutTimestamps_isADeadLetterWithoutOne() {
        handler.configure(Map.of("errors.dead.letter.queue.topic.name", "dead"));

        Response response = handler.handleError(
                context, record(ConsumerRecord.NO_TIMESTAMP), new SerializationException("no message"));

        List<ProducerRecord<byte[], byte[]>> letters = response.deadLetterQueueRecords();
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.timestamp()).isNull();
            assertThat(letter.value()).isEqualTo(BYTES);
        });
    }

    @Test
    void handleError_recordWithATimestamp_isADeadLetterWithIt() {
        handler.configure(Map.of("errors.dead.letter.queue.topic.name", "dead"));

        Response response = handler.handleError(context, record(5), new SerializationException("no message"));

        assertThat(response.deadLetterQueueRecords())
                .singleElement()
                .satisfies(letter -> assertThat(letter.timestamp()).isEqualTo(5));
    }

    private static ConsumerRecord<byte[], byte[]> record(long timestamp) {
        return new ConsumerRecord<>(
                "orders",
                0,
                7,
                timestamp,
                timestamp < 0 ? TimestampType.NO_TIMESTAMP_TYPE : TimestampType.CREATE_TIME,
                0,
                BYTES.length,
                new byte[0],
                BYTES,
                new RecordHeaders(),
                Optional.empty());
    }
}
