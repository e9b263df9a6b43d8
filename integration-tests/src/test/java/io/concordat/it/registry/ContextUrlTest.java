package io.concordat.it.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.concordat.api.Compatibility;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.LookupOptions;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.RegistrySettings;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.client.CachingRegistry;
import io.concordat.client.ClientConfig;
import io.concordat.client.HttpRegistry;
import io.concordat.client.SchemaRegistryClient;
import io.concordat.client.StoreConfig;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.kafka.RegistryDeserializer;
import io.concordat.kafka.RegistrySerializer;
import io.concordat.server.RegistryServer;
import io.concordat.server.ServerConfig;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry whose url ends with the name of a context, beside the same one under its own url. */
@Timeout(60)
class ContextUrlTest {
    private static final Subject ORDERS = Subject.value("orders");
    private static final Subject ORDERS_AT_HOME = Subject.of(":.home:orders-value");
    private static final SchemaContent STRING = SchemaContent.avro("\"string\"");
    private static final SchemaContent LONG = SchemaContent.avro("\"long\"");
    private static final SchemaContent INT = SchemaContent.avro("\"int\"");

    private final RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog(Clock.systemUTC()));
    private final RegistryServer server = RegistryServer.start(
            engine, ServerConfig.builder().host("127.0.0.1").port(0).build());
    private final String url = "http://127.0.0.1:" + server.port();
    private final Registry home = new HttpRegistry(ClientConfig.of(url + "/contexts/.home"));

    @AfterEach
    void close() {
        home.close();
        server.close();
        engine.close();
    }

    @Test
    void anyQuestion_withoutAContext_isAskedThere() {
        engine.register(ORDERS, LONG, RegisterOptions.DEFAULT);
        engine.register(Subject.of("elsewhere"), INT, RegisterOptions.DEFAULT);

        RegisteredSchema registered = home.register(ORDERS, STRING, RegisterOptions.DEFAULT);

        assertThat(registered.schemaId()).isEqualTo(SchemaId.of(1));
        assertThat(engine.schema(new SchemaId(Context.of("home"), 1)).content()).isEqualTo(STRING);
        assertThat(home.schema(SchemaId.of(1)).subject()).isEqualTo(ORDERS);
        assertThat(home.schema(SchemaId.of(1)).content()).isEqualTo(STRING);
        assertThat(home.version(ORDERS, VersionSpec.LATEST).subject()).isEqualTo(ORDERS);
        assertThat(home.version(ORDERS, VersionSpec.LATEST).schemaId()).isEqualTo(SchemaId.of(1));
        assertThat(home.lookUp(ORDERS, STRING, LookupOptions.DEFAULT).subject()).isEqualTo(ORDERS);
        assertThat(home.versions(ORDERS, Deleted.EXCLUDED)).containsExactly(1);
        assertThat(home.check(ORDERS, LONG).compatible()).isFalse();
        assertThat(home.subjects("", Deleted.EXCLUDED)).containsExactly(ORDERS);
        assertThat(home.subjects("or", Deleted.EXCLUDED)).containsExactly(ORDERS);
        assertThat(refusal(() -> home.schema(SchemaId.of(2)))).isEqualTo(ErrorCode.SCHEMA_NOT_FOUND);
        assertThat(refusal(() -> home.version(Subject.of("elsewhere"), VersionSpec.LATEST)))
                .isEqualTo(ErrorCode.SUBJECT_NOT_FOUND);

        assertThat(home.deleteSubject(ORDERS, false)).containsExactly(1);
        assertThat(engine.versions(ORDERS, Deleted.EXCLUDED)).containsExactly(1);
    }

    @Test
    void anyQuestion_withAContext_isAskedInThatOne() {
        Subject other = Subject.of(":.other:orders-value");
        home.register(ORDERS, STRING, RegisterOptions.DEFAULT);
        home.register(other, INT, RegisterOptions.DEFAULT);
        engine.register(ORDERS, LONG, RegisterOptions.DEFAULT);

        assertThat(home.version(ORDERS_AT_HOME, VersionSpec.LATEST).subject()).isEqualTo(ORDERS_AT_HOME);
        assertThat(home.version(ORDERS_AT_HOME, VersionSpec.LATEST).content()).isEqualTo(STRING);
        assertThat(home.schema(new SchemaId(Context.of("home"), 1)).content()).isEqualTo(STRING);
        assertThat(home.version(other, VersionSpec.LATEST).content()).isEqualTo(INT);
        assertThat(home.schema(new SchemaId(Context.of("other"), 1)).subject()).isEqualTo(other);
        assertThat(home.subjects(":.other:", Deleted.EXCLUDED)).containsExactly(other);
        assertThat(home.subjects(":.home:", Deleted.EXCLUDED)).containsExactly(ORDERS_AT_HOME);
        assertThat(home.subjects(":*:", Deleted.EXCLUDED)).containsExactly(other, ORDERS);
    }

    @Test
    void settings_withoutAContext_areThoseOfThatContext() {
        ConfigUpdate full = ConfigUpdate.compatibility(Compatibility.FULL);

        home.settings().updateConfig(RegistrySettings.GLOBAL, full);
        home.settings().updateConfig(ORDERS, ConfigUpdate.compatibility(Compatibility.NONE));

        assertThat(engine.settings().effectiveConfig(ORDERS).compatibility()).contains(Compatibility.BACKWARD);
        assertThat(engine.settings().effectiveConfig(ORDERS_AT_HOME).compatibility())
                .contains(Compatibility.NONE);
        assertThat(engine.settings().effectiveConfig(Subject.of(":.home:x")).compatibility())
                .contains(Compatibility.FULL);
        assertThat(home.settings().effectiveConfig(RegistrySettings.GLOBAL).compatibility())
                .contains(Compatibility.FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", ":.odd", "a/b", "versions"})
    void register_nameThatMightMeanSomethingElse_isThatName(String name) {
        Subject subject = new Subject(Context.DEFAULT, name);

        home.register(subject, STRING, RegisterOptions.DEFAULT);

        assertThat(home.version(subject, VersionSpec.LATEST).subject()).isEqualTo(subject);
        assertThat(engine.versions(new Subject(Context.of("home"), name), Deleted.EXCLUDED))
                .containsExactly(1);
    }

    @Test
    void ids_guid_haveTheNamesThatTheyCanBeAskedBy() {
        UUID guid = home.register(ORDERS, STRING, RegisterOptions.DEFAULT).guid();
        engine.register(Subject.of("one"), LONG, RegisterOptions.DEFAULT);
        engine.register(Subject.of("two"), STRING, RegisterOptions.DEFAULT);

        assertThat(home.ids(guid)).containsExactly(SchemaId.of(1), new SchemaId(Context.of("home"), 1));
        assertThat(home.schema(guid)).isEqualTo(STRING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/contexts/.home", "/contexts/home/", "/contexts/:.home:"})
    void serializers_ofThatUrl_writeAndRead(String path) {
        engine.register(Subject.of("first"), LONG, RegisterOptions.DEFAULT);
        try (RegistrySerializer<Object> serializer = new RegistrySerializer<>();
                RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>();
                RegistryDeserializer<Object> elsewhere = new RegistryDeserializer<>()) {
            serializer.configure(Map.of("schema.registry.url", url + path), false);
            deserializer.configure(Map.of("schema.registry.url", url + path), false);
            elsewhere.configure(Map.of("schema.registry.url", url), false);

            byte[] message = serializer.serialize("orders", "text");

            assertThat(ByteBuffer.wrap(message).getInt(1)).isEqualTo(1);
            assertThat(deserializer.deserialize("orders", message)).isEqualTo("text");
            assertThat(elsewhere.deserialize("orders", message)).isNotEqualTo("text");
            assertThat(engine.versions(ORDERS_AT_HOME, Deleted.EXCLUDED)).containsExactly(1);
        }
    }

    @Test
    void serializers_schemaInAHeaderAndBeforeTheRecord_areTakenForOneSchema() {
        Map<String, Object> settings = Map.of("schema.registry.url", url + "/contexts/.home");
        try (RegistrySerializer<Object> serializer = new RegistrySerializer<>();
                RegistryDeserializer<Object> deserializer = new RegistryDeserializer<>()) {
            serializer.configure(settings, false);
            deserializer.configure(settings, false);
            byte[] message = serializer.serialize("orders", "text");
            UUID guid = home.schema(SchemaId.of(1)).guid();
            Headers headers = new RecordHeaders();
            headers.add(
                    "__value_schema_id",
                    ByteBuffer.allocate(17)
                            .put((byte) 1)
                            .putLong(guid.getMostSignificantBits())
                            .putLong(guid.getLeastSignificantBits())
                            .array());

            assertThat(deserializer.deserialize("orders", headers, message)).isEqualTo("text");
        }
    }

    @Test
    void client_ofThatUrl_seesWhatIsThere() {
        engine.register(Subject.of("elsewhere"), LONG, RegisterOptions.DEFAULT);
        try (SchemaRegistryClient client = SchemaRegistryClient.connect(url + "/contexts/.home")) {
            RegisteredSchema registered = client.register(ORDERS, STRING);

            assertThat(client.schema(1).content()).isEqualTo(STRING);
            assertThat(client.latest(ORDERS).map(RegisteredSchema::schemaId)).contains(registered.schemaId());
            assertThat(client.findById(2)).isEmpty();
            assertThat(client.subjects()).containsExactly(ORDERS);
            assertThat(client.compatibility()).isEqualTo(Compatibility.BACKWARD);
        }
    }

    @Test
    void store_sharedByUrlsOfTwoContexts_keepsTheirAnswersApart(@TempDir Path folder) {
        engine.register(ORDERS, LONG, RegisterOptions.DEFAULT);
        home.register(ORDERS, STRING, RegisterOptions.DEFAULT);
        for (String each : List.of(url, url + "/contexts/.home")) {
            try (Registry first = CachingRegistry.connect(stored(each, folder))) {
                assertThat(first.schema(SchemaId.of(1)).id()).isEqualTo(1);
            }
        }
        server.close();

        try (Registry inDefault = CachingRegistry.connect(stored(url, folder));
                Registry atHome = CachingRegistry.connect(stored(url + "/contexts/.home", folder))) {
            assertThat(inDefault.schema(SchemaId.of(1)).content()).isEqualTo(LONG);
            assertThat(atHome.schema(SchemaId.of(1)).content()).isEqualTo(STRING);
        }
    }

    private static ClientConfig stored(String url, Path folder) {
        return ClientConfig.builder()
                .url(url)
                .store(StoreConfig.NONE.withDirectory(folder))
                .build();
    }

    private static ErrorCode refusal(Runnable question) {
        return catchThrowableOfType(RegistryException.class, question::run).code();
    }
}
