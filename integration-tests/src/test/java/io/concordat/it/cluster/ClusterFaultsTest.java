package io.concordat.it.cluster;

import static io.concordat.it.cluster.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.dev.DevBroker;
import io.concordat.dev.DevBrokerSettings;
import io.concordat.it.cluster.Ask.Told;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes as processes of their own, a broker, clients at work, and what may happen to them.
 *
 * <p>{@code -Dconcordat.test.faults=N} is how many faults it takes; {@code -Dconcordat.test.seed} says which,
 * or {@code -Dconcordat.test.kinds=A,B}, in turn.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
class ClusterFaultsTest {
    private static final int FAULTS = Integer.getInteger("concordat.test.faults", 4);
    private static final int CLIENTS = 4;
    private static final int ACKNOWLEDGED_BETWEEN = 30;

    private final long seed = Long.getLong("concordat.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<NodeProcess> nodes = new ArrayList<>();

    @TempDir
    private Path folder;

    private DevBroker broker;

    @BeforeEach
    void start() throws IOException {
        broker = startBroker(0);
        for (String name : List.of("one", "two", "three")) {
            nodes.add(NodeProcess.start(folder, name, broker.bootstrapServers()));
        }
    }

    private DevBroker startBroker(int port) {
        return DevBroker.start(
                DevBrokerSettings.EPHEMERAL.withFolder(folder.resolve("broker")).withPort(port));
    }

    @AfterEach
    void stop() {
        nodes.forEach(NodeProcess::close);
        broker.close();
    }

    /** What happens to the nodes. */
    private enum Fault {
        LEADER_KILLED {
            @Override
            void happen(ClusterFaultsTest test, Clients clients) {
                NodeProcess leader = test.leader();
                leader.kill();
                long killed = System.nanoTime();
                await(() -> clients.lastWriteBegun() > killed, "a write after the leader's end");
                report("writes were acknowledged again " + since(killed) + " ms after the leader was killed");
                leader.startAgain();
            }
        },
        LEADER_PAUSED {
            @Override
            void happen(ClusterFaultsTest test, Clients clients) {
                NodeProcess leader = test.leader();
                leader.pause();
                long paused = System.nanoTime();
                try {
                    await(() -> test.othersHaveALeader(leader), "another leader");
                } finally {
                    leader.resume();
                }
                report("a leader was paused for " + since(paused) + " ms while another took over");
            }
        },
        NODE_RESTARTED {
            @Override
            void happen(ClusterFaultsTest test, Clients clients) {
                NodeProcess node = test.nodes.get(test.random.nextInt(test.nodes.size()));
                node.stop();
                node.startAgain();
            }
        },
        FOLLOWER_KILLED {
            @Override
            void happen(ClusterFaultsTest test, Clients clients) {
                NodeProcess leader = test.leader();
                NodeProcess follower = test.nodes.stream()
                        .filter(node -> node != leader)
                        .findFirst()
                        .orElseThrow();
                follower.kill();
                follower.startAgain();
            }
        },
        BROKER_RESTARTED {
            @Override
            void happen(ClusterFaultsTest test, Clients clients) {
                int port = test.broker.port();
                test.broker.close();
                test.broker = test.startBroker(port);
            }
        };

        abstract void happen(ClusterFaultsTest test, Clients clients);
    }

    @Test
    void nodes_killedPausedAndRestarted_loseNothingAndAgree() throws Exception {
        report("-Dconcordat.test.seed=" + seed);
        try (Clients clients = clients()) {
            awaitWrites(clients);
            for (int i = 0; i < FAULTS; i++) {
                Fault fault = fault(i);
                report("fault " + (i + 1) + " of " + FAULTS + ": " + fault);
                fault.happen(this, clients);
                awaitWrites(clients);
            }
            check(clients);
            report(FAULTS + " faults, " + clients.requests() + " requests, " + clients.acknowledged()
                    + " writes acknowledged, " + clients.refused().size() + " answers asked to try again");
        }
    }

    @Test
    void nodes_restartedOneAfterTheOther_refuseNoWrite() throws Exception {
        try (Clients clients = clients()) {
            awaitWrites(clients);
            for (NodeProcess node : nodes) {
                node.stop();
                node.startAgain();
                awaitWrites(clients);
            }
            check(clients);

            assertThat(clients.refused()).isEmpty();
            assertThat(nodes)
                    .extracting(NodeProcess::complaints)
                    .anySatisfy(said -> assertThat(said)
                            .contains("is about to stop and hands the leading over")
                            .contains("has been handed over"));
        }
    }

    /** If something is wrong, what the nodes have said tells why. */
    private void check(Clients clients) throws Exception {
        try {
            clients.endAndCheck();
        } catch (AssertionError e) {
            for (NodeProcess node : nodes) {
                report(node.url() + " has said:\n" + node.complaints());
            }
            throw e;
        }
    }

    /** It still takes itself for the leader when it comes to the questions that were waiting for it. */
    @Test
    void leader_resumedAfterAnotherTookOver_answersWithWhatItMissed() throws Exception {
        NodeProcess leader = leader();
        NodeProcess other =
                nodes.stream().filter(node -> node != leader).findFirst().orElseThrow();
        assertThat(Ask.register(leader.url(), "gone", "\"string\"").status()).isEqualTo(200);
        CompletableFuture<Told> deleted;
        CompletableFuture<Told> registered;
        leader.pause();
        try {
            await(() -> othersHaveALeader(leader), "another leader");
            Told meanwhile = Ask.register(other.url(), "meanwhile", "\"string\"");
            assertThat(meanwhile.status()).as(meanwhile.toString()).isEqualTo(200);
            assertThat(Ask.delete(other.url(), "/subjects/gone").body()).isEqualTo("[1]");
            deleted = CompletableFuture.supplyAsync(() -> Ask.delete(leader.url(), "/subjects/meanwhile/versions/1"));
            registered = CompletableFuture.supplyAsync(() -> Ask.register(leader.url(), "gone", "\"string\""));
        } finally {
            leader.resume();
        }

        assertThat(deleted.get().status()).as(deleted.get().toString()).isEqualTo(200);
        assertThat(registered.get().status()).as(registered.get().toString()).isEqualTo(200);
        assertThat(registered.get().number("version"))
                .as("the version behind the deleted one")
                .isEqualTo(2);
    }

    private Clients clients() {
        return new Clients(nodes.stream().map(NodeProcess::url).toList(), CLIENTS, random);
    }

    private Fault fault(int number) {
        String kinds = System.getProperty("concordat.test.kinds");
        if (kinds != null) {
            String[] inTurn = kinds.split(",", -1);
            return Fault.valueOf(inTurn[number % inTurn.length]);
        }
        Fault[] all = Fault.values();
        return number < all.length ? all[number] : all[random.nextInt(all.length)];
    }

    private static void awaitWrites(Clients clients) {
        int before = clients.acknowledged();
        await(() -> clients.acknowledged() >= before + ACKNOWLEDGED_BETWEEN, "more writes");
    }

    private NodeProcess leader() {
        List<NodeProcess> found = new ArrayList<>();
        await(
                () -> {
                    found.clear();
                    nodes.stream().filter(node -> node.role().equals("leading")).forEach(found::add);
                    return found.size() == 1;
                },
                "one leader");
        return found.get(0);
    }

    private boolean othersHaveALeader(NodeProcess paused) {
        return nodes.stream()
                .filter(node -> node != paused)
                .anyMatch(node -> node.role().equals("leading"));
    }

    private static long since(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private static void report(String line) {
        System.out.println("ClusterFaultsTest: " + Instant.now() + " " + line);
    }
}
