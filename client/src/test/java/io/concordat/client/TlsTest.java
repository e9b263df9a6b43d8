package io.concordat.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.concordat.api.ErrorCode;
import io.concordat.api.FailureKind;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaId;
import io.concordat.client.TlsConfig.KeyStoreFile;
import io.concordat.client.TlsConfig.Material;
import io.concordat.client.TlsConfig.PemFile;
import io.concordat.client.TlsConfig.PemText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsTest {
    private static final String FOUND = "{\"schema\":\"\\\"string\\\"\"}";

    @TempDir
    static Path made;

    private static Certificates right;
    private static Certificates evil;
    private static Certificates client;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        right = Certificates.selfSigned(made, "ip:127.0.0.1");
        evil = Certificates.selfSigned(made, "dns:evil.example");
        client = Certificates.selfSigned(made, "dns:kim.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "PEM", "inline"})
    void ask_trustedCertificate_isAnsweredOverOneConnection(String kind) throws Exception {
        try (StubServer server = server(right);
                HttpRegistry registry = registry(server, TlsConfig.DEFAULT.withTrust(trust(right, kind)))) {
            for (int id = 0; id < 20; id++) {
                assertThat(registry.schema(SchemaId.of(id)).id()).isEqualTo(id);
            }
            assertThat(server.connectionsMade()).isEqualTo(1);
        }
    }

    @Test
    void ask_certificateThatNobodyKnows_isUntrusted() throws Exception {
        try (StubServer server = server(right)) {
            for (TlsConfig tls : List.of(TlsConfig.DEFAULT, TlsConfig.DEFAULT.withTrust(trust(evil, "PKCS12")))) {
                RegistryException failure = failure(server, tls);

                assertThat(failure.code()).isEqualTo(ErrorCode.UNTRUSTED);
                assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
                assertThat(failure).hasMessageContainingAll(server.url(), "TLS failed");
            }
        }
    }

    @Test
    void ask_certificateOfAnotherHost_isUntrustedUnlessToldOtherwise() throws Exception {
        TlsConfig tls = TlsConfig.DEFAULT.withTrust(trust(evil, "PKCS12"));
        try (StubServer server = server(evil)) {
            RegistryException failure = failure(server, tls);

            assertThat(failure.code()).isEqualTo(ErrorCode.UNTRUSTED);
            assertThat(failure).hasMessageContaining("127.0.0.1");
            try (HttpRegistry registry = registry(server, tls.withVerifyHost(false))) {
                assertThat(registry.schema(SchemaId.of(7)).id()).isEqualTo(7);
            }
        }
    }

    @Test
    void ask_hostNotVerified_stillNeedsATrustedCertificate() throws Exception {
        try (StubServer server = server(right)) {
            assertThat(failure(server, TlsConfig.DEFAULT.withVerifyHost(false)).code())
                    .isEqualTo(ErrorCode.UNTRUSTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS", "PEM", "encrypted", "inline"})
    void ask_serverThatWantsACertificate_getsIt(String kind) throws Exception {
        TlsConfig trusting = TlsConfig.DEFAULT.withTrust(trust(right, "PKCS12"));
        try (StubServer server = StubServer.tls(
                right.server(client.certificate(), encryptedCertificate()),
                true,
                (request, exchange) -> exchange.json(200, FOUND))) {
            try (HttpRegistry registry = registry(server, trusting.withIdentity(identity(kind)))) {
                assertThat(registry.schema(SchemaId.of(7)).id()).isEqualTo(7);
            }
            assertThat(failure(server, trusting).kind()).isNotEqualTo(FailureKind.NOT_FOUND);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "PEM"})
    void ask_trustStoreReplaced_isReadAgain(String kind) throws Exception {
        Path file = folder.resolve("trust");
        write(evil, file, kind);
        Material material = kind.equals("PEM") ? PemFile.of(file) : KeyStoreFile.of(file, kind, Certificates.PASSWORD);
        try (StubServer server = server(right);
                HttpRegistry registry = registry(server, TlsConfig.DEFAULT.withTrust(material))) {
            assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> registry.schema(SchemaId.of(7)));
            Files.writeString(file, "half of it");
            assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> registry.schema(SchemaId.of(7)));
            write(right, file, kind);

            assertThat(registry.schema(SchemaId.of(7)).id()).isEqualTo(7);
        }
    }

    @Test
    void ask_olderProtocol_isSpoken() throws Exception {
        TlsConfig tls = TlsConfig.DEFAULT.withTrust(trust(right, "PKCS12")).withProtocols(List.of("TLSv1.2"));
        try (StubServer server = server(right);
                HttpRegistry registry = registry(server, tls)) {
            assertThat(registry.schema(SchemaId.of(7)).id()).isEqualTo(7);
        }
    }

    @Test
    void connect_storeThatCannotBeRead_saysWhichAndWhyWithoutThePassword() throws Exception {
        Path nonsense = Files.writeString(folder.resolve("nonsense"), "nonsense");
        Path store = right.trustStore(folder.resolve("trust.p12"), "PKCS12");
        assertRefused(KeyStoreFile.of(folder.resolve("absent.jks"), "JKS", "hunter3"), "absent.jks", "no such file");
        assertRefused(KeyStoreFile.of(nonsense, "PKCS12", "hunter3"), "nonsense");
        assertRefused(KeyStoreFile.of(store, "PKCS12", "hunter3"), "trust.p12", "password");
        assertRefused(KeyStoreFile.of(store, "ODD", "hunter3"), "trust.p12", "ODD");
        assertRefused(PemFile.of(nonsense), "nonsense", "no certificate in PEM");
        assertRefused(PemText.of(pemOf("RSA PRIVATE KEY")), "from the settings", "RSA PRIVATE KEY", "PKCS #8");
        assertRefused(PemText.of(encrypted()), "no password for it is given");
        assertRefused(new PemText(Secret.of(encrypted()), Optional.of(Secret.of("hunter4"))), "from the settings");
    }

    /** A certificate with an encrypted key, made by another tool than the JDK's. */
    private static String encrypted() throws IOException {
        try (InputStream in = Objects.requireNonNull(TlsTest.class.getResourceAsStream("/tls/encrypted.pem"))) {
            return new String(in.readAllBytes(), US_ASCII);
        }
    }

    private static Certificate encryptedCertificate() throws Exception {
        return Pem.keyStore(encrypted(), "hunter3".toCharArray()).getCertificate("key");
    }

    private static String pemOf(String kind) {
        return "-----BEGIN " + kind + "-----\nAAAA\n-----END " + kind + "-----\n";
    }

    private static void assertRefused(Material material, String... parts) {
        ClientConfig config = ClientConfig.builder()
                .url("https://localhost")
                .tls(TlsConfig.DEFAULT.withIdentity(material))
                .build();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new HttpRegistry(config))
                .withMessageStartingWith("Invalid client settings: cannot read the client's own certificate")
                .withMessageContainingAll(parts)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter"));
    }

    private Material trust(Certificates certificates, String kind) throws Exception {
        Path file = folder.resolve("trust-" + kind);
        write(certificates, file, kind);
        return switch (kind) {
            case "PEM" -> PemFile.of(file);
            case "inline" -> PemText.of(certificates.certificatePem());
            default -> KeyStoreFile.of(file, kind, Certificates.PASSWORD);
        };
    }

    private static void write(Certificates certificates, Path file, String kind) throws Exception {
        if (kind.equals("PEM") || kind.equals("inline")) {
            Files.writeString(file, certificates.certificatePem());
        } else {
            certificates.trustStore(file, kind);
        }
    }

    private Material identity(String kind) throws Exception {
        Path file = folder.resolve("identity-" + kind);
        return switch (kind) {
            case "PEM" -> PemFile.of(Files.writeString(file, client.keyPem() + client.certificatePem()));
            case "encrypted" -> new PemFile(Files.writeString(file, encrypted()), Optional.of(Secret.of("hunter3")));
            case "inline" -> PemText.of(client.certificatePem() + client.keyPem());
            default -> KeyStoreFile.of(client.keyStore(file, kind), kind, Certificates.PASSWORD);
        };
    }

    private static StubServer server(Certificates certificates) throws Exception {
        return StubServer.tls(certificates.server(), false, (request, exchange) -> exchange.json(200, FOUND));
    }

    private static HttpRegistry registry(StubServer server, TlsConfig tls) {
        ClientConfig config = ClientConfig.builder().url(server.url()).tls(tls).build();
        return new HttpRegistry(config, Connection.open(config, new ManualTime(), () -> 0.5));
    }

    private static RegistryException failure(StubServer server, TlsConfig tls) {
        try (HttpRegistry registry = registry(server, tls)) {
            return catchThrowableOfType(RegistryException.class, () -> registry.schema(SchemaId.of(7)));
        }
    }
}
