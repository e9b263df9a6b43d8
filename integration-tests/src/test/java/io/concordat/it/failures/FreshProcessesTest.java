package io.concordat.it.failures;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.dev.DevBroker;
import io.concordat.it.failures.ClientProcess.Said;
import io.concordat.server.RegistryNode;
import io.concordat.server.ServerConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Applications that have run once do without the registry, even when they are started afresh. */
@Timeout(240)
class FreshProcessesTest {
    @Test
    void producerAndConsumer_startedWhileTheRegistryIsAway_handleTenThousandRecords(@TempDir Path folder)
            throws Exception {
        Path store = folder.resolve("schemas");
        try (DevBroker broker = DevBroker.ephemeral()) {
            String url;
            try (RegistryNode registry =
                    RegistryNode.startInMemory(ServerConfig.builder().port(0).build())) {
                url = registry.url().toString();
                assertThat(run("produce", 1, broker, url, store, folder).answer())
                        .isEqualTo("produced 1");
                assertThat(run("consume", 1, broker, url, store, folder).answer())
                        .isEqualTo("consumed 1");
            }

            Said producer = run("produce", 10_000, broker, url, store, folder);
            Said consumer = run("consume", 10_001, broker, url, store, folder);

            assertThat(producer.answer()).as("%s", producer.log()).isEqualTo("produced 10000");
            assertThat(consumer.answer()).as("%s", consumer.log()).isEqualTo("consumed 10001");
            assertThat(producer.warnings()).as("%s", producer.log()).hasSize(1);
            assertThat(consumer.warnings()).as("%s", consumer.log()).hasSize(1);
        }
    }

    private static Said run(String task, int count, DevBroker broker, String url, Path store, Path folder)
            throws Exception {
        return ClientProcess.run(
                task, count, broker.bootstrapServers(), url, store, folder.resolve(task + "-" + count + ".log"));
    }
}
