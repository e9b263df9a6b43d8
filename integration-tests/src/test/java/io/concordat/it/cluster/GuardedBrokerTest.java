package io.concordat.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.dev.DevBroker;
import io.concordat.dev.DevBrokerSettings;
import io.concordat.engine.log.LogException;
import io.concordat.server.ClusterFile;
import io.concordat.server.RegistryNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that speaks TLS only and asks for a password, and files of existing installations that know both. */
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class GuardedBrokerTest {
    private static final int GUARDED = Ports.free();
    private static final int OPEN = Ports.free();
    private static final int CONTROLLER = Ports.free();
    private static final String STORE_PASSWORD = "in-the-store";
    private static final String PASSWORD = "let-me-in";

    @TempDir
    private static Path folder;

    private static DevBroker broker;

    @BeforeAll
    static void start() throws Exception {
        makeCertificate("broker");
        makeCertificate("stranger");
        broker = DevBroker.start(DevBrokerSettings.EPHEMERAL
                .withPort(GUARDED)
                .with(
                        "listeners",
                        "GUARDED://127.0.0.1:" + GUARDED + ",OPEN://127.0.0.1:" + OPEN + ",CONTROLLER://127.0.0.1:"
                                + CONTROLLER)
                .with("advertised.listeners", "GUARDED://127.0.0.1:" + GUARDED + ",OPEN://127.0.0.1:" + OPEN)
                .with("listener.security.protocol.map", "GUARDED:SASL_SSL,OPEN:PLAINTEXT,CONTROLLER:PLAINTEXT")
                .with("inter.broker.listener.name", "OPEN")
                .with("controller.quorum.voters", "1@127.0.0.1:" + CONTROLLER)
                .with("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256")
                .with("listener.name.guarded.plain.sasl.jaas.config", plain("user_registry=\"" + PASSWORD + "\""))
                .with("listener.name.guarded.scram-sha-256.sasl.jaas.config", scram(""))
                .with("ssl.keystore.location", folder.resolve("broker.p12").toString())
                .with("ssl.keystore.type", "PKCS12")
                .with("ssl.keystore.password", STORE_PASSWORD));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + OPEN))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "registry", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), PASSWORD)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void nodes_withTlsAndAPassword_writeAndElect() throws Exception {
        List<String> pem = List.of(
                "kafkastore.ssl.truststore.type=PEM",
                "kafkastore.ssl.truststore.location=" + folder.resolve("broker.pem"));
        List<String> store = List.of(
                "kafkastore.ssl.truststore.type=PKCS12",
                "kafkastore.ssl.truststore.location=" + folder.resolve("broker-trust.p12"),
                "kafkastore.ssl.truststore.password=" + STORE_PASSWORD);
        try (RegistryNode one = node(file("one", pem, "PLAIN", plain(user(PASSWORD))));
                RegistryNode other = node(file("other", store, "SCRAM-SHA-256", scram(user(PASSWORD))))) {
            assertThat(Ask.register(one.url(), "s", "\"int\"").number("id")).isEqualTo(1);
            assertThat(Ask.register(other.url(), "s", "\"long\"").number("id")).isEqualTo(2);
            assertThat(Ask.get(other.url(), "/metrics").body()).contains("concordat_log_fenced 1");
            assertThat(Stream.of(one.url(), other.url()).map(GuardedBrokerTest::role))
                    .containsExactlyInAnyOrder("leading", "following");
        }
    }

    @Test
    void node_withTheWrongPassword_isToldWhatToCheck() throws Exception {
        List<String> pem = List.of(
                "kafkastore.ssl.truststore.type=PEM",
                "kafkastore.ssl.truststore.location=" + folder.resolve("broker.pem"));

        assertThatThrownBy(() -> node(file("wrong", pem, "PLAIN", plain(user("guessed")))))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("127.0.0.1:" + GUARDED)
                .hasMessageContaining("Authentication failed")
                .hasMessageContaining("sasl.jaas.config")
                .hasMessageNotContaining("guessed");
    }

    @Test
    void node_thatDoesNotTrustTheBroker_isToldWhatToCheck() throws Exception {
        List<String> stranger = List.of(
                "kafkastore.ssl.truststore.type=PEM",
                "kafkastore.ssl.truststore.location=" + folder.resolve("stranger.pem"));

        assertThatThrownBy(() -> node(file("stranger", stranger, "PLAIN", plain(user(PASSWORD)))))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("127.0.0.1:" + GUARDED)
                .hasMessageContaining("ssl.truststore");
    }

    @Test
    void node_withoutTheTruststoreThatItsFileNames_isToldWhichOne() throws Exception {
        List<String> missing = List.of(
                "kafkastore.ssl.truststore.type=PKCS12",
                "kafkastore.ssl.truststore.location=" + folder.resolve("none.p12"),
                "kafkastore.ssl.truststore.password=" + STORE_PASSWORD);

        assertThatThrownBy(() -> node(file("missing", missing, "PLAIN", plain(user(PASSWORD)))))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("none.p12");
    }

    @Test
    void node_thatSpeaksInTheClear_isToldThatNobodyAnswers() throws Exception {
        Path file = Files.write(
                folder.resolve("clear.properties"),
                List.of(
                        "listeners=http://127.0.0.1:0",
                        "kafkastore.bootstrap.servers=PLAINTEXT://127.0.0.1:" + GUARDED,
                        "kafkastore.init.timeout.ms=3000"));

        assertThatThrownBy(() -> node(file))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("No broker answers at 127.0.0.1:" + GUARDED);
    }

    private static RegistryNode node(Path file) throws IOException {
        ClusterFile read = ClusterFile.read(file);
        assertThat(read.warnings()).isEmpty();
        return RegistryNode.start(read.cluster(), read.server());
    }

    private static Path file(String name, List<String> tls, String mechanism, String login) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "listeners=http://127.0.0.1:0",
                "host.name=127.0.0.1",
                "kafkastore.bootstrap.servers=SASL_SSL://127.0.0.1:" + GUARDED,
                "kafkastore.security.protocol=SASL_SSL",
                "kafkastore.sasl.mechanism=" + mechanism,
                "kafkastore.sasl.jaas.config=" + login,
                "kafkastore.topic.replication.factor=1",
                "kafkagroup.session.timeout.ms=3000",
                "kafkagroup.heartbeat.interval.ms=300",
                "fencing=transactional"));
        lines.addAll(tls);
        return Files.write(folder.resolve(name + ".properties"), lines);
    }

    private static String plain(String options) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required " + options + ";";
    }

    private static String scram(String options) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required " + options + ";";
    }

    private static String user(String password) {
        return "username=\"registry\" password=\"" + password + "\"";
    }

    private static String role(URI node) {
        return String.valueOf(Ask.get(node, "/health/ready").object().get("role"));
    }

    /** A key with a certificate of its own making, and stores of those who trust it. */
    private static void makeCertificate(String name) throws Exception {
        String store = folder.resolve(name + ".p12").toString();
        String pem = folder.resolve(name + ".pem").toString();
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=ip:127.0.0.1",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store,
                "-storepass",
                STORE_PASSWORD);
        keytool("-exportcert", "-rfc", "-alias", name, "-keystore", store, "-storepass", STORE_PASSWORD, "-file", pem);
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                name,
                "-file",
                pem,
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve(name + "-trust.p12").toString(),
                "-storepass",
                STORE_PASSWORD);
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
