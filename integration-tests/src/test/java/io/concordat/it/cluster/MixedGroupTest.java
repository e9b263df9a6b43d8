package io.concordat.it.cluster;

import static io.concordat.it.cluster.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.dev.DevBroker;
import io.concordat.it.cluster.Ask.Told;
import io.concordat.log.kafka.ElectionSettings;
import io.concordat.log.kafka.KafkaLogSettings;
import io.concordat.server.ClusterConfig;
import io.concordat.server.RegistryNode;
import io.concordat.server.ServerConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes of ours in one group with a registry of another make. */
@Timeout(180)
class MixedGroupTest {
    private static final DevBroker BROKER = DevBroker.ephemeral();
    private static final String CONTENT =
            "{\"schema\":\"\\\"long\\\"\",\"metadata\":{\"properties\":{\"owner\":\"us\"}}," + "\"references\":[]}";

    private static int groups;

    private final String group = "mixed-" + ++groups;
    private final String topic = "_schemas-" + group;
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterAll
    static void stopBroker() {
        BROKER.close();
    }

    @BeforeEach
    void makeTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @Test
    void write_whileTheOtherLeads_isPassedOnAndSeenAtOnce() throws Exception {
        ForeignRegistry other = other("127.0.0.1");
        await(() -> other.member().leader().equals(other.url().toString()), "the other registry to lead");
        URI ours = node("localhost").url();
        await(() -> follows(ours, other.url()), "a follower");

        for (int i = 1; i <= 5; i++) {
            Told told = Ask.register(ours, "s", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":" + i + "}");

            assertThat(told.status()).as(told.toString()).isEqualTo(200);
            assertThat(told.number("id")).isEqualTo(i);
            assertThat(told.offset()).isPresent();
            assertThat(Ask.get(ours, "/subjects/s/versions/latest").number("version"))
                    .isEqualTo(i);
        }
        assertThat(other.heads())
                .hasSize(5)
                .allSatisfy(head -> assertThat(head)
                        .containsEntry("x-forward", List.of("true"))
                        .containsEntry("x-forwarded-for", List.of("127.0.0.1")));
        assertThat(other.member().odd()).isEmpty();
    }

    @Test
    void node_thatTheOtherElects_leads() throws Exception {
        ForeignRegistry other = other("localhost");
        await(() -> other.member().leader().equals(other.url().toString()), "the other registry to lead");

        URI ours = node("127.0.0.1").url();

        await(() -> other.member().leader().equals(ours.toString()), "the other registry to follow");
        await(() -> "leading".equals(Ask.get(ours, "/health/ready").object().get("role")), "ours to lead");
        assertThat(Ask.register(ours, "s", "\"int\"", "X-Forward", "true").number("id"))
                .isEqualTo(1);
        assertThat(other.member().odd()).isEmpty();
    }

    /** It led, was paused, and wakes up while ours leads. Nothing keeps it from writing. */
    @Test
    void record_thatTheOtherWritesLate_isNotTakenInAndPutRight() throws Exception {
        URI ours = node("127.0.0.1").url();
        assertThat(Ask.register(ours, "s", "\"int\"").number("id")).isEqualTo(1);
        ForeignRegistry other = other("localhost");

        other.writeLate("s", 1, 1, "\"bytes\"");

        await(() -> lastText("s", 1).equals("\"int\""), "the leader to put it right");
        assertThat(Ask.get(ours, "/schemas/ids/1/schema").body()).isEqualTo("\"int\"");
        assertThat(Ask.register(ours, "s", "\"long\"").number("id")).isEqualTo(2);
        assertThat(Ask.get(ours, "/metrics").body()).contains("concordat_records_set_aside 1");
    }

    /** What stands last under the key of a version; nothing before somebody has written behind the late record. */
    private String lastText(String subject, int version) {
        List<String> texts = TopicRecords.read(BROKER.bootstrapServers(), topic, "read_committed").stream()
                .filter(record -> TopicRecords.kind(record).equals("SCHEMA"))
                .map(record -> TopicRecords.object(record.value()))
                .filter(row -> subject.equals(row.get("subject"))
                        && String.valueOf(version).equals(String.valueOf(row.get("version"))))
                .map(row -> String.valueOf(row.get("schema")))
                .toList();
        return texts.size() < 3 ? "" : texts.get(texts.size() - 1);
    }

