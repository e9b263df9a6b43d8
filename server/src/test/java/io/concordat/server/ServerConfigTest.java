package io.concordat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerConfigTest {
    @Test
    void defaults_listenOnThisMachineOnly() {
        assertThat(ServerConfig.defaults().host()).isEqualTo("127.0.0.1");
        assertThat(ServerConfig.defaults().port()).isEqualTo(8081);
        assertThat(ServerConfig.defaults().maxBodyBytes()).isEqualTo(10 << 20);
    }

    @Test
    void build_everythingWrong_namesEverything() {
        ServerConfig.Builder builder = ServerConfig.builder()
                .host(" ")
                .port(65_536)
                .maxBodyBytes(0)
                .maxHeaderBytes(-1)
                .maxUriLength(0)
                .maxBufferedBytes(-5)
                .maxConnections(0)
                .requestDeadline(Duration.ZERO)
                .idleTimeout(Duration.ofDays(2))
                .workers(0)
                .maxWaiting(0)
                .shutdownGrace(Duration.ofMillis(-1));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Invalid server settings: ")
                .hasMessageContainingAll(
                        "host", "65536", "max-body-bytes", "max-header-bytes", "max-uri-length", "max-buffered-bytes")
                .hasMessageContainingAll(
                        "max-connections",
                        "request-deadline",
                        "idle-timeout",
                        "workers",
                        "max-waiting",
                        "shutdown-grace");
    }

    @Test
    void toBuilder_unchanged_buildsTheSame() {
        ServerConfig config = ServerConfig.builder()
                .host("localhost")
                .port(1)
                .maxBodyBytes(2)
                .maxHeaderBytes(3)
                .maxUriLength(4)
                .maxBufferedBytes(5)
                .maxConnections(6)
                .requestDeadline(Duration.ofSeconds(7))
                .idleTimeout(Duration.ofSeconds(8))
                .workers(9)
                .maxWaiting(10)
                .shutdownGrace(Duration.ofSeconds(11))
                .build();

        assertThat(config.toBuilder().build()).isEqualTo(config);
    }
}
