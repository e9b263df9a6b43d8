package io.concordat.kafka;

import io.concordat.api.Registry;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka serializer that registers the schemas of what it writes. Named in a producer's configuration, or made with a
 * registry and handed to the producer; the keys are those of {@link RegistrySerdeConfig}.
 *
 * <p>Safe for many threads once configured. Every failure is one of three: a {@link RegistryUnavailableException}, which passes
 * by itself; a {@link BadRecordException}, for a value that cannot be written; or a {@link RegistryConfigurationException}.
 * {@code KafkaProducer.send} puts the first one into the future that it returns, and throws the others.
 *
 * @param <T> what is written: anything that carries its schema, such as Avro's generic and specific records, and what the
 *     language has a schema for, such as numbers and texts
 */
public final class RegistrySerializer<T> implements Serializer<T>, ClusterResourceListener {
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
            throw Failures.notConfigured(RegistrySerializer.class);
        }
        if (data == null) {
            return null;
        }
        Settings settings = current.settings();
        try {
            return current.messages().encode(topic, settings.part(), KafkaHeaders.of(headers), data);
        } catch (RuntimeException e) {
            throw Failures.ofWriting(settings).of(e, topic, null);
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

    /** Lets go of the connection, unless the registry was handed over. */
    @Override
    public void close() {
        Session current = session;
        if (current != null) {
            current.close();
        }
    }
}
