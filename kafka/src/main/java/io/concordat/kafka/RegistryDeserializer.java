package io.concordat.kafka;

import io.concordat.api.Registry;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka deserializer that fetches the schemas of what it reads. Named in a consumer's configuration, or made with a
 * registry and handed to the consumer; the keys are those of {@link RegistrySerdeConfig}.
 *
 * <p>Safe for many threads once configured. Every failure is one of three: a {@link RegistryUnavailableException}, which passes
 * by itself; a {@link BadRecordException}, unless {@value RegistrySerdeConfig#BAD_RECORD_POLICY} says otherwise; or a
 * {@link RegistryConfigurationException}. {@code KafkaConsumer.poll} wraps them; {@link SerdeFailure#in} finds them.
 *
 * @param <T> what is read, a {@link Decoded} where bad records are wrapped. It is not checked: a record of another class than
 *     the application expects fails there
 */
public final class RegistryDeserializer<T> implements Deserializer<T>, ClusterResourceListener {
    private final @Nullable Registry given;
    private volatile @Nullable Session session;

    /** To be configured. */
    public RegistryDeserializer() {
        this.given = null;
    }

    /**
     * Ready for record values with the default settings; {@link #configure} changes that.
     *
     * @param registry stays the caller's to close
     */
    public RegistryDeserializer(Registry registry) {
        this.given = Objects.requireNonNull(registry, "registry");
        this.session = Session.open(registry, Session.Direction.READING);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        Session opened = Session.open(given, configs, isKey, Session.Direction.READING);
        close();
        session = opened;
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        return deserialize(topic, null, data);
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable T deserialize(String topic, @Nullable Headers headers, byte @Nullable [] data) {
        Session current = configured();
        if (data == null) {
            return null;
        }
        try {
            return (T) current.aftermath().ofValue(read(current, topic, headers, data));
        } catch (RuntimeException e) {
            ByteBuffer bytes = ByteBuffer.wrap(data);
            return (T) current.aftermath().of(e, topic, headers, bytes, () -> read(current, topic, headers, data));
        }
    }

    /** Reads between the buffer's position and limit, which stay as they are. */
    @Override
    @SuppressWarnings("unchecked")
    public @Nullable T deserialize(String topic, @Nullable Headers headers, @Nullable ByteBuffer data) {
        Session current = configured();
        if (data == null) {
            return null;
        }
        try {
            return (T) current.aftermath().ofValue(read(current, topic, headers, data));
        } catch (RuntimeException e) {
            return (T) current.aftermath().of(e, topic, headers, data, () -> read(current, topic, headers, data));
        }
    }

    private static @Nullable Object read(Session session, String topic, @Nullable Headers headers, byte[] data) {
        return session.messages().decode(topic, session.settings().part(), KafkaHeaders.of(headers), data);
    }

    private static @Nullable Object read(Session session, String topic, @Nullable Headers headers, ByteBuffer data) {
        return session.messages().decode(topic, session.settings().part(), KafkaHeaders.of(headers), data);
    }

    private Session configured() {
        Session current = session;
        if (current == null) {
            throw Failures.notConfigured(RegistryDeserializer.class);
        }
        return current;
    }

    /** Kafka says so: from then on the associations of that cluster's topics count. */
    @Override
    public void onUpdate(ClusterResource cluster) {
        Session current = session;
        if (current != null) {
            current.cluster(cluster);
        }
    }

    /** Lets go of the connection, unless the registry was handed over. Whoever waits in here for the registry gives up. */
    @Override
    public void close() {
        Session current = session;
        if (current != null) {
            current.close();
        }
    }
}
