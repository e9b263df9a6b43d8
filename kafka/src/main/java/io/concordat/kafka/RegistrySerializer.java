package io.concordat.kafka;

import io.concordat.api.ErrorCode;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.serdes.MessageException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka serializer that registers the schemas of what it writes. Named in a producer's configuration, or made with a
 * registry and handed to the producer; the keys are those of {@link RegistrySerdeConfig}.
 *
 * <p>Safe for many threads once configured. A failure is one of Kafka's exceptions: a {@code RetriableException} while the
 * registry is out of reach, {@code AuthenticationException} or {@code AuthorizationException} if it refuses the caller, and
 * {@code SerializationException} if the record or its schema is at fault.
 *
 * @param <T> what is written: anything that carries its schema, such as Avro's generic and specific records, and what the
 *     language has a schema for, such as numbers and texts
 */
public final class RegistrySerializer<T> implements Serializer<T>, ClusterResourceListener {
    private static final Set<ErrorCode> NOT_REGISTERED =
            Set.of(ErrorCode.SUBJECT_NOT_FOUND, ErrorCode.VERSION_NOT_FOUND, ErrorCode.SCHEMA_NOT_FOUND);

    private final @Nullable Registry given;
    private volatile @Nullable Session session;

    /** To be configured. */
    public RegistrySerializer() {
        this.given = null;
    }

    /**
     * Ready for record values with the default settings; {@link #configure} changes that.
     *
     * @param registry stays the caller's to close
     */
    public RegistrySerializer(Registry registry) {
        this.given = Objects.requireNonNull(registry, "registry");
        this.session = Session.open(registry, Session.Direction.WRITING);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        Session opened = Session.open(given, configs, isKey, Session.Direction.WRITING);
        close();
        session = opened;
    }

    /** Needs no headers, unless the schema is to be named in one. */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T data) {
        return serialize(topic, null, data);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Headers headers, @Nullable T data) {
        Session current = session;
        if (current == null) {
            throw new InvalidConfigurationException(
                    "This RegistrySerializer is not configured: call configure, or make it with a registry");
        }
        if (data == null) {
            return null;
        }
        Settings settings = current.settings();
        try {
            return current.messages().encode(topic, settings.part(), KafkaHeaders.of(headers), data);
        } catch (MessageException e) {
            throw KafkaErrors.of(e);
        } catch (RegistryException e) {
            throw KafkaErrors.of(e, advice(e, settings));
        }
    }

    /** Kafka says so: from then on the associations of that cluster's topics count. */
    @Override
    public void onUpdate(ClusterResource cluster) {
        Session current = session;
        if (current != null) {
            current.cluster(cluster);
        }
    }

    /** What to do about it, if the setting is why. */
    private static String advice(RegistryException failure, Settings settings) {
        return !settings.autoRegister() && !settings.choice().isFixed() && NOT_REGISTERED.contains(failure.code())
                ? " ('" + RegistrySerdeConfig.AUTO_REGISTER_SCHEMAS
                        + "' is false: register the schema before records are written)"
                : "";
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
