package io.concordat.it.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.SchemaId;
import io.concordat.client.ClientConfig;
import io.concordat.client.HttpRegistry;
import io.concordat.client.TlsConfig;
import io.concordat.client.TlsConfig.KeyStoreFile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class Http2Test {
    private static final String PASSWORD = "hunter2";

    @Test
    void ask_serverThatOffersHttp2_isAskedThatWayOverOneConnection(@TempDir Path folder) throws Exception {
        String store = certificate(folder);
        Set<HttpVersion> versions = ConcurrentHashMap.newKeySet();
        Set<Object> connections = ConcurrentHashMap.newKeySet();
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                            .setSsl(true)
                            .setUseAlpn(true)
                            .setKeyCertOptions(new PfxOptions().setPath(store).setPassword(PASSWORD)))
                    .requestHandler(request -> {
                        versions.add(request.version());
                        connections.add(request.connection());
                        request.response().end("{\"schema\":\"\\\"string\\\"\"}");
                    })
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            ClientConfig config = ClientConfig.builder()
                    .url("https://127.0.0.1:" + server.actualPort())
                    .tls(TlsConfig.DEFAULT.withTrust(KeyStoreFile.of(Path.of(store), "PKCS12", PASSWORD)))
                    .build();
            try (HttpRegistry registry = new HttpRegistry(config)) {
                registry.schema(SchemaId.of(0));
                askByManyThreads(registry);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }

        assertThat(versions).containsExactly(HttpVersion.HTTP_2);
        assertThat(connections).hasSize(1);
    }

    private static void askByManyThreads(HttpRegistry registry) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int id = i;
                answers.add(
                        threads.submit(() -> registry.schema(SchemaId.of(id)).id()));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(answers.get(i).get()).isEqualTo(i);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static String certificate(Path folder) throws Exception {
        String store = folder.resolve("server.p12").toString();
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=registry",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        store,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        return store;
    }
}