    @Test
    void topic_takenOverAndHandedBack_isInTheFormOfTheOther() throws Exception {
        ForeignRegistry before = other("127.0.0.1");
        await(() -> before.member().leader().equals(before.url().toString()), "the other registry to lead");
        RegistryNode taking = node("localhost");
        await(() -> follows(taking.url(), before.url()), "a follower");
        Ask.register(taking.url(), "theirs", "\"string\"");

        before.close();
        writeEverything(taking.url());
        ForeignRegistry after = other("127.0.0.1");
        await(
                () -> after.member().leader().equals(taking.url().toString().replace("127.0.0.1", "localhost")),
                "it to follow");
        taking.close();
        await(() -> after.member().leader().equals(after.url().toString()), "the other registry to lead again");
        URI following = node("localhost").url();
        await(() -> follows(following, after.url()), "a follower");
        Told last = Ask.register(following, "theirs", "\"double\"");

        assertThat(last.number("id")).as("the id behind all of ours").isEqualTo(5);
        assertThat(Ask.get(following, "/subjects/theirs/versions").body()).isEqualTo("[1,2]");
        List<ConsumerRecord<byte[], byte[]>> records =
                TopicRecords.read(BROKER.bootstrapServers(), topic, "read_uncommitted");
        assertThat(TopicRecords.oddities(records)).isEmpty();
        assertThat(records)
                .extracting(TopicRecords::kind)
                .contains("SCHEMA", "CONFIG", "MODE", "DELETE_SUBJECT", "NOOP");
        assertThat(records.stream().filter(TopicRecords::isOwn)).isNotEmpty();
        assertThat(after.member().odd()).isEmpty();
    }

    /** Records of each kind. */
    private static void writeEverything(URI node) {
        assertThat(Ask.register(node, "theirs", "\"string\"").number("id")).isEqualTo(1);
        assertThat(Ask.register(node, "ours", "\"int\"").number("id")).isEqualTo(2);
        List<Told> told = List.of(
                Ask.post(node, "/subjects/ours-2/versions", CONTENT),
                Ask.put(node, "/config/ours", "{\"compatibility\":\"NONE\"}"),
                Ask.put(node, "/config", "{\"compatibility\":\"FULL\"}"),
                Ask.put(node, "/mode/ours", "{\"mode\":\"READWRITE\"}"),
                Ask.register(node, "ours", "\"bytes\""),
                Ask.delete(node, "/subjects/ours/versions/1"),
                Ask.delete(node, "/subjects/ours/versions/1?permanent=true"),
                Ask.delete(node, "/subjects/ours-2"),
                Ask.delete(node, "/config/ours"),
                Ask.delete(node, "/mode/ours"));
        assertThat(told)
                .allSatisfy(answer ->
                        assertThat(answer.status()).as(answer.toString()).isEqualTo(200));
    }

    private ForeignRegistry other(String host) throws Exception {
        ForeignRegistry other = ForeignRegistry.start(BROKER, group, topic, host);
        open.add(other);
        return other;
    }

    private RegistryNode node(String host) {
        RegistryNode node = RegistryNode.start(
                new ClusterConfig(
                        KafkaLogSettings.builder(BROKER.bootstrapServers())
                                .topic(topic)
                                .group(group)
                                .replicationFactor(1)
                                .build(),
                        ElectionSettings.DEFAULT.withSession(Duration.ofSeconds(3), Duration.ofMillis(300)),
                        Optional.of(host),
                        OptionalInt.empty(),
                        List.of(),
                        io.concordat.api.Compatibility.NONE),
                ServerConfig.builder().port(0).build());
        open.add(node);
        return node;
    }

    private static boolean follows(URI node, URI leader) {
        return leader.toString().equals(Ask.get(node, "/health/ready").object().get("leader"));
    }
}
