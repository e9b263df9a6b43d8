package io.concordat.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.dev.DevBroker;
import io.concordat.it.cluster.Ask.Told;
import io.concordat.log.kafka.ElectionSettings;
import io.concordat.log.kafka.Fencing;
import io.concordat.log.kafka.KafkaElection;
import io.concordat.log.kafka.KafkaLogSettings;
import io.concordat.server.ClusterConfig;
import io.concordat.server.RegistryNode;
import io.concordat.server.ServerConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes of a cluster, in this process. */
@Timeout(180)
class ClusterTest {
    private static final DevBroker BROKER = DevBroker.ephemeral();
    private static final ElectionSettings QUICK =
            ElectionSettings.DEFAULT.withSession(Duration.ofSeconds(3), Duration.ofMillis(300));

    private static int clusters;

    private final String group = "cluster-" + ++clusters;
    private final List<RegistryNode> nodes = new ArrayList<>();

    @AfterAll
    static void stopBroker() {
        BROKER.close();
    }

    @AfterEach
    void closeNodes() {
        nodes.forEach(RegistryNode::close);
    }

    @Test
    void write_throughAnyNode_canBeReadThereAtOnce() {
        List<URI> urls = List.of(start().url(), start().url(), start().url());

        for (int i = 0; i < 30; i++) {
            URI node = urls.get(i % 3);
            int id = Ask.register(node, "s" + i, "\"string\"").number("id");

            assertThat(id).isEqualTo(1);
            assertThat(Ask.get(node, "/subjects/s" + i + "/versions").body()).isEqualTo("[1]");
        }
        assertThat(Ask.delete(urls.get(1), "/subjects/s0").body()).isEqualTo("[1]");
        assertThat(Ask.get(urls.get(1), "/subjects/s0/versions").number("error_code"))
                .isEqualTo(40401);
        assertThat(Ask.put(urls.get(2), "/config/s1", "{\"compatibility\":\"FULL\"}")
                        .status())
                .isEqualTo(200);
        assertThat(Ask.get(urls.get(2), "/config/s1").body()).contains("FULL");
    }

    @Test
    void write_refused_isAnsweredAsByTheLeader() {
        RegistryNode one = start();
        RegistryNode other = start();

        List<Told> told = List.of(
                Ask.register(one.url(), "s", "{\"type\":\"nonsense\"}"),
                Ask.register(other.url(), "s", "{\"type\":\"nonsense\"}"));

        assertThat(told).extracting(Told::status).containsOnly(422);
        assertThat(told.get(0).body()).isEqualTo(told.get(1).body());
    }

    /** Whoever passes it on waits until he has seen why. */
    @Test
    void write_refused_namesTheOffsetUpToWhichTheLeaderHadReplayed() {
        RegistryNode leader = start();
        long written = Long.parseLong(
                Ask.register(leader.url(), "s", "\"int\"").offset().orElseThrow());
        long deleted = Long.parseLong(
                Ask.delete(leader.url(), "/subjects/s/versions/1").offset().orElseThrow());

        Told again = Ask.delete(leader.url(), "/subjects/s/versions/1");

        assertThat(again.number("error_code")).isEqualTo(40406);
        assertThat(deleted).isGreaterThan(written);
        assertThat(again.offset().map(Long::parseLong))
                .hasValueSatisfying(offset -> assertThat(offset).isGreaterThanOrEqualTo(deleted));
    }

    @Test
    void read_withTheOffsetOfAWrite_seesItOnEveryNode() {
        List<URI> urls = List.of(start().url(), start().url(), start().url());

        for (int i = 0; i < 20; i++) {
            Told written = Ask.register(urls.get(i % 3), "s" + i, "\"long\"");
            String offset = written.offset().orElseThrow();
            for (URI node : urls) {
                assertThat(Ask.get(node, "/subjects/s" + i + "/versions", "X-Concordat-Min-Offset", offset)
                                .body())
                        .isEqualTo("[1]");
            }
        }
    }

