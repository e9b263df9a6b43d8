package io.concordat.it.log;

import static io.concordat.it.log.Records.append;
import static io.concordat.it.log.Records.everything;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.dev.DevBroker;
import io.concordat.dev.DevBrokerSettings;
import io.concordat.engine.log.LogException;
import io.concordat.log.kafka.Fencing;
import io.concordat.log.kafka.KafkaEventLog;
import io.concordat.log.kafka.KafkaLogSettings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a log does where it cannot have transactions. */
@Timeout(120)
class KafkaFencingTest {
    @Test
    void open_withoutTheRightToTransactions_writesWithoutFencingUnlessToldNotTo() throws Exception {
        DevBrokerSettings guarded = DevBrokerSettings.EPHEMERAL
                .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .with("allow.everyone.if.no.acl.found", "true");
        try (DevBroker broker = DevBroker.start(guarded)) {
            keepOthersFrom(broker, "schema-registry-_schemas-leader");

            assertThatThrownBy(() -> KafkaEventLog.open(settings(broker, Fencing.TRANSACTIONAL)))
                    .isInstanceOf(LogException.class)
                    .hasMessageContaining("'schema-registry-_schemas-leader'")
                    .hasMessageContaining("ACL");
            try (KafkaEventLog log = KafkaEventLog.open(settings(broker, Fencing.AUTO))) {
                append(log.openWriter(), "a", "b");

                assertThat(log.isFenced()).isFalse();
                assertThat(everything(log).keys()).containsExactly("a", "b");
            }
        }
    }

    @Test
    void open_withoutATransactionCoordinator_writesWithoutFencing() {
        DevBrokerSettings alone = DevBrokerSettings.EPHEMERAL
                .with("transaction.state.log.replication.factor", "3")
                .with("transaction.state.log.min.isr", "2");
        try (DevBroker broker = DevBroker.start(alone);
                KafkaEventLog log = KafkaEventLog.open(settings(broker, Fencing.AUTO))) {
            append(log.openWriter(), "a");

            assertThat(log.isFenced()).isFalse();
            assertThat(everything(log).keys()).containsExactly("a");
        }
    }

    private static KafkaLogSettings settings(DevBroker broker, Fencing fencing) {
        return KafkaLogSettings.builder(broker.bootstrapServers())
                .replicationFactor(1)
                .fencing(fencing)
                .build();
    }

    /** Gives somebody else a right on the id, so that nobody has it without being given it. */
    private static void keepOthersFrom(DevBroker broker, String transactionalId) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createAcls(List.of(new AclBinding(
                            new ResourcePattern(ResourceType.TRANSACTIONAL_ID, transactionalId, PatternType.LITERAL),
                            new AccessControlEntry("User:somebody", "*", AclOperation.ALL, AclPermissionType.ALLOW))))
                    .all()
                    .get();
        }
    }
}
