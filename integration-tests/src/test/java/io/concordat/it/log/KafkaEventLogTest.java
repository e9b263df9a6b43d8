package io.concordat.it.log;

import io.concordat.dev.DevBroker;
import io.concordat.dev.DevBrokerSettings;
import io.concordat.engine.log.EventLog;
import io.concordat.log.kafka.Fencing;
import io.concordat.log.kafka.KafkaEventLog;
import io.concordat.log.kafka.KafkaLogSettings;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class KafkaEventLogTest extends DurableEventLogContract {
    private static final String LARGEST = String.valueOf(16 << 20);

    @SuppressWarnings("NullAway.Init")
    private static DevBroker broker;

    private static int topics;

    private final String topic = "log-" + ++topics;

    @BeforeAll
    static void startBroker() {
        broker = DevBroker.start(DevBrokerSettings.EPHEMERAL
                .with("message.max.bytes", LARGEST)
                // The contract appends one by one. A stock broker would hold up many of these transactions for 20 ms.
                .with("add.partitions.to.txn.retry.backoff.ms", "1"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Override
    EventLog open(Clock clock) {
        return KafkaEventLog.open(
                KafkaLogSettings.builder(broker.bootstrapServers())
                        .topic(topic)
                        .replicationFactor(1)
                        .fencing(Fencing.TRANSACTIONAL)
                        // The clock of the contract shows any time.
                        .topicConfig("message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE))
                        .build(),
                clock);
    }
}
