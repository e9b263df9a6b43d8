package io.concordat.kafka;

import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.serdes.MessageException;
import io.concordat.serdes.MessageSerializer;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
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
public final class RegistryDeserializer<T> implements Deserializer<T> {
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
        this.session = Session.open(registry);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        Session opened = Session.open(given, configs, isKey);
        close();
        session = opened;
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        return deserialize(topic, data == null ? null : ByteBuffer.wrap(data));
    }

    /** Reads between the buffer's position and limit, which stay as they are. Headers are not looked at. */
    @Override
    public @Nullable T deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return deserialize(topic, data);
    }

    @SuppressWarnings("unchecked")
    private @Nullable T deserialize(String topic, @Nullable ByteBuffer data) {
        Session current = session;
        if (current == null) {
            throw new InvalidConfigurationException(
                    "This RegistryDeserializer is not configured: call configure, or make it with a registry");
        }
        Settings settings = current.settings();
        MessageSerializer messages = current.messages();
        try {
            return (T)
                    (settings.useLatest()
                            ? messages.decodeAsLatest(topic, settings.part(), data)
                            : messages.decode(topic, settings.part(), data));
        } catch (MessageException e) {
            throw KafkaErrors.of(e);
        } catch (RegistryException e) {
            throw KafkaErrors.of(e, "Reading", settings.part(), topic, "");
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
