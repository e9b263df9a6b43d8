package io.concordat.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The serde as Kafka makes it: without arguments, then configured with an address. */
class ConnectedSerdeTest {
    private final RegistryServer server = new RegistryServer();
    private final Serde<Object> serde = made();

    ConnectedSerdeTest() throws IOException {}

    @AfterEach
    void close() {
        serde.close();
        server.close();
    }

    @Test
    void serde_configuredWithAnAddress_writesAndReads() {
        serde.configure(Map.of("schema.registry.url", server.url()), false);

        byte[] message = serde.serializer().serialize("t", "foo");
        serde.serializer().serialize("t", "bar");

        assertThat(HexFormat.of().formatHex(message)).isEqualTo("000000000706666f6f");
        assertThat(serde.deserializer().deserialize("t", message)).isEqualTo("foo");
        assertThat(server.requests())
                .containsExactly(
                        "GET /associations/resources/-/t", "POST /subjects/t-value/versions", "GET /schemas/ids/7");
    }

    @Test
    void serde_userInfo_isSentWithEveryRequest() {
        serde.configure(Map.of("schema.registry.url", server.url(), "basic.auth.user.info", "kim:secret"), false);
        serde.serializer().serialize("t", "foo");

        assertThat(server.requests())
                .containsExactly(
                        "GET /associations/resources/-/t Basic a2ltOnNlY3JldA==",
                        "POST /subjects/t-value/versions Basic a2ltOnNlY3JldA==");
    }

    @Test
    void serde_severalWithOneAddress_shareTheirConnectionUntilTheLastIsClosed() {
        Map<String, Object> configs = Map.of("schema.registry.url", server.url());
        serde.configure(configs, false);
        Serde<Object> other = made();
        other.configure(configs, false);
        byte[] message = serde.serializer().serialize("t", "foo");
        serde.close();
        serde.close();

        other.serializer().serialize("t", "bar");
        assertThat(other.deserializer().deserialize("t", message)).isEqualTo("foo");
        assertThat(server.requests())
                .containsExactly(
                        "GET /associations/resources/-/t", "POST /subjects/t-value/versions", "GET /schemas/ids/7");

        other.close();
        serde.configure(configs, false);
        int before = server.requestsForSchemas().size();
        serde.serializer().serialize("t", "foo");
        assertThat(server.requestsForSchemas()).hasSize(before + 1);
    }

    @ParameterizedTest
    @CsvSource({"401, CONFIGURATION", "403, CONFIGURATION", "404, CONFIGURATION", "409, CONFIGURATION", "503, TRANSIENT"
    })
    void serde_registryRefuses_saysWhatCanBeDone(int status, SerdeFailure.Kind kind) {
        serde.configure(Map.of("schema.registry.url", server.url()), false);
        server.answerWith(status);

        assertThatThrownBy(() -> serde.serializer().serialize("t", "foo"))
                .matches(failure -> failure instanceof SerdeFailure known && known.kind() == kind)
                .hasMessageContaining("the value of topic 't'");
        assertThatThrownBy(() -> serde.deserializer().deserialize("t", new byte[] {0, 0, 0, 0, 7, 2, 65}))
                .matches(failure -> failure instanceof SerdeFailure known && known.kind() == kind)
                .hasMessageContaining("the value of topic 't'");
    }

    @Test
    void deserializer_oneIdInManyTopics_isOneRequest() {
        serde.configure(Map.of("schema.registry.url", server.url()), false);

        for (int topic = 0; topic < 20; topic++) {
            byte[] message = HexFormat.of().parseHex("000000000706666f6f");
            assertThat(serde.deserializer().deserialize("t" + topic, message)).isEqualTo("foo");
        }

        assertThat(server.requests()).containsExactly("GET /associations/resources/-/t0", "GET /schemas/ids/7");
    }

    @Test
    void serializer_nobodyListens_isRetriable() {
        server.close();
        serde.configure(Map.of("schema.registry.url", server.url()), false);

        assertThatThrownBy(() -> serde.serializer().serialize("t", "foo"))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void configure_noAddress_saysWhatToSet() {
        assertThatThrownBy(() -> serde.configure(Map.of("bootstrap.servers", "localhost:9092"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void serialize_notConfigured_saysSo() {
        assertThatThrownBy(() -> serde.serializer().serialize("t", "foo"))
                .isInstanceOf(RegistryConfigurationException.class)
                .hasMessageContaining("not configured");
        assertThatThrownBy(() -> serde.deserializer().deserialize("t", new byte[5]))
                .isInstanceOf(RegistryConfigurationException.class)
                .hasMessageContaining("not configured");
    }

    @SuppressWarnings("unchecked")
    private static Serde<Object> made() {
        return Utils.newInstance(RegistrySerde.class);
    }
}
