package io.concordat.kafka;

import io.concordat.api.Registry;
import io.concordat.api.format.CodecSettings;
import io.concordat.serdes.AssociatedNaming;
import io.concordat.serdes.MessageSerializer;
import io.concordat.serdes.RecordPart;
import io.concordat.serdes.SubjectNaming;
import java.util.Map;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What a serializer or deserializer works with once it is configured.
 *
 * @param settings what the keys say
 * @param naming names subjects
 * @param messages does the work
 * @param aftermath does what is to be done about records that cannot be read
 * @param connection given back at the end; null if the registry is the application's
 */
record Session(
        Settings settings,
        SubjectNaming naming,
        MessageSerializer messages,
        Aftermath aftermath,
        SharedRegistries.@Nullable Lease connection) {

    /** To which end. */
    enum Direction {
        WRITING,
        READING
    }

    /** @param given the application's registry, or null to connect to the configured one */
    static Session open(@Nullable Registry given, Map<String, ?> configs, boolean isKey, Direction direction) {
        Settings settings = Settings.of(configs, isKey);
        Session opened = given != null
                ? open(given, null, settings, configs, direction)
                : connected(settings, configs, direction);
        KeyAdvice.warnAbout(configs.keySet(), opened.messages.settingNames());
        if (direction == Direction.WRITING) {
            Contradictions.warnAbout(configs, settings);
        }
        return opened;
    }

    private static Session connected(Settings settings, Map<String, ?> configs, Direction direction) {
        SharedRegistries.Lease connection = SharedRegistries.lease(ConnectionSettings.of(configs));
        try {
            return open(connection.registry(), connection, settings, configs, direction);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** For values, with the defaults. */
    static Session open(Registry given, Direction direction) {
        return open(given, Map.of(), false, direction);
    }

    void cluster(ClusterResource cluster) {
        if (naming instanceof AssociatedNaming associated && cluster.clusterId() != null) {
            associated.cluster(cluster.clusterId());
        } else if (naming instanceof ClusterResourceListener listener) {
            listener.onUpdate(cluster);
        }
    }

    void close() {
        aftermath.close();
        try {
            messages.close();
        } finally {
            if (connection != null) {
                connection.close();
            }
        }
    }

    private static Session open(
            Registry registry,
            SharedRegistries.@Nullable Lease connection,
            Settings settings,
            Map<String, ?> configs,
            Direction direction) {
        SubjectNaming naming = settings.naming().naming(registry);
        MessageSerializer.Builder builder = settings.applyTo(MessageSerializer.builder(registry)
                .naming(settings.naming().inContext(naming))
                .settings(codecSettings(configs, settings)));
        if (settings.specific()) {
            builder.specificRecords(applicationLoader());
        }
        try {
            MessageSerializer messages =
                    (direction == Direction.WRITING ? settings.writing(builder) : settings.reading(builder)).build();
            return new Session(settings, naming, messages, new Aftermath(settings), connection);
        } catch (IllegalStateException | IllegalArgumentException e) {
            ConfigException problem = new ConfigException(e.getMessage());
            problem.initCause(e);
            throw problem;
        }
    }

    private static CodecSettings codecSettings(Map<String, ?> configs, Settings settings) {
        return new CodecSettings(configs, settings.part() == RecordPart.KEY, applicationLoader());
    }

    private static ClassLoader applicationLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : Session.class.getClassLoader();
    }
}
