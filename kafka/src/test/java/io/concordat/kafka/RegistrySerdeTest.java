package io.concordat.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.AssociatedResource;
import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.IncompatibleSchemaException;
import io.concordat.api.RegisterOptions;
import io.concordat.api.Rule;
import io.concordat.api.RuleKind;
import io.concordat.api.RuleMode;
import io.concordat.api.RuleSet;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.engine.AssociationRequest;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.serdes.ContextNaming;
import io.concordat.serdes.RuleContext;
import io.concordat.serdes.RuleExecutor;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The serde over a registry in the same process. */
class RegistrySerdeTest {
    private static final Schema USER = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"User\",\"namespace\":\"com.acme\",\"fields\":["
                    + "{\"name\":\"name\",\"type\":\"string\"},{\"name\":\"age\",\"type\":\"int\"},"
                    + "{\"name\":\"email\",\"type\":[\"null\",\"string\"],\"default\":null}]}");
    private static final Schema NAME_ONLY = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"User\",\"namespace\":\"com.acme\",\"fields\":["
                    + "{\"name\":\"name\",\"type\":\"string\"}]}");
    private static final Subject USERS = Subject.value("users");

    private final RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void serde_genericRecord_goesThroughKnownBytes() {
        try (RegistrySerde<GenericRecord> serde = new RegistrySerde<>(registry)) {
            byte[] message = serde.serializer().serialize("users", kim());

            assertThat(HexFormat.of().formatHex(message)).isEqualTo("0000000001064b696d42020c6b40782e696f");
            assertThat(serde.deserializer().deserialize("users", message)).isEqualTo(kim());
            assertThat(registry.versions(USERS, Deleted.EXCLUDED)).containsExactly(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void serde_null_isATombstone(boolean isKey) {
        try (RegistrySerde<GenericRecord> serde = new RegistrySerde<>(registry)) {
            serde.configure(Map.of(), isKey);

            assertThat(serde.serializer().serialize("users", null)).isNull();
            assertThat(serde.serializer().serialize("users", new RecordHeaders(), null))
                    .isNull();
            assertThat(serde.deserializer().deserialize("users", null)).isNull();
            assertThat(serde.deserializer().deserialize("users", new RecordHeaders(), (ByteBuffer) null))
                    .isNull();
        }
        assertThat(registry.subjects("", Deleted.INCLUDED)).isEmpty();
    }

    @Test
    void serde_forKeys_usesTheKeysSubject() {
        try (RegistrySerde<Object> serde = new RegistrySerde<>(registry)) {
            serde.configure(Map.of(), true);
            byte[] message = serde.serializer().serialize("users", 42);

            assertThat(registry.subjects("", Deleted.EXCLUDED)).containsExactly(Subject.key("users"));
            assertThat(serde.deserializer().deserialize("users", message)).isEqualTo(42);
        }
    }

    @Test
    void serde_close_leavesTheApplicationsRegistryOpen() {
        RegistrySerde<Object> serde = new RegistrySerde<>(registry);
        serde.serializer().serialize("users", 42);
        serde.close();

        assertThat(registry.subjects("", Deleted.EXCLUDED)).isNotEmpty();
        assertThat(new RegistrySerializer<>(registry).serialize("payments", 42)).isNotNull();
    }

    @Test
    void deserialize_partOfABuffer_readsJustThat() {
        try (RegistrySerde<GenericRecord> serde = new RegistrySerde<>(registry)) {
            byte[] message = serde.serializer().serialize("users", kim());
            ByteBuffer buffer = ByteBuffer.allocate(message.length + 9).position(4);
            buffer.put(message).flip().position(4);

            assertThat(serde.deserializer().deserialize("users", new RecordHeaders(), buffer))
                    .isEqualTo(kim());
            assertThat(buffer.position()).isEqualTo(4);
        }
    }

    @Test
    void serialize_withoutRegistering_failsUntilItIsRegistered() {
        try (RegistrySerde<GenericRecord> serde = new RegistrySerde<>(registry)) {
            serde.configure(Map.of("auto.register.schemas", "false"), false);
            assertThatThrownBy(() -> serde.serializer().serialize("users", kim()))
                    .isInstanceOf(RegistryConfigurationException.class)
                    .hasMessageContaining("users")
                    .hasMessageContaining("'auto.register.schemas' is false")
                    .hasMessageNotContaining("\"fields\"");

            register(USER);

            assertThat(serde.deserializer()
                            .deserialize("users", serde.serializer().serialize("users", kim())))
                    .isEqualTo(kim());
        }
    }

    @Test
    void serde_useLatest_writesAndReadsWithTheLatestVersion() {
        register(NAME_ONLY);
        byte[] old;
        try (RegistrySerde<GenericRecord> serde = new RegistrySerde<>(registry)) {
            GenericRecord record = new GenericData.Record(NAME_ONLY);
            record.put("name", "Kim");
            old = serde.serializer().serialize("users", record);
        }
        Schema latest = new Schema.Parser().parse(USER.toString().replace("\"int\"", "\"int\",\"default\":0"));
        register(latest);

        try (RegistrySerde<GenericRecord> serde = new RegistrySerde<>(registry)) {
            serde.configure(Map.of("auto.register.schemas", false, "use.latest.version", true), false);

            assertThat(serde.deserializer().deserialize("users", old).getSchema())
                    .isEqualTo(latest);
            assertThat(ByteBuffer.wrap(serde.serializer().serialize("users", kim()))
                            .getInt(1))
                    .isEqualTo(2);
        }
    }

    @Test
    void configure_latestAndRegistering_warnsThatRegisteringWins() {
        try (Warnings warnings = new Warnings();
                RegistrySerde<GenericRecord> serde = new RegistrySerde<>(registry)) {
            serde.configure(Map.of("use.latest.version", true), false);
            serde.configure(Map.of("use.latest.version", true), false);

            assertThat(warnings.messages())
                    .singleElement()
                    .asString()
                    .contains("use.latest.version", "auto.register.schemas");
            assertThat(serde.serializer().serialize("users", kim())).isNotNull();
        }
        assertThat(registry.versions(USERS, Deleted.EXCLUDED)).containsExactly(1);
    }

    @Test
    void configure_severalChoices_warnsOfThoseThatDoNotCount() {
        try (Warnings warnings = new Warnings();
                RegistrySerializer<GenericRecord> serializer = new RegistrySerializer<>(registry);
                RegistryDeserializer<GenericRecord> deserializer = new RegistryDeserializer<>(registry)) {
            Map<String, Object> configs = Map.of(
                    "auto.register.schemas",
                    false,
                    "use.schema.id",
                    7,
                    "use.schema.guid",
                    "095d71cf-1255-6b9d-5e33-0ad575b3df5d",
                    "use.latest.with.metadata",
                    "app=shop",
                    "propagate.schema.tags",
                    true,
                    "schema.format",
                    "resolved");
            deserializer.configure(configs, false);
            assertThat(warnings.messages()).isEmpty();
            serializer.configure(configs, false);
            serializer.configure(configs, true);

            assertThat(warnings.messages())
                    .containsExactlyInAnyOrder(
                            "'use.schema.guid' has no effect on serializers beside 'use.schema.id'",
                            "'use.latest.with.metadata' has no effect on serializers beside 'use.schema.id'",
                            "'propagate.schema.tags' has no effect while 'auto.register.schemas' is false",
                            "'schema.format' has no effect while 'auto.register.schemas' is false");
        }
    }

    @Test
    void serialize_useSchemaId_writesThatOne() {
        register(NAME_ONLY);
        try (RegistrySerializer<GenericRecord> serializer = new RegistrySerializer<>(registry)) {
            serializer.configure(Map.of("auto.register.schemas", false, "use.schema.id", 1), false);

            assertThat(serializer.serialize("users", kim())).hasSize(9);
        }
    }

    @Test
    void serialize_useSchemaIdThatIsUnknown_doesNotAdviseToRegister() {
        try (RegistrySerializer<GenericRecord> serializer = new RegistrySerializer<>(registry)) {
            serializer.configure(Map.of("auto.register.schemas", false, "use.schema.id", 99), false);

            assertThatThrownBy(() -> serializer.serialize("users", kim()))
                    .isInstanceOf(RegistryConfigurationException.class)
                    .hasMessageContaining("99")
                    .hasMessageNotContaining("register the schema");
        }
    }

    @Test
    void serialize_useLatestWithMetadata_writesThatOne() {
        registry.register(
                USERS,
                SchemaContent.avro(NAME_ONLY.toString()).withProperties(Map.of("app", "a,b")),
                RegisterOptions.DEFAULT);
        registry.register(
                USERS,
                SchemaContent.avro(USER.toString().replace("\"int\"", "\"int\",\"default\":0"))
                        .withProperties(Map.of("app", "c")),
                RegisterOptions.DEFAULT);
        try (RegistrySerde<GenericRecord> serde = new RegistrySerde<>(registry)) {
            serde.configure(Map.of("auto.register.schemas", false, "use.latest.with.metadata", "'app=a,b'"), false);

            byte[] message = serde.serializer().serialize("users", kim());

            assertThat(ByteBuffer.wrap(message).getInt(1)).isEqualTo(1);
            assertThat(serde.deserializer().deserialize("users", message).getSchema())
                    .isEqualTo(NAME_ONLY);
        }
    }

    @Test
    void serialize_contextStrategy_keepsSchemasThere() {
        try (RegistrySerde<GenericRecord> serde = new RegistrySerde<>(registry)) {
            ContextNaming staging = topic -> Context.of("staging");
            serde.configure(Map.of("context.name.strategy", staging), false);

            byte[] message = serde.serializer().serialize("users", kim());

            assertThat(registry.subjects(":*:", Deleted.EXCLUDED)).containsExactly(Subject.of(":.staging:users-value"));
            assertThat(serde.deserializer().deserialize("users", message)).isEqualTo(kim());
        }
    }

    @Test
    void serialize_associatedTopic_writesUnderThatSubject() {
        register(USER);
        associate("lkc-1", "people");
        associate("lkc-2", "persons");
        try (RegistrySerializer<GenericRecord> serializer = new RegistrySerializer<>(registry);
                RegistrySerializer<GenericRecord> byTopic = new RegistrySerializer<>(registry)) {
            serializer.onUpdate(new ClusterResource("lkc-1"));
            serializer.serialize("people", kim());
            serializer.serialize("persons", kim());
            byTopic.configure(Map.of("value.subject.name.strategy", "TopicNameStrategy"), false);
            byTopic.onUpdate(new ClusterResource("lkc-1"));
            byTopic.serialize("people", kim());

            assertThat(registry.subjects("", Deleted.EXCLUDED))
                    .containsExactly(Subject.value("people"), Subject.value("persons"), USERS);
        }
    }

    private void associate(String cluster, String topic) {
        AssociationRequest.Change change = new AssociationRequest.Change(
                AssociationRequest.Operation.CREATE,
                "value",
                Optional.of(USERS),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        AssociatedResource resource = new AssociatedResource(topic, cluster, cluster + topic, AssociatedResource.TOPIC);
        registry.associations()
                .changeAsync(new AssociationRequest(resource, List.of(change)), false, Runnable::run)
                .toCompletableFuture()
                .join();
    }

    @Test
    void serialize_ruleWithAnExecutorOfTheSettings_runsIt() {
        RuleSet rules = new RuleSet(List.of(), List.of(rule("SHOUT")), List.of(), "");
        registry.register(
                USERS,
                SchemaContent.avro(NAME_ONLY.toString()).withRuleSet(Optional.of(rules)),
                RegisterOptions.DEFAULT);
        Map<String, Object> latest = Map.of("auto.register.schemas", false, "use.latest.version", true);
        try (RegistrySerializer<GenericRecord> serializer = new RegistrySerializer<>(registry)) {
            serializer.configure(latest, false);
            assertThatThrownBy(() -> serializer.serialize("users", kim()))
                    .isInstanceOf(RegistryConfigurationException.class)
                    .hasMessageContaining("the value of topic 'users' (subject 'users-value', id 1)")
                    .hasMessageContaining("'loud' of type 'SHOUT'")
                    .hasMessageNotContaining("\"fields\"");

            Map<String, Object> shouting = new HashMap<>(latest);
            shouting.put("rule.executors", "loud");
            shouting.put("rule.executors.loud.class", Shouting.class.getName());
            serializer.configure(shouting, false);
            assertThat(serializer.serialize("users", kim())).endsWith('K', 'I', 'M');
        }
    }

    @Test
    void configure_ruleExecutorThatIsNone_isAConfigException() {
        try (RegistrySerializer<GenericRecord> serializer = new RegistrySerializer<>(registry)) {
            assertThatThrownBy(
                            () -> serializer.configure(Map.of("rule.executors.loud.class", "com.acme.Missing"), false))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("com.acme.Missing");
        }
    }

    @Test
    void serialize_incompatibleSchema_doesNotQuoteSchemas() {
        register(NAME_ONLY);
        Schema broken = new Schema.Parser().parse(USER.toString().replace(",\"default\":null", ""));
        GenericRecord record = new GenericData.Record(broken);
        try (RegistrySerializer<GenericRecord> serializer = new RegistrySerializer<>(registry)) {
            assertThatThrownBy(() -> serializer.serialize("users", record))
                    .isInstanceOf(RegistryConfigurationException.class)
                    .hasMessageContaining("the value of topic 'users' (subject 'users-value')")
                    .hasMessageContaining("READER_FIELD_MISSING_DEFAULT_VALUE")
                    .hasMessageNotContaining("\"fields\"")
                    .satisfies(e ->
                            assertThat(String.valueOf(e.getMessage()).length()).isLessThan(900))
                    .rootCause()
                    .as("the registry's own words")
                    .isInstanceOf(IncompatibleSchemaException.class)
                    .hasMessageContaining("\"fields\"");
        }
    }

    private static Rule rule(String type) {
        return new Rule(
                "loud",
                "",
                RuleKind.TRANSFORM,
                RuleMode.WRITE,
                type,
                new TreeSet<>(),
                new TreeMap<>(),
                "",
                "",
                "",
                false);
    }

    /** Writes names in capitals. */
    public static final class Shouting implements RuleExecutor {
        @Override
        public String type() {
            return "SHOUT";
        }

        @Override
        public Object execute(RuleContext context, Object value) {
            GenericRecord loud = new GenericData.Record((GenericData.Record) value, true);
            loud.put("name", loud.get("name").toString().toUpperCase(Locale.ROOT));
            return loud;
        }
    }

    @Test
    void serialize_recordName_isTheSubject() {
        try (RegistrySerde<GenericRecord> serde = new RegistrySerde<>(registry)) {
            serde.configure(Map.of("value.subject.name.strategy", "io.acme.subject.TopicRecordNameStrategy"), false);
            serde.serializer().serialize("users", kim());

            assertThat(registry.subjects("", Deleted.EXCLUDED)).containsExactly(Subject.of("users-com.acme.User"));
        }
    }

    @Test
    void deserialize_noMessage_isASerializationExceptionThatNamesTheTopic() {
        try (RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>(registry)) {
            assertThatThrownBy(() -> deserializer.deserialize("users", new byte[] {'{', '}'}))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("the value of topic 'users'")
                    .hasMessageContaining("7b 7d");
        }
    }

    @Test
    void deserialize_specificReader_givesGeneratedClasses() {
        try (RegistrySerde<Object> serde = new RegistrySerde<>(registry)) {
            serde.configure(Map.of("specific.avro.reader", "true"), false);
            Coin coin = new Coin();
            coin.put(0, 5);

            byte[] message = serde.serializer().serialize("coins", coin);

            assertThat(serde.deserializer().deserialize("coins", message))
                    .isInstanceOf(Coin.class)
                    .isEqualTo(coin);
            try (RegistryDeserializer<Object> generic = new RegistryDeserializer<>(registry)) {
                assertThat(generic.deserialize("coins", message)).isInstanceOf(GenericData.Record.class);
            }
        }
    }

    @Test
    void serdes_ofKafka_takeOurs() {
        try (RegistrySerde<Object> serde = new RegistrySerde<>(registry)) {
            assertThat(Serdes.serdeFrom(serde.serializer(), serde.deserializer())
                            .deserializer())
                    .isSameAs(serde.deserializer());
        }
    }

    private void register(Schema schema) {
        registry.register(USERS, SchemaContent.avro(schema.toString()), RegisterOptions.DEFAULT);
    }

    private static GenericRecord kim() {
        GenericRecord user = new GenericData.Record(USER);
        user.put("name", "Kim");
        user.put("age", 33);
        user.put("email", "k@x.io");
        return user;
    }
}
