package io.concordat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.client.SchemaRegistryClient;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DevCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void dev_ephemeral_servesWhatItPrints() throws Exception {
        try (Background dev = start("--ephemeral")) {
            assertThat(topics(dev)).isEmpty();
            assertThat(register(dev)).isEqualTo(1);
            assertThat(dev.stop()).isZero();
            assertThat(dev.errors()).isEmpty();
        }
    }

    @Test
    void dev_stoppedAndStartedAgain_hasItsData() throws Exception {
        String data = folder.resolve("data").toString();
        try (Background dev = start("--data", data)) {
            try (Admin admin = admin(dev)) {
                admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                        .all()
                        .get();
            }
            assertThat(register(dev)).isEqualTo(1);
        }
        try (Background dev = start("--data", data)) {
            assertThat(topics(dev)).containsExactly("kept");
            assertThat(register(dev)).isEqualTo(1);
        }
    }

    @Test
    void dev_takenKafkaPort_saysSoInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertFails(Run.of("dev", "--ephemeral", "--kafka-port", port, "--port", "0"), port);
        }
    }

    @Test
    void dev_takenRegistryPort_saysSoInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertFails(Run.of("dev", "--ephemeral", "--kafka-port", "0", "--port", port), port);
        }
    }

    @Test
    void dev_fileInsteadOfAFolder_saysSoInOneLine() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertFails(Run.of("dev", "--kafka-port", "0", "--port", "0", "--data", file.toString()), file.toString());
    }

    @Test
    void dev_folderOfAnotherBroker_saysSoInOneLine() throws IOException {
        Path kafka = Files.createDirectories(folder.resolve("kafka"));
        Files.writeString(kafka.resolve("meta.properties"), "version=1\nnode.id=7\ncluster.id=other\n");

        assertFails(Run.of("dev", "--kafka-port", "0", "--port", "0", "--data", folder.toString()), kafka.toString());
    }

    private static Background start(String... storage) throws Exception {
        String[] args = new String[storage.length + 5];
        System.arraycopy(new String[] {"dev", "--kafka-port", "0", "--port", "0"}, 0, args, 0, 5);
        System.arraycopy(storage, 0, args, 5, storage.length);
        return Background.start("Ready", args);
    }

    private static Set<String> topics(Background dev) throws Exception {
        try (Admin admin = admin(dev)) {
            return admin.listTopics().names().get();
        }
    }

    private static Admin admin(Background dev) throws Exception {
        return Admin.create(Map.of("bootstrap.servers", printed(dev).getProperty("bootstrap.servers")));
    }

    private static int register(Background dev) throws Exception {
        String url = printed(dev).getProperty("schema.registry.url");
        try (SchemaRegistryClient client = SchemaRegistryClient.connect(url)) {
            return client.register(Subject.value("texts"), SchemaContent.avro("\"string\""))
                    .id();
        }
    }

    /** The configuration as somebody would copy it. */
    private static Properties printed(Background dev) throws Exception {
        String output = dev.output();
        Properties properties = new Properties();
        properties.load(new StringReader(output.substring(output.indexOf("bootstrap.servers="))));
        return properties;
    }

    private static void assertFails(Run run, String what) {
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .singleElement()
                .asString()
                .startsWith("concordat dev: ")
                .contains(what);
    }
}
