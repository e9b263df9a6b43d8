package io.concordat.kafka;

import io.concordat.api.Registry;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A {@link RegistrySerializer} and a {@link RegistryDeserializer} together, for Kafka Streams: named in its configuration
 * ({@code default.value.serde}), or made with a registry and handed to a topology.
 *
 * @param <T> what is written and read
 */
public final class RegistrySerde<T> implements Serde<T> {
    private final RegistrySerializer<T> serializer;
    private final RegistryDeserializer<T> deserializer;

    /** To be configured. */
    public RegistrySerde() {
        this.serializer = new RegistrySerializer<>();
        this.deserializer = new RegistryDeserializer<>();
    }

    /**
     * Ready for record values with the default settings; {@link #configure} changes that.
     *
     * @param registry stays the caller's to close
     */
    public RegistrySerde(Registry registry) {
        this.serializer = new RegistrySerializer<>(registry);
        this.deserializer = new RegistryDeserializer<>(registry);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        serializer.configure(configs, isKey);
        deserializer.configure(configs, isKey);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }

    @Override
    public void close() {
        serializer.close();
        deserializer.close();
    }
}
