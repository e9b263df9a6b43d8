package io.concordat.it.readme;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Subject;
import io.concordat.avro.AvroSchema;
import io.concordat.client.ClientConfig;
import io.concordat.client.Declaration;
import io.concordat.client.SchemaRegistryClient;
import io.concordat.client.StoreConfig;
import io.concordat.client.TlsConfig;
import io.concordat.server.RegistryNode;
import io.concordat.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of docs/client.md. Each {@code java} block must stand in this file, but for the line breaks. */
class ClientDocumentTest {
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private final RegistryNode registry =
            RegistryNode.startInMemory(ServerConfig.builder().port(0).build());

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void document_everySnippet_standsInThisTest() throws IOException {
        Path root = requireNonNull(Path.of("").toAbsolutePath().getParent());
        String document = Files.readString(root.resolve("docs/client.md"));
        String here = compact(Files.readString(
                root.resolve("integration-tests/src/test/java/io/concordat/it/readme/ClientDocumentTest.java")));

        List<String> snippets =
                SNIPPET.matcher(document).results().map(block -> block.group(1)).toList();

        assertThat(snippets).hasSize(3).allSatisfy(snippet -> assertThat(here).contains(compact(snippet)));
    }

    private static String compact(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static SchemaRegistryClient connected(String password) {
        ClientConfig config = ClientConfig.builder()
                .urls(List.of("https://registry-1:8081", "https://registry-2:8081"))
                .basicAuth("kim", password)
                .tls(TlsConfig.DEFAULT.withTrust(TlsConfig.PemFile.of(Path.of("/etc/registry-ca.pem"))))
                .store(StoreConfig.NONE.withDirectory(Path.of("/var/lib/billing/schemas")))
                .build();
        SchemaRegistryClient client = SchemaRegistryClient.connect(config);
        return client;
    }

    @Test
    void snippet_ofTheSettings_isTakenAndMissesItsCertificateHere() {
        assertThatThrownBy(() -> connected("secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/etc/registry-ca.pem")
                .hasMessageNotContaining("secret");
    }

    @Test
    void snippets_ofPrefetchAndVerify_doWhatTheySay(@TempDir Path folder) {
        AvroSchema order = AvroSchema.parse("\"string\"");
        AvroSchema audit = AvroSchema.parse("\"long\"");
        AvroSchema user = AvroSchema.parse("\"bytes\"");
        ClientConfig configWithTheFolderAsStore = ClientConfig.builder()
                .url(registry.url().toString())
                .store(StoreConfig.NONE.withDirectory(folder))
                .build();
        try (SchemaRegistryClient client =
                SchemaRegistryClient.connect(registry.url().toString())) {
            client.register(Subject.value("orders"), order);
            client.register(Subject.key("orders"), order);
            client.register(Subject.value("audit"), audit);
            client.register(Subject.value("users"), user);

            client.verify(List.of(
                            Declaration.registers(Subject.value("orders"), order.content()),
                            Declaration.writes(Subject.value("audit"), audit.content()),
                            Declaration.reads(Subject.value("users"), user.content())))
                    .orThrow();
        }

        try (SchemaRegistryClient client = SchemaRegistryClient.connect(configWithTheFolderAsStore)) {
            client.prefetch(List.of(Subject.value("orders"), Subject.key("orders")))
                    .orThrow();
        }

        registry.close();
        try (SchemaRegistryClient client = SchemaRegistryClient.connect(configWithTheFolderAsStore)) {
            assertThat(client.latest(Subject.key("orders")).orElseThrow().content())
                    .isEqualTo(order.content());
        }
    }
}
