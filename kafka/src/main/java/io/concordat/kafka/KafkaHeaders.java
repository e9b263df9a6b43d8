package io.concordat.kafka;

import io.concordat.serdes.MessageHeaders;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A Kafka record's headers. */
record KafkaHeaders(Headers headers) implements MessageHeaders {
    static @Nullable KafkaHeaders of(@Nullable Headers headers) {
        return headers == null ? null : new KafkaHeaders(headers);
    }

    @Override
    public byte @Nullable [] last(String name) {
        Header last = headers.lastHeader(name);
        return last == null ? null : last.value();
    }

    @Override
    public void put(String name, byte[] value) {
        if (headers.lastHeader(name) != null) {
            headers.remove(name);
        }
        headers.add(name, value);
    }

    @Override
    public void remove(String name) {
        headers.remove(name);
    }
}
