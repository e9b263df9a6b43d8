package io.concordat.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What became of a key or value that was read: the value, or why there is none, with the bytes as they came. What a
 * {@link RegistryDeserializer} returns where {@value RegistrySerdeConfig#BAD_RECORD_POLICY} is {@code wrap}; a tombstone is
 * still null, and a registry that is away is still an exception.
 *
 * @param <T> what is read
 */
public sealed interface Decoded<T> {
    /**
     * The value.
     *
     * @return null where the schema says so
     * @throws BadRecordException if there is none
     */
    @Nullable
    T orElseThrow();

    /**
     * A value that was read.
     *
     * @param value null where the schema says so
     */
    record Value<T>(@Nullable T value) implements Decoded<T> {
        @Override
        public @Nullable T orElseThrow() {
            return value;
        }
    }

    /** Bytes that will never be read. */
    final class Failed<T> implements Decoded<T> {
        private final BadRecordException failure;
        private final byte[] bytes;
        private final Headers headers;

        private Failed(BadRecordException failure, byte[] bytes, Headers headers) {
            this.failure = failure;
            this.bytes = bytes;
            this.headers = headers;
        }

        static <T> Failed<T> of(BadRecordException failure, ByteBuffer bytes, @Nullable Headers headers) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(bytes.position(), copy);
            return new Failed<>(failure, copy, headers == null ? new RecordHeaders() : new RecordHeaders(headers));
        }

        /** Why. */
        public BadRecordException failure() {
            return failure;
        }

        /** The bytes as they came, a copy. */
        public byte[] bytes() {
            return bytes.clone();
        }

        /** The record's headers as they came, a copy. */
        public Headers headers() {
            return new RecordHeaders(headers);
        }

        @Override
        public @Nullable T orElseThrow() {
            throw failure;
        }

        @Override
        public String toString() {
            return "Failed[" + failure.getMessage() + "]";
        }
    }
}