    @Test
    void read_withAnOffsetThatIsNone_isRefused() {
        assertThat(Ask.get(start().url(), "/subjects", "X-Concordat-Min-Offset", "soon")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void write_passedOnToAFollower_isNotPassedOnAgain() {
        RegistryNode leader = start();
        assertThat(Ask.register(leader.url(), "s", "\"int\"").number("id")).isEqualTo(1);
        RegistryNode follower = start();
        assertThat(Ask.register(follower.url(), "s", "\"int\"").number("id")).isEqualTo(1);

        Told told = Ask.register(follower.url(), "t", "\"int\"", "X-Forward", "true");

        assertThat(told.number("error_code")).isEqualTo(50004);
        assertThat(Ask.get(leader.url(), "/subjects/t/versions").status()).isEqualTo(404);
    }

    /** Whoever passed it on may have asked the next leader since, and his client may have gone on. */
    @Test
    void write_passedOnToTheLeaderOfAnEarlierElection_isRefused() {
        RegistryNode leader = start();
        assertThat(Ask.register(leader.url(), "s", "\"int\"").number("id")).isEqualTo(1);

        Told told = Ask.register(leader.url(), "t", "\"int\"", "X-Forward", "true", "X-Concordat-Election", "0");

        assertThat(told.number("error_code")).isEqualTo(50004);
        assertThat(Ask.get(leader.url(), "/subjects/t/versions").status()).isEqualTo(404);
        assertThat(Ask.register(leader.url(), "t", "\"int\"", "X-Forward", "true")
                        .number("id"))
                .as("from a node that does not name an election")
                .isEqualTo(1);
    }

    @Test
    void read_withoutALeader_isAnswered() {
        RegistryNode leader = start();
        Ask.register(leader.url(), "s", "\"int\"");
        RegistryNode follower = start(QUICK.withEligible(false), Duration.ofSeconds(4));
        assertThat(Ask.register(follower.url(), "s", "\"int\"").number("id")).isEqualTo(1);
        leader.close();

        assertThat(Ask.get(follower.url(), "/schemas/ids/1/schema").body()).isEqualTo("\"int\"");
        assertThat(Ask.register(follower.url(), "t", "\"long\"").number("error_code"))
                .isEqualTo(50004);
    }

    @Test
    void close_ofTheLeader_handsOverWithoutARefusal() throws Exception {
        RegistryNode leader = start();
        Ask.register(leader.url(), "s0", "\"int\"");
        RegistryNode other = start();
        Ask.register(other.url(), "s0", "\"int\"");

        Thread closing = new Thread(leader::close);
        closing.start();
        List<Told> told = new ArrayList<>();
        for (int i = 1; closing.isAlive() || i < 5; i++) {
            told.add(Ask.register(other.url(), "s" + i, "{\"type\":\"fixed\",\"name\":\"F\",\"size\":" + i + "}"));
        }
        closing.join();

        assertThat(told).extracting(Told::status).containsOnly(200);
        assertThat(told).extracting(answer -> answer.number("id")).doesNotHaveDuplicates();
    }

    @Test
    void health_ofNodes_saysWhatTheyAre() {
        RegistryNode leader = start();
        Ask.register(leader.url(), "s", "\"int\"");
        RegistryNode follower = start();
        Ask.register(follower.url(), "s", "\"int\"");

        assertThat(Ask.get(leader.url(), "/health/ready").body())
                .isEqualTo("{\"status\":\"up\",\"role\":\"leading\",\"reasons\":[]}");
        assertThat(Ask.get(follower.url(), "/health/ready").body())
                .isEqualTo("{\"status\":\"up\",\"role\":\"following\",\"leader\":\"" + leader.url()
                        + "\",\"reasons\":[]}");
        assertThat(Ask.get(follower.url(), "/health/started").status()).isEqualTo(200);
        assertThat(Ask.get(follower.url(), "/health/live").status()).isEqualTo(200);
        assertThat(Ask.get(follower.url(), "/metrics").body())
                .contains("concordat_role{role=\"following\"} 1", "concordat_role{role=\"leading\"} 0")
                .contains("concordat_log_fenced 1", "concordat_records_set_aside 0")
                .contains("concordat_requests_total{operation=\"subject_write\",status=\"2xx\"} 1");
    }

    @Test
    void node_inAGroupThatLeadsAnotherTopic_saysSoAndRefusesToWrite() {
        RegistryNode leader = start();
        Ask.register(leader.url(), "s", "\"int\"");

        RegistryNode stray = start("_schemas-elsewhere-" + group, QUICK, Duration.ofSeconds(60));

        Told told = Ask.register(stray.url(), "s", "\"int\"");
        assertThat(told.number("error_code")).isEqualTo(50004);
        assertThat(told.body())
                .contains("'" + group + "'", "_schemas-" + group, "_schemas-elsewhere-" + group)
                .contains("schema.registry.group.id");
        assertThat(Ask.get(stray.url(), "/health/ready").status()).isEqualTo(503);
        assertThat(Ask.get(stray.url(), "/health/ready").body()).contains("schema.registry.group.id");
        assertThat(Ask.get(leader.url(), "/subjects").body()).isEqualTo("[\"s\"]");
    }

    @Test
    void node_thatWouldWriteWithoutFencingUnderALeaderWithIt_warns() {
        RegistryNode leader = start();
        Ask.register(leader.url(), "s", "\"int\"");
        Queue<String> said = new ConcurrentLinkedQueue<>();
        Logger logger = Logger.getLogger(KafkaElection.class.getName());
        Handler ear = new Ear(said);
        logger.addHandler(ear);
        try {
            RegistryNode other =
                    start(settings("_schemas-" + group).fencing(Fencing.NONE), QUICK, Duration.ofSeconds(60));
            Ask.register(other.url(), "s", "\"int\"");
        } finally {
            logger.removeHandler(ear);
        }

        assertThat(said)
                .anySatisfy(line -> assertThat(line).contains(leader.url() + " writes with fencing", "'fencing'"));
    }

    private static final class Ear extends Handler {
        private final Queue<String> heard;

        Ear(Queue<String> heard) {
            this.heard = heard;
        }

        @Override
        public void publish(LogRecord record) {
            heard.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private RegistryNode start() {
        return start(QUICK, Duration.ofSeconds(60));
    }

    private RegistryNode start(ElectionSettings election, Duration deadline) {
        return start("_schemas-" + group, election, deadline);
    }

    private RegistryNode start(String topic, ElectionSettings election, Duration deadline) {
        return start(settings(topic), election, deadline);
    }

    private KafkaLogSettings.Builder settings(String topic) {
        return KafkaLogSettings.builder(BROKER.bootstrapServers())
                .topic(topic)
                .group(group)
                .replicationFactor(1);
    }

    private RegistryNode start(KafkaLogSettings.Builder log, ElectionSettings election, Duration deadline) {
        RegistryNode node = RegistryNode.start(
                ClusterConfig.of(log.build()).withElection(election),
                ServerConfig.builder().port(0).requestDeadline(deadline).build());
        nodes.add(node);
        return node;
    }
}
