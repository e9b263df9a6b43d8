package io.concordat.it.cluster;

import static io.concordat.it.cluster.Await.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes, three brokers, and the lines between them: all can fail. The brokers' settings are the usual ones, and so is the
 * session of the nodes.
 *
 * <p>{@code -Dconcordat.test.broker.faults=N} is how many faults it takes; {@code -Dconcordat.test.seed} says which.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
class ThreeBrokersTest {
    private static final int FAULTS = Integer.getInteger("concordat.test.broker.faults", 2);
    private static final int CLIENTS = 5;
    private static final int ACKNOWLEDGED_BETWEEN = 30;
    private static final String TOPIC = "_schemas";
    private static final List<String> NAMES = List.of("one", "two", "three");

    /** Who waits for a node that is cut off is to ask another one soon. */
    private static final String REQUEST_TIMEOUT = "request.timeout.ms=12000";

    private final long seed = Long.getLong("concordat.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<NodeProcess> nodes = new ArrayList<>();

    /** Where the nodes reach each other. */
    private final List<Line> doors = new ArrayList<>();

    @TempDir
    private Path folder;

    private Brokers brokers;

    @BeforeEach
    void start() throws IOException {
        brokers = Brokers.start(folder, NAMES);
        for (String name : NAMES) {
            int port = Ports.free();
            Line door = Line.to(port);
            doors.add(door);
            nodes.add(NodeProcess.launch(
                    folder,
                    name,
                    port,
                    brokers.bootstrapServers(name),
                    List.of("host.port=" + door.port(), REQUEST_TIMEOUT)));
        }
        nodes.forEach(NodeProcess::awaitReady);
    }

    @AfterEach
    void stop() throws IOException {
        nodes.forEach(NodeProcess::close);
        for (Line door : doors) {
            door.close();
        }
        brokers.close();
    }

    /** What happens to them. */
    private enum Fault {
        BROKER_OF_THE_TOPIC_KILLED {
            @Override
            void happen(ThreeBrokersTest test, Clients clients) {
                BrokerProcess broker = test.brokers.leaderOf(TOPIC);
                broker.kill();
                long killed = System.nanoTime();
                awaitWrite(clients, killed, "the end of the topic's broker");
                broker.startAgain();
            }
        },
        LEADER_CUT_FROM_BROKERS {
            @Override
            void happen(ThreeBrokersTest test, Clients clients) {
                int leader = test.leader();
                test.cut(test.brokers.lines(NAMES.get(leader)), () -> {
                    long cut = System.nanoTime();
                    await(() -> test.othersHaveALeader(leader), "another leader");
                    awaitWrite(clients, cut, "the leader was cut from the brokers");
                });
            }
        },
        LEADER_KILLED {
            @Override
            void happen(ThreeBrokersTest test, Clients clients) {
                NodeProcess leader = test.nodes.get(test.leader());
                leader.kill();
                long killed = System.nanoTime();
                awaitWrite(clients, killed, "the leader was killed");
                leader.startAgain();
            }
        },
        BROKER_PAUSED {
            @Override
            void happen(ThreeBrokersTest test, Clients clients) {
                BrokerProcess broker = test.brokers.leaderOf(TOPIC);
                broker.pause();
                try {
                    awaitWrite(clients, System.nanoTime(), "the topic's broker was paused");
                } finally {
                    broker.resume();
                }
            }
        },
        LEADER_PAUSED {
            @Override
            void happen(ThreeBrokersTest test, Clients clients) {
                int leader = test.leader();
                test.nodes.get(leader).pause();
                try {
                    await(() -> test.othersHaveALeader(leader), "another leader");
                } finally {
                    test.nodes.get(leader).resume();
                }
            }
        },
        LEADER_CUT_FROM_NODES {
            @Override
            void happen(ThreeBrokersTest test, Clients clients) {
                int leader = test.leader();
                test.cut(
                        List.of(test.doors.get(leader)),
                        () -> awaitWrite(clients, System.nanoTime(), "the leader was cut from the other nodes"));
            }
        },
        BROKER_KILLED {
            @Override
            void happen(ThreeBrokersTest test, Clients clients) {
                BrokerProcess broker = test.any(test.brokers.processes());
                broker.kill();
                awaitWrite(clients, System.nanoTime(), "broker " + broker.id() + " was killed");
                broker.startAgain();
            }
        },
        FOLLOWER_CUT_FROM_BROKERS {
            @Override
            void happen(ThreeBrokersTest test, Clients clients) {
                int follower = test.follower();
                test.cut(
                        test.brokers.lines(NAMES.get(follower)),
                        () -> awaitWrite(clients, System.nanoTime(), "a follower was cut from the brokers"));
            }
        },
        NODE_CUT_FROM_A_BROKER {
            @Override
            void happen(ThreeBrokersTest test, Clients clients) {
                Line line = test.any(test.brokers.lines(test.any(NAMES)));
                test.cut(
                        List.of(line),
                        () -> awaitWrite(clients, System.nanoTime(), "a node was cut from one of the brokers"));
            }
        },
        FOLLOWER_KILLED {
            @Override
            void happen(ThreeBrokersTest test, Clients clients) {
                NodeProcess follower = test.nodes.get(test.follower());
                follower.kill();
                follower.startAgain();
            }
        };

        abstract void happen(ThreeBrokersTest test, Clients clients);
    }

    @Test
    void nodesBrokersAndLines_failing_loseNothingAndAgree() throws Exception {
        report("-Dconcordat.test.seed=" + seed);
        List<URI> urls = nodes.stream().map(NodeProcess::url).toList();
        try (Clients clients = new Clients(urls, CLIENTS, random)) {
            awaitWrites(clients);
            for (int i = 0; i < FAULTS; i++) {
                Fault fault = i < Fault.values().length ? Fault.values()[i] : any(List.of(Fault.values()));
                report("fault " + (i + 1) + " of " + FAULTS + ": " + fault);
                fault.happen(this, clients);
                awaitWrites(clients);
            }
            clients.endAndCheck();
            report(FAULTS + " faults, " + clients.requests() + " requests, " + clients.acknowledged()
                    + " writes acknowledged; answers that asked to try again: " + clients.refusals());
        }
    }

    /** Cuts lines for a while, and mends them or loses what was held back. */
    private void cut(List<Line> lines, Runnable meanwhile) {
        lines.forEach(Line::cut);
        Consumer<Line> end = random.nextBoolean() ? Line::mend : Line::reset;
        try {
            meanwhile.run();
        } finally {
            lines.forEach(end);
        }
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private int leader() {
        List<Integer> found = new ArrayList<>();
        await(
                () -> {
                    found.clear();
                    for (int i = 0; i < nodes.size(); i++) {
                        if (nodes.get(i).role().equals("leading")) {
                            found.add(i);
                        }
                    }
                    return found.size() == 1;
                },
                "one leader");
        return found.get(0);
    }

    private int follower() {
        return (leader() + 1 + random.nextInt(nodes.size() - 1)) % nodes.size();
    }

    private boolean othersHaveALeader(int one) {
        return nodes.stream()
                .filter(node -> node != nodes.get(one))
                .anyMatch(node -> node.role().equals("leading"));
    }

    private static void awaitWrites(Clients clients) {
        int before = clients.acknowledged();
        await(() -> clients.acknowledged() >= before + ACKNOWLEDGED_BETWEEN, "more writes");
    }

    /** A write that began after that moment. */
    private static void awaitWrite(Clients clients, long moment, String what) {
        await(() -> clients.lastWriteBegun() > moment, "a write after " + what);
        report("after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - moment)
                + " ms a write was acknowledged that began after " + what);
    }

    private static void report(String line) {
        System.out.println("ThreeBrokersTest: " + line);
    }
}
