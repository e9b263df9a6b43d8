package io.concordat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.client.SchemaRegistryClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServeCommandTest {
    private static final SchemaContent SCHEMA = SchemaContent.avro("\"string\"");
    private static final Subject SUBJECT = Subject.value("texts");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void serve_stoppedAndStartedAgain_hasItsData() throws Exception {
        String file = folder.resolve("registry.db").toString();
        RegisteredSchema registered;
        try (Background serve = Background.start("ready", "serve", "--port", "0", "--data", file)) {
            assertThat(serve.output()).contains(file).hasLineCount(1);
            registered = register(serve);
            assertThat(serve.stop()).isZero();
            assertThat(serve.outputSoFar()).contains("Concordat has stopped");
            assertThat(serve.errors()).isEmpty();
        }
        try (Background serve = Background.start("ready", "serve", "--port", "0", "--data", file)) {
            assertThat(register(serve).id()).isEqualTo(registered.id());
        }
    }

    @Test
    void serve_inMemory_servesAndLeavesNothing() throws Exception {
        try (Background serve = Background.start("ready", "serve", "--port", "0", "--in-memory")) {
            assertThat(serve.output()).contains("memory");
            assertThat(register(serve).id()).isPositive();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void serve_beyondLoopback_warnsOnce() throws Exception {
        try (Background serve = Background.start("ready", "serve", "--port", "0", "--in-memory", "--host", "0.0.0.0")) {
            assertThat(serve.errors()).containsOnlyOnce("without security").hasLineCount(1);
        }
    }

    @Test
    void serve_takenPort_saysSoInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertFails(Run.of("serve", "--port", port, "--in-memory"), port);
        }
    }

    @Test
    void serve_unknownHost_saysSoInOneLine() {
        assertFails(
                Run.of("serve", "--port", "0", "--in-memory", "--host", "no.such.host.invalid"),
                "no.such.host.invalid");
    }

    @Test
    void serve_folderThatIsNotThere_saysSoInOneLine() {
        Path file = folder.resolve("none").resolve("registry.db");

        assertFails(Run.of("serve", "--port", "0", "--data", file.toString()), file.toString());
    }

    @Test
    void serve_folderInsteadOfAFile_saysSoInOneLine() {
        assertFails(Run.of("serve", "--port", "0", "--data", folder.toString()), folder.toString());
    }

    @Test
    void serve_fileOfSomethingElse_saysSoInOneLineAndLeavesItAlone() throws IOException {
        Path file = folder.resolve("registry.db");
        byte[] content = new byte[10_000];
        new Random(1).nextBytes(content);
        Files.write(file, content);

        assertFails(Run.of("serve", "--port", "0", "--data", file.toString()), file.toString());

        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void serve_damagedFile_saysSoInOneLine() throws Exception {
        Path file = folder.resolve("registry.db");
        try (Background serve = Background.start("ready", "serve", "--port", "0", "--data", file.toString())) {
            register(serve);
        }
        byte[] content = Files.readAllBytes(file);
        new Random(1).nextBytes(content);
        System.arraycopy(Files.readAllBytes(file), 0, content, 0, 100);
        Files.write(file, content);

        assertFails(Run.of("serve", "--port", "0", "--data", file.toString()), file.toString());
    }

    @Test
    void serve_fileInUse_saysSoInOneLine() throws Exception {
        String file = folder.resolve("registry.db").toString();
        try (Background serve = Background.start("ready", "serve", "--port", "0", "--data", file)) {
            assertThat(serve.errors()).isEmpty();

            assertFails(Run.of("serve", "--port", "0", "--data", file), file);
        }
    }

    @Test
    void serve_debug_showsTheStackTrace() {
        Run run = Run.of("serve", "--port", "0", "--data", folder.toString(), "--debug");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).hasSizeGreaterThan(1).anyMatch(line -> line.contains("at io.concordat."));
    }

    private static RegisteredSchema register(Background serve) throws Exception {
        try (SchemaRegistryClient client = SchemaRegistryClient.connect(serve.url())) {
            return client.register(SUBJECT, SCHEMA);
        }
    }

    private static void assertFails(Run run, String what) {
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .singleElement()
                .asString()
                .startsWith("concordat serve: ")
                .contains(what);
    }
}
