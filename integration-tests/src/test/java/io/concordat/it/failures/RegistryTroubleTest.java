package io.concordat.it.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.type.Money;
import io.concordat.api.SchemaId;
import io.concordat.json.JsonEnvelope;
import io.concordat.json.JsonSchema;
import io.concordat.kafka.BadRecordException;
import io.concordat.kafka.RegistryConfigurationException;
import io.concordat.kafka.RegistryDeserializer;
import io.concordat.kafka.RegistrySerializer;
import io.concordat.kafka.SerdeFailure;
import io.concordat.serdes.RecordPart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each trouble of a registry, at each question that a serializer asks, is told as exactly one exception. */
@Timeout(120)
class RegistryTroubleTest {
    private static final String IDS = "/schemas/ids/";
    private static final String GUIDS = "/schemas/guids/";
    private static final String SUBJECTS = "/subjects/";
    private static final String ASSOCIATIONS = "/associations/";

    private final TroubledRegistry registry = new TroubledRegistry();

    RegistryTroubleTest() throws IOException {}

    @AfterEach
    void close() {
        registry.close();
    }

    /** What is done, and which question of it has the trouble. */
    enum Operation {
        READ_VALUE_BY_ID(false, false, IDS, Map.of()),
        READ_KEY_BY_ID(true, false, IDS, Map.of()),
        READ_BY_PREFIX_ONLY(false, false, IDS, Map.of("value.schema.id.deserializer", "PrefixSchemaIdDeserializer")),
        READ_BY_HEADER(false, false, GUIDS, Map.of()),
        READ_KEY_BY_HEADER(true, false, GUIDS, Map.of()),
        READ_INTO_THE_LATEST(false, false, SUBJECTS, Map.of("use.latest.version", true)),
        READ_UNDER_A_POLICY(false, false, IDS, Map.of("bad.record.policy", "wrap")),
        READ_UNDER_ANOTHER_POLICY(true, false, IDS, Map.of("bad.record.policy", "null")),
        READ_ASSOCIATED(false, false, ASSOCIATIONS, Map.of()),
        WRITE_VALUE(false, true, SUBJECTS, Map.of()),
        WRITE_KEY(true, true, SUBJECTS, Map.of()),
        WRITE_WITH_A_HEADER(false, true, SUBJECTS, Map.of("value.schema.id.serializer", "HeaderSchemaIdSerializer")),
        WRITE_WITHOUT_REGISTERING(false, true, SUBJECTS, Map.of("auto.register.schemas", false)),
        WRITE_AS_THE_LATEST(false, true, SUBJECTS, Map.of("auto.register.schemas", false, "use.latest.version", true)),
        WRITE_JSON(false, true, SUBJECTS, Map.of()),
        WRITE_PROTOBUF(false, true, SUBJECTS, Map.of()),
        WRITE_ASSOCIATED(false, true, ASSOCIATIONS, Map.of());

        private final boolean isKey;
        private final boolean writes;
        private final String question;

        @SuppressWarnings("ImmutableEnumChecker") // Nobody changes it.
        private final Map<String, Object> settings;

        Operation(boolean isKey, boolean writes, String question, Map<String, Object> settings) {
            this.isKey = isKey;
            this.writes = writes;
            this.question = question;
            this.settings = settings;
        }

        private Object value() {
            return switch (this) {
                case WRITE_JSON -> new JsonEnvelope(JsonSchema.parse("{\"title\":\"A\"}"), Map.of("a", 1));
                case WRITE_PROTOBUF -> Money.newBuilder().setUnits(20).build();
                default -> "foo";
            };
        }

        private boolean hasHeader() {
            return question.equals(GUIDS);
        }
    }

