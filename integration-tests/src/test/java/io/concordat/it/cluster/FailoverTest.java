package io.concordat.it.cluster;

import static io.concordat.it.cluster.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.dev.DevBroker;
import io.concordat.it.cluster.Ask.Told;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How soon writes go on. It is said and not judged: a test that does would fail on a slow machine. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FailoverTest {
    private static final List<String> SHORTEST_SESSION = List.of(
            "kafkastore.topic.replication.factor=1",
            "kafkagroup.session.timeout.ms=2000",
            "kafkagroup.heartbeat.interval.ms=300");

    /** The broker allows shorter sessions than brokers usually do. */
    @Test
    void write_whileTheLeaderIsKilled_isAnsweredByItsSuccessor(@TempDir Path folder) throws Exception {
        try (DevBroker broker = DevBroker.ephemeral();
                NodeProcess leader = launch(folder, "one", broker)) {
            leader.awaitReady();
            await(() -> leader.role().equals("leading"), "a leader");
            try (NodeProcess follower = launch(folder, "two", broker)) {
                follower.awaitReady();
                await(() -> follower.role().equals("following"), "a follower");
                assertThat(Ask.register(follower.url(), "s", "\"int\"").status())
                        .isEqualTo(200);

                leader.kill();
                long killed = System.nanoTime();
                Told told = Ask.register(follower.url(), "s", "\"long\"");

                System.out.println("FailoverTest: a write was acknowledged "
                        + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed)
                        + " ms after the leader was killed, whose session was 2000 ms");
                assertThat(told.status()).as(told.toString()).isEqualTo(200);
                assertThat(told.number("id")).isEqualTo(2);
            }
        }
    }

    private static NodeProcess launch(Path folder, String name, DevBroker broker) throws Exception {
        return NodeProcess.launch(folder, name, Ports.free(), broker.bootstrapServers(), SHORTEST_SESSION);
    }
}
