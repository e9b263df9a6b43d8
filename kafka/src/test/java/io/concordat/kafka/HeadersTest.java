package io.concordat.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Registry;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Schemas named in the headers of Kafka's records. */
class HeadersTest {
    private static final String HEADER = "__value_schema_id";
    private static final Map<String, Object> IN_HEADERS =
            Map.of("value.schema.id.serializer", "io.acme.schema.id.HeaderSchemaIdSerializer");

    private final Registry registry = RegistryEngine.open(new InMemoryEventLog());
    private final RegistrySerde<Object> serde = new RegistrySerde<>(registry);
    private final Headers headers = new RecordHeaders();

    @AfterEach
    void close() {
        serde.close();
        registry.close();
    }

    @Test
    void serialize_headerSerializer_namesTheSchemaInOneHeader() {
        serde.configure(IN_HEADERS, false);
        headers.add("trace", "42".getBytes(UTF_8)).add(HEADER, new byte[] {1}).add(HEADER, new byte[] {2});

        byte[] data = serde.serializer().serialize("t", headers, "foo");

        assertThat(HexFormat.of().formatHex(data)).isEqualTo("06666f6f");
        assertThat(headers.headers(HEADER))
                .hasSize(1)
                .allSatisfy(header -> assertThat(HexFormat.of().formatHex(header.value()))
                        .isEqualTo("01095d71cf12556b9d5e330ad575b3df5d"));
        assertThat(headers.lastHeader("trace")).isNotNull();
        assertThat(serde.deserializer().deserialize("t", headers, data)).isEqualTo("foo");
        assertThat(serde.deserializer().deserialize("t", headers, ByteBuffer.wrap(data)))
                .isEqualTo("foo");
    }

    @Test
    void serialize_headerSerializerWithoutHeaders_isAMatterOfConfiguration() {
        serde.configure(IN_HEADERS, false);

        assertThatThrownBy(() -> serde.serializer().serialize("t", "foo"))
                .isInstanceOf(RegistryConfigurationException.class)
                .hasMessageContaining("there are no headers");
    }

    @Test
    void serialize_recordPassedOn_losesTheHeaderOfWhereItCameFrom() {
        serde.configure(Map.of(), false);
        headers.add(HEADER, HexFormat.of().parseHex("0100112233445566778899aabbccddeeff"));

        byte[] data = serde.serializer().serialize("t", headers, "foo");

        assertThat(headers).isEmpty();
        assertThat(serde.deserializer().deserialize("t", headers, data)).isEqualTo("foo");
    }

    @Test
    void deserialize_lastHeaderWithoutValue_readsThePrefix() {
        serde.configure(Map.of(), false);
        byte[] data = serde.serializer().serialize("t", new RecordHeaders(), "foo");
        headers.add(HEADER, new byte[] {9}).add(HEADER, null);

        assertThat(serde.deserializer().deserialize("t", headers, data)).isEqualTo("foo");
    }

    @Test
    void deserialize_configuredId_readsWhatNamesNoSchema() {
        serde.configure(Map.of(), false);
        serde.serializer().serialize("t", "foo");
        serde.configure(
                Map.of("value.schema.id.deserializer", "ConfigSchemaIdDeserializer", "use.schema.id", "1"), false);

        assertThat(serde.deserializer().deserialize("t", HexFormat.of().parseHex("06666f6f")))
                .isEqualTo("foo");
    }
}
