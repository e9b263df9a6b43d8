package io.concordat.it.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.concordat.api.Deleted;
import io.concordat.api.Mode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.CodecSettings;
import io.concordat.avro.AvroSchema;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.json.JsonCodec;
import io.concordat.json.JsonEnvelope;
import io.concordat.json.JsonFormat;
import io.concordat.json.JsonSchema;
import io.concordat.json.Schema;
import io.concordat.serdes.EncodeException;
import io.concordat.serdes.MessageSerializer;
import io.concordat.serdes.RecordPart;
import io.concordat.serdes.SubjectNaming;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JsonMessagesTest {
    private static final String OBJECT = "{\"type\":\"object\"}";

    private final RegistryEngine registry = RegistryEngine.open(new InMemoryEventLog());
    private final MessageSerializer json = serializer(Map.of());

    /** A record of an application. */
    record Person(String name, int age) {}

    /** A class whose schema refers to another subject. */
    @Schema(
            value = "{\"title\":\"Home\",\"type\":\"object\",\"properties\":{\"at\":{\"$ref\":\"address.json\"}}}",
            references = @Schema.Reference(name = "address.json", subject = "addresses", version = 1))
    record Home(Map<String, Object> at) {}

    @AfterEach
    void close() {
        registry.close();
    }

    /** The vectors J1. */
    @Test
    void encode_knownSchemaAndId_givesTheKnownBytes() {
        SchemaId id42 = register("a", OBJECT, 42);
        SchemaId id7 = register("b", "{}", 7);
        JsonEnvelope envelope = new JsonEnvelope(JsonSchema.parse("{}"), Map.of("a", 1));

        assertThat(hex(json.encode(id42, Map.of("a", 1)))).isEqualTo("000000002a7b2261223a317d");
        assertThat(hex(json.encode(id7, envelope))).isEqualTo("00000000077b2261223a317d");
        assertThat(hex(json.encode(id7, Map.of("a", 1)))).isEqualTo("00000000077b2261223a317d");
        assertThat(hex(json.encode(id7, "hi"))).isEqualTo("000000000722686922");
        assertThat(json.decode(HexFormat.of().parseHex("000000002a7b2261223a317d")))
                .isEqualTo(Map.of("a", 1));
    }

    /** A class that says what its schema is. */
    @Schema("{\"title\":\"Cat\",\"type\":\"object\"}")
    record Cat(String name) {}

    @Test
    void encode_valueThatBringsItsJsonSchemaBesideAvro_isJson() {
        MessageSerializer every = MessageSerializer.of(registry);
        JsonEnvelope envelope = new JsonEnvelope(JsonSchema.parse(OBJECT), Map.of("a", 1));

        every.encode("cats", RecordPart.VALUE, new Cat("Tom"));
        every.encode("envelopes", RecordPart.VALUE, envelope);
        every.encode(
                "nodes", RecordPart.VALUE, JsonNodeFactory.instance.objectNode().put("a", 1));

        assertThat(List.of("cats", "envelopes", "nodes"))
                .extracting(topic -> registry.version(Subject.value(topic), VersionSpec.LATEST, Deleted.EXCLUDED)
                        .content()
                        .type())
                .containsOnly(SchemaType.JSON);
    }

    @Test
    void encode_javaRecord_registersTheDerivedSchemaOnce() {
        byte[] first = json.encode("people", RecordPart.VALUE, new Person("Kim", 33));
        byte[] second = json.encode("people", RecordPart.VALUE, new Person("Ann", 34));

        assertThat(registry.versions(Subject.value("people"), Deleted.EXCLUDED)).containsExactly(1);
        assertThat(json.decode(first)).isEqualTo(Map.of("name", "Kim", "age", 33));
        assertThat(serializer(Map.of("json.value.type", Person.class)).decode(second))
                .isEqualTo(new Person("Ann", 34));
    }

    @Test
    void encode_byRecordName_namesTheSubjectByTheTitle() {
        MessageSerializer byName = MessageSerializer.builder(registry)
                .language(new JsonFormat(), new JsonCodec())
                .naming(SubjectNaming.RECORD)
                .build();

        byName.encode("people", RecordPart.VALUE, new Person("Kim", 33));

        assertThat(registry.versions(Subject.of("Person"), Deleted.EXCLUDED)).containsExactly(1);
    }

    @Test
    void encode_annotatedClass_refersToWhatIsRegistered() {
        assertThatThrownBy(() -> json.encode("homes", RecordPart.VALUE, new Home(Map.of("zip", "1"))))
                .hasMessageContaining("addresses");
        registry.register(
                Subject.of("addresses"),
                SchemaContent.of(
                        SchemaType.JSON,
                        "{\"type\":\"object\",\"properties\":{\"zip\":{\"type\":\"string\"}},\"additionalProperties\":false}"),
                RegisterOptions.DEFAULT);

        byte[] message = json.encode("homes", RecordPart.VALUE, new Home(Map.of("zip", "1")));

        assertThat(registry.version(Subject.value("homes"), VersionSpec.LATEST)
                        .content()
                        .references())
                .containsExactly(new SchemaReference("address.json", "addresses", 1));
        MessageSerializer strict = serializer(Map.of("json.fail.invalid.schema", true));
        assertThat(strict.decode(message)).isEqualTo(Map.of("at", Map.of("zip", "1")));
        assertThatThrownBy(() -> strict.encodeAsLatest("homes", RecordPart.VALUE, new Home(Map.of("zip", 1))))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("/at/zip");
    }

    @Test
    void encode_changeThatBreaksReaders_isRefusedByTheRegistry() {
        json.encode(
                "people",
                RecordPart.VALUE,
                envelope("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}"));

        assertThatThrownBy(() -> json.encode(
                        "people",
                        RecordPart.VALUE,
                        envelope("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}}}")))
                .hasMessageContaining("TYPE_CHANGED");
    }

    @Test
    void decode_messagesOfSeveralLanguages_followsTheTypeOfTheSchema() {
        AvroSchema avro = AvroSchema.parse(
                "{\"type\":\"record\",\"name\":\"Cat\",\"fields\":[{\"name\":\"lives\",\"type\":\"int\"}]}");
        GenericRecord cat =
                new GenericRecordBuilder(avro.schema()).set("lives", 9).build();

        byte[] avroMessage = json.encode("cats", RecordPart.VALUE, cat);
        byte[] jsonMessage = json.encode("people", RecordPart.VALUE, new Person("Kim", 33));

        MessageSerializer any = MessageSerializer.of(registry);
        assertThat(any.decode(avroMessage)).isEqualTo(cat);
        assertThat(any.decode(jsonMessage)).isEqualTo(Map.of("name", "Kim", "age", 33));
        assertThat(json.decode(avroMessage)).isEqualTo(cat);
    }

    private static JsonEnvelope envelope(String schema) {
        return new JsonEnvelope(JsonSchema.parse(schema), Map.of());
    }

    private MessageSerializer serializer(Map<String, ?> settings) {
        return MessageSerializer.builder(registry)
                .language(
                        new JsonFormat(),
                        new JsonCodec()
                                .configured(new CodecSettings(
                                        settings, false, getClass().getClassLoader())))
                .build();
    }

    private SchemaId register(String name, String schema, int id) {
        Subject subject = Subject.of(name);
        registry.settings().updateMode(subject, Mode.IMPORT, true);
        return registry.register(
                        subject, SchemaContent.of(SchemaType.JSON, schema), new RegisterOptions(false, false, id, 0))
                .schemaId();
    }

    private static String hex(byte @Nullable [] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
