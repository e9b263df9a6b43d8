package io.concordat.cli;

import io.concordat.engine.log.EventLog;
import io.concordat.log.kafka.KafkaEventLog;
import io.concordat.log.kafka.KafkaLogSettings;
import io.concordat.log.sqlite.SqliteEventLog;
import io.concordat.server.ClusterFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Logs, by what a command was told. What they need is loaded only when one is opened. */
final class Logs {
    private Logs() {}

    /** Opens the one of the three that is named. */
    static EventLog open(@Nullable Path data, @Nullable String brokers, @Nullable Path config) throws IOException {
        if (data != null) {
            return SqliteEventLog.open(data.toAbsolutePath().normalize());
        }
        if (brokers != null) {
            return KafkaEventLog.open(KafkaLogSettings.builder(brokers).build());
        }
        return KafkaEventLog.open(
                ClusterFile.read(Objects.requireNonNull(config)).cluster().log());
    }
}
