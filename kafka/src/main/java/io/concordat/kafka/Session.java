package io.concordat.kafka;

import io.concordat.api.Registry;
import io.concordat.serdes.MessageSerializer;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * What a serializer or deserializer works with once it is configured.
 *
 * @param settings what the keys say
 * @param messages does the work
 * @param connection given back at the end; null if the registry is the application's
 */
record Session(Settings settings, MessageSerializer messages, SharedRegistries.@Nullable Lease connection) {
    /** @param given the application's registry, or null to connect to the configured one */
    static Session open(@Nullable Registry given, Map<String, ?> configs, boolean isKey) {
        Settings settings = Settings.of(configs, isKey);
        if (given != null) {
            return new Session(settings, messages(given, settings), null);
        }
        SharedRegistries.Lease connection = SharedRegistries.lease(ConnectionSettings.of(configs));
        try {
            return new Session(settings, messages(connection.registry(), settings), connection);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** For values, with the defaults. */
    static Session open(Registry given) {
        return open(given, Map.of(), false);
    }

    void close() {
        if (connection != null) {
            connection.close();
        }
    }

    private static MessageSerializer messages(Registry registry, Settings settings) {
        MessageSerializer.Builder builder = MessageSerializer.builder(registry)
                .naming(settings.naming())
                .autoRegister(settings.autoRegister())
                .normalize(settings.normalize())
                .latestTimeToLive(settings.latestTimeToLive());
        if (settings.specific()) {
            builder.specificRecords(applicationLoader());
        }
        try {
            return builder.build();
        } catch (IllegalStateException e) {
            ConfigException problem = new ConfigException(e.getMessage());
            problem.initCause(e);
            throw problem;
        }
    }

    private static ClassLoader applicationLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : Session.class.getClassLoader();
    }
}
