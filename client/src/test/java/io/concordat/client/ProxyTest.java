package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaId;
import io.concordat.client.TlsConfig.PemText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProxyTest {
    private static final String FOUND = "{\"schema\":\"\\\"string\\\"\"}";
    private static final String KIM = "Basic a2ltOmh1bnRlcjI=";

    @Test
    void ask_throughAProxy_tellsItWhoAsks() throws IOException {
        try (StubServer proxy = StubServer.answering(200, FOUND);
                HttpRegistry registry = new HttpRegistry(ClientConfig.builder()
                        .url("http://schemas.invalid:8081/path")
                        .header("X-Team", "blue")
                        .proxy(proxyAt(proxy).withUser("kim", "hunter2"))
                        .build())) {
            assertThat(registry.schema(SchemaId.of(7)).id()).isEqualTo(7);

            StubServer.Request request = proxy.onlyRequest();
            assertThat(request.line()).isEqualTo("GET http://schemas.invalid:8081/path/schemas/ids/7");
            assertThat(request.headers())
                    .containsEntry("proxy-authorization", KIM)
                    .containsEntry("x-team", "blue");
        }
    }

    @Test
    void ask_proxyRefuses_isUnauthorized() throws IOException {
        try (StubServer proxy = StubServer.answering(407, "");
                HttpRegistry registry = new HttpRegistry(ClientConfig.builder()
                        .url("http://schemas.invalid:8081")
                        .proxy(proxyAt(proxy))
                        .build())) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.schema(SchemaId.of(7)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHORIZED));
        }
    }

    /** This JVM runs with {@code -Djdk.http.auth.tunneling.disabledSchemes=}. */
    @Test
    void ask_tlsThroughAProxy_tellsTheProxyAloneWhoAsks(@TempDir Path folder) throws Exception {
        Certificates certificates = Certificates.selfSigned(folder, "ip:127.0.0.1");
        try (StubServer server =
                        StubServer.tls(certificates.server(), false, (request, exchange) -> exchange.json(200, FOUND));
                StubServer proxy = new StubServer((request, exchange) -> {
                    exchange.raw("HTTP/1.1 200 OK\r\n\r\n");
                    tunnel(URI.create(server.url()).getPort(), exchange);
                });
                HttpRegistry registry = new HttpRegistry(ClientConfig.builder()
                        .url(server.url())
                        .basicAuth("lee", "hunter3")
                        .tls(TlsConfig.DEFAULT.withTrust(PemText.of(certificates.certificatePem())))
                        .proxy(proxyAt(proxy).withUser("kim", "hunter2"))
                        .build())) {
            assertThat(registry.schema(SchemaId.of(7)).id()).isEqualTo(7);

            assertThat(proxy.onlyRequest().method()).isEqualTo("CONNECT");
            assertThat(proxy.onlyRequest().headers())
                    .containsEntry("proxy-authorization", KIM)
                    .doesNotContainKey("authorization");
            assertThat(server.onlyRequest().headers())
                    .doesNotContainKey("proxy-authorization")
                    .containsKey("authorization");
        }
    }

    @Test
    void connect_jvmThatKeepsThePasswordToItself_isSaidInOneLine() {
        ProxyConfig proxy = ProxyConfig.of("proxy", 3128).withUser("kim", "hunter2");
        ClientConfig secure =
                ClientConfig.builder().url("https://registry").proxy(proxy).build();
        ClientConfig plain =
                ClientConfig.builder().url("http://registry").proxy(proxy).build();

        for (String disabled : new String[] {"Basic", "NTLM, basic"}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> HttpClients.requireTunnel(secure, proxy, disabled))
                    .withMessageContaining("-Djdk.http.auth.tunneling.disabledSchemes=\"\"")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2", "\n"));
        }
        assertThatCode(() -> HttpClients.requireTunnel(secure, proxy, "")).doesNotThrowAnyException();
        assertThatCode(() -> HttpClients.requireTunnel(plain, proxy, "Basic")).doesNotThrowAnyException();
        assertThatCode(() -> HttpClients.requireTunnel(secure, ProxyConfig.of("proxy", 3128), "Basic"))
                .doesNotThrowAnyException();
    }

    private static ProxyConfig proxyAt(StubServer proxy) {
        return ProxyConfig.of("127.0.0.1", URI.create(proxy.url()).getPort());
    }

    private static void tunnel(int port, StubServer.Exchange exchange) throws IOException {
        try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
            InputStream answers = target.getInputStream();
            Thread back = new Thread(() -> copy(answers, exchange.output()));
            back.setDaemon(true);
            back.start();
            copy(exchange.input(), target.getOutputStream());
        }
    }

    private static void copy(InputStream from, OutputStream to) {
        byte[] buffer = new byte[8_192];
        try {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
                to.flush();
            }
        } catch (IOException e) {
            // One of the two has hung up.
            return;
        }
    }
}
