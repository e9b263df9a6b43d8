package io.concordat.kafka;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What a deserializer does about a record that it could not read. */
final class Aftermath {
    private final Failures failures;
    private final BadRecordPolicy policy;
    private final OutageWait wait;

    Aftermath(Settings settings) {
        this.failures = Failures.ofReading(settings);
        this.policy = settings.badRecords();
        this.wait = new OutageWait(settings.outageWait());
    }

    /** What a deserializer returns for a value that was read. */
    @Nullable
    Object ofValue(@Nullable Object value) {
        return policy == BadRecordPolicy.WRAP ? new Decoded.Value<>(value) : value;
    }

    /**
     * What it returns in the end.
     *
     * @param again reads the record once more
     * @throws KafkaException one of the three
     */
    @Nullable
    Object of(
            RuntimeException failure,
            String topic,
            @Nullable Headers headers,
            ByteBuffer bytes,
            Supplier<@Nullable Object> again) {
        try {
            return ofValue(wait.out(told(failure, topic, bytes), again, next -> told(next, topic, bytes)));
        } catch (BadRecordException e) {
            return ofBadRecord(e, headers, bytes);
        }
    }

    private KafkaException told(RuntimeException failure, String topic, ByteBuffer bytes) {
        if (!wait.isClosed()) {
            return failures.of(failure, topic, bytes);
        }
        // The connection was closed under the attempt: whatever that says, it is no fault of the record.
        String closed = "Cannot read a record of topic '" + topic + "': the deserializer has been closed";
        return failures.of(new RegistryException(ErrorCode.UNREACHABLE, closed, failure), topic, bytes);
    }

    private @Nullable Object ofBadRecord(BadRecordException failure, @Nullable Headers headers, ByteBuffer bytes) {
        return switch (policy) {
            case FAIL -> throw failure;
            case NULL -> null;
            case WRAP -> Decoded.Failed.of(failure, bytes, headers);
        };
    }

    /** Whoever waits for the registry stops waiting. */
    void close() {
        wait.close();
    }
}