    private static Stream<Arguments> troubles() {
        return Stream.of(Trouble.values())
                .filter(trouble -> trouble != Trouble.NONE)
                .flatMap(trouble -> Stream.of(Operation.values())
                        // One that does not know of associations is asked no more, and the topic's name counts.
                        .filter(operation ->
                                trouble != Trouble.FOREIGN_NOT_FOUND || !operation.question.equals(ASSOCIATIONS))
                        .map(operation -> Arguments.of(trouble, operation)));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void serde_registryInTrouble_tellsExactlyThat(Trouble trouble, Operation operation) {
        String url = registry.url();
        registry.has(trouble, operation.question);

        Throwable told = catchThrowable(() -> carryOut(operation, url));

        assertThat(told).isExactlyInstanceOf(trouble.told());
        assertThat(told instanceof RetriableException).isEqualTo(SerdeFailure.isTransient(told));
        assertThat(told).isNotInstanceOf(SerializationException.class);
        SerdeFailure failure = SerdeFailure.in(told).orElseThrow();
        assertThat(failure.topic()).contains("t");
        assertThat(failure.part()).contains(operation.isKey ? RecordPart.KEY : RecordPart.VALUE);
        assertThat(failure.length().isPresent()).isEqualTo(!operation.writes);
        assertThat(failure.nextStep()).isNotBlank();
        assertThat(told.getMessage())
                .contains("the " + (operation.isKey ? "key" : "value") + " of topic 't'")
                .endsWith("; next: " + failure.nextStep())
                .hasSizeLessThan(600)
                .doesNotContain("s3cret");
        // One that nobody reaches is asked for associations first, and the id's context is not known by then.
        if (operation.question.equals(IDS) && trouble != Trouble.REFUSED) {
            assertThat(failure.schemaId()).contains(SchemaId.of(TroubledRegistry.ID));
            assertThat(failure.length()).hasValue(9);
            assertThat(failure.firstBytes()).isEqualTo("00 00 00 00 07 06 66 6f");
        }
    }

    private void carryOut(Operation operation, String url) {
        Map<String, Object> settings = settings(url);
        settings.putAll(operation.settings);
        if (operation.writes) {
            try (RegistrySerializer<Object> serializer = new RegistrySerializer<>()) {
                serializer.configure(settings, operation.isKey);
                serializer.serialize("t", new RecordHeaders(), operation.value());
            }
            return;
        }
        try (RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>()) {
            deserializer.configure(settings, operation.isKey);
            deserializer.deserialize(
                    "t",
                    operation.hasHeader() ? header(operation.isKey) : new RecordHeaders(),
                    ByteBuffer.wrap(foo(TroubledRegistry.ID)));
        }
    }

    private static Map<String, Object> settings(String url) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("schema.registry.url", url);
        settings.put("basic.auth.user.info", "kim:s3cret");
        settings.put("max.retries", 0);
        settings.put("schema.registry.deadline.ms", 700);
        return settings;
    }

    private static Headers header(boolean isKey) {
        UUID guid = UUID.fromString(TroubledRegistry.GUID);
        byte[] name = ByteBuffer.allocate(17)
                .put((byte) 1)
                .putLong(guid.getMostSignificantBits())
                .putLong(guid.getLeastSignificantBits())
                .array();
        return new RecordHeaders().add(isKey ? "__key_schema_id" : "__value_schema_id", name);
    }

    private static byte[] foo(int id) {
        return ByteBuffer.allocate(9)
                .put((byte) 0)
                .putInt(id)
                .put(HexFormat.of().parseHex("06666f6f"))
                .array();
    }

    @Test
    void deserialize_unknownId_asksOnceMoreAndThenForAWhileNoMore() {
        try (RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>()) {
            deserializer.configure(Map.of("schema.registry.url", registry.url()), false);

            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> deserializer.deserialize("t", foo(TroubledRegistry.UNKNOWN_ID)))
                        .isExactlyInstanceOf(BadRecordException.class)
                        .hasMessageContaining("the registry has no schema of that id");
            }

            assertThat(registry.requestsFor(IDS)).isEqualTo(2);
        }
    }

    @Test
    void deserialize_idThatAFollowerHearsOfLate_readsTheRecord() {
        registry.hasNotHeardYet(1);
        try (RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>()) {
            deserializer.configure(Map.of("schema.registry.url", registry.url()), false);

            assertThat(deserializer.deserialize("t", foo(TroubledRegistry.ID))).isEqualTo("foo");
            assertThat(registry.requestsFor(IDS)).isEqualTo(2);
        }
    }

    @Test
    void deserialize_configuredIdThatIsUnknown_isAMatterOfConfiguration() {
        try (RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>()) {
            deserializer.configure(
                    Map.of(
                            "schema.registry.url",
                            registry.url(),
                            "value.schema.id.deserializer",
                            "ConfigSchemaIdDeserializer",
                            "use.schema.id",
                            TroubledRegistry.UNKNOWN_ID),
                    false);

            assertThatThrownBy(() -> deserializer.deserialize("t", new byte[] {2, 65}))
                    .isExactlyInstanceOf(RegistryConfigurationException.class);
        }
    }

    /** Before the first record, and as Kafka tells such things of its own settings. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "value.subject.name.strategy=com.acme.Unknown",
                "auto.register.schemas=perhaps",
                "bad.record.policy=ignore",
                "schema.registry.outage.wait.ms=300000",
                "schema.registry.deadline.ms=soon"
            })
    void configure_wrongSetting_isAMatterOfConfigurationThatNamesIt(String setting) {
        String[] keyAndValue = setting.split("=", 2);
        try (RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>()) {
            assertThatThrownBy(() -> deserializer.configure(
                            Map.of("schema.registry.url", registry.url(), keyAndValue[0], keyAndValue[1]), false))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(keyAndValue[0])
                    .hasMessageContaining(keyAndValue[1]);
        }
    }
}
