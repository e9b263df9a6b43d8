package io.concordat.kafka;

import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.serdes.MessageException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka deserializer that fetches the schemas of what it reads. Named in a consumer's configuration, or made with a
 * registry and handed to the consumer; the keys are those of {@link RegistrySerdeConfig}.
 *
 * <p>Safe for many threads once configured. A failure is one of Kafka's exceptions: a {@code RetriableException} while the
 * registry is out of reach, {@code AuthenticationException} or {@code AuthorizationException} if it refuses the caller, and
 * {@code SerializationException} if the message or its schema is at fault.
 *
 * @param <T> what is read. It is not checked: a record of another class than the application expects fails there
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
        try {
            return (T) current.messages().decode(topic, current.settings().part(), KafkaHeaders.of(headers), data);
        } catch (MessageException e) {
            throw KafkaErrors.of(e);
        } catch (RegistryException e) {
            throw KafkaErrors.of(e, "");
        }
    }

    /** Reads between the buffer's position and limit, which stay as they are. */
    @Override
    @SuppressWarnings("unchecked")
    public @Nullable T deserialize(String topic, @Nullable Headers headers, @Nullable ByteBuffer data) {
        Session current = configured();
        try {
            return (T) current.messages().decode(topic, current.settings().part(), KafkaHeaders.of(headers), data);
        } catch (MessageException e) {
            throw KafkaErrors.of(e);
        } catch (RegistryException e) {
            throw KafkaErrors.of(e, "");
        }
    }

    private Session configured() {
        Session current = session;
        if (current == null) {
            throw new InvalidConfigurationException(
                    "This RegistryDeserializer is not configured: call configure, or make it with a registry");
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

    /** Lets go of the connection, unless the registry was handed over. */
    @Override
    public void close() {
        Session current = session;
        if (current != null) {
            current.close();
        }
    }
}
