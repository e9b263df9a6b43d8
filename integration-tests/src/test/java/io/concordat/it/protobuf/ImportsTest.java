package io.concordat.it.protobuf;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.longrunning.Operation;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.rpc.Status;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.SchemaReference;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.client.SchemaRegistryClient;
import io.concordat.engine.RegistryEngine;
import io.concordat.engine.log.InMemoryEventLog;
import io.concordat.kafka.RegistryConfigurationException;
import io.concordat.kafka.RegistryDeserializer;
import io.concordat.kafka.RegistrySerializer;
import io.concordat.server.RegistryServer;
import io.concordat.server.ServerConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages whose files import others, written and read through a server. */
class ImportsTest {
    private final RegistryEngine engine = RegistryEngine.open(new InMemoryEventLog());
    private final RegistryServer server =
            RegistryServer.start(engine, ServerConfig.builder().port(0).build());
    private final String url = "http://127.0.0.1:" + server.port();
    private final SchemaRegistryClient registry = SchemaRegistryClient.connect(url);

    @AfterEach
    void close() {
        registry.close();
        server.close();
        engine.close();
    }

    private byte[] serialize(Map<String, ?> settings, String topic, Message message) {
        try (RegistrySerializer<Message> serializer = new RegistrySerializer<>()) {
            serializer.configure(connected(settings), false);
            return requireNonNull(serializer.serialize(topic, message));
        }
    }

    private Message deserialize(Map<String, ?> settings, String topic, byte[] bytes) {
        try (RegistryDeserializer<Message> deserializer = new RegistryDeserializer<>()) {
            deserializer.configure(connected(settings), false);
            return requireNonNull(deserializer.deserialize(topic, bytes));
        }
    }

    private Map<String, Object> connected(Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("schema.registry.url", url);
        return all;
    }

    private static Operation operation() {
        return Operation.newBuilder()
                .setName("op")
                .setError(Status.newBuilder().setCode(7).setMessage("no"))
                .build();
    }

    @Test
    void firstWrite_registersImportsBottomUp_andRefersToThem() {
        byte[] bytes = serialize(Map.of(), "ops", operation());

        RegisteredSchema schema = registry.version(Subject.value("ops"), VersionSpec.LATEST);
        assertThat(schema.content().references())
                .contains(new SchemaReference("google/rpc/status.proto", "google/rpc/status.proto", 1))
                .noneMatch(reference -> reference.name().startsWith("google/protobuf/"));
        RegisteredSchema client = registry.version(Subject.of("google/api/client.proto"), VersionSpec.LATEST);
        assertThat(client.content().references())
                .contains(new SchemaReference("google/api/launch_stage.proto", "google/api/launch_stage.proto", 1));
        assertThat(deserialize(Map.of("specific.protobuf.value.type", Operation.class), "ops", bytes))
                .isEqualTo(operation());
        assertThat(deserialize(Map.of("derive.type", "true"), "ops", bytes)).isEqualTo(operation());
        assertThat(deserialize(Map.of(), "ops", bytes)).isInstanceOf(DynamicMessage.class);
    }

    @Test
    void secondWrite_underOtherTopic_registersNothingTwice() {
        serialize(Map.of(), "ops", operation());
        serialize(Map.of(), "others", operation());

        assertThat(registry.versions(Subject.of("google/rpc/status.proto"))).containsExactly(1);
        assertThat(registry.version(Subject.value("ops"), VersionSpec.LATEST).id())
                .isEqualTo(registry.version(Subject.value("others"), VersionSpec.LATEST)
                        .id());
    }

    @Test
    void write_lookingImportsUp_needsThemRegistered() {
        Map<String, ?> lookingUp = Map.of("reference.lookup.only", "true");

        assertThatThrownBy(() -> serialize(lookingUp, "ops", operation()))
                .isInstanceOf(RegistryConfigurationException.class);
        serialize(Map.of(), "others", operation());
        serialize(lookingUp, "ops", operation());

        assertThat(registry.versions(Subject.value("ops"))).containsExactly(1);
    }

    @Test
    void write_namingImportsByTheirPackage_usesThoseSubjects() {
        serialize(
                Map.of("reference.subject.name.strategy", "QualifiedReferenceSubjectNameStrategy"), "ops", operation());

        assertThat(registry.version(Subject.value("ops"), VersionSpec.LATEST)
                        .content()
                        .references())
                .contains(new SchemaReference("google/rpc/status.proto", "google.rpc.status", 1));
    }

    @Test
    void write_withoutRegistering_findsSchemaAndImports() {
        serialize(Map.of(), "ops", operation());

        byte[] bytes = serialize(Map.of("auto.register.schemas", "false"), "ops", operation());

        assertThat(deserialize(Map.of(), "ops", bytes)).isNotNull();
        assertThatThrownBy(() -> serialize(Map.of("auto.register.schemas", "false"), "unknown", operation()))
                .isInstanceOf(RegistryConfigurationException.class);
    }

    @Test
    void write_normalizing_countsMessagesInTheNormalForm() {
        DescriptorProto entry = DescriptorProto.newBuilder()
                .setName("MEntry")
                .addField(field("key", 1, FieldDescriptorProto.Type.TYPE_STRING))
                .addField(field("value", 2, FieldDescriptorProto.Type.TYPE_STRING))
                .setOptions(com.google.protobuf.DescriptorProtos.MessageOptions.newBuilder()
                        .setMapEntry(true))
                .build();
        FileDescriptor file = file(FileDescriptorProto.newBuilder()
                .setName("a.proto")
                .setSyntax("proto3")
                .addMessageType(DescriptorProto.newBuilder()
                        .setName("A")
                        .addField(field("m", 1, FieldDescriptorProto.Type.TYPE_MESSAGE)
                                .setTypeName(".A.MEntry")
                                .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED))
                        .addNestedType(entry)
                        .addNestedType(DescriptorProto.newBuilder()
                                .setName("In")
                                .addField(field("s", 1, FieldDescriptorProto.Type.TYPE_STRING))))
                .build());
        Descriptor type = file.findMessageTypeByName("A").findNestedTypeByName("In");
        DynamicMessage message = DynamicMessage.newBuilder(type)
                .setField(type.findFieldByName("s"), "x")
                .build();

        byte[] plain = serialize(Map.of(), "plain", message);
        byte[] normal = serialize(Map.of("normalize.schemas", "true"), "normal", message);

        assertThat(plain).endsWith(4, 0, 2, 0x0A, 1, 'x');
        assertThat(normal).endsWith(4, 0, 0, 0x0A, 1, 'x');
        assertThat(deserialize(Map.of(), "plain", plain)).hasToString("s: \"x\"\n");
        assertThat(deserialize(Map.of(), "normal", normal)).hasToString("s: \"x\"\n");
    }

    @Test
    void firstWrite_ofAFileWithHundredImports_registersThemAll() {
        List<FileDescriptor> imports = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            FileDescriptorProto.Builder imported = FileDescriptorProto.newBuilder()
                    .setName("f" + i + ".proto")
                    .setPackage("p" + i)
                    .setSyntax("proto3")
                    .addMessageType(DescriptorProto.newBuilder().setName("M"));
            if (i > 0) {
                imported.addDependency("f" + (i - 1) + ".proto");
            }
            imports.add(file(imported.build(), i > 0 ? List.of(imports.get(i - 1)) : List.of()));
        }
        FileDescriptorProto.Builder file =
                FileDescriptorProto.newBuilder().setName("all.proto").setSyntax("proto3");
        DescriptorProto.Builder all = DescriptorProto.newBuilder().setName("All");
        for (int i = 0; i < 100; i++) {
            file.addDependency("f" + i + ".proto");
            all.addField(field("m" + i, i + 1, FieldDescriptorProto.Type.TYPE_MESSAGE)
                    .setTypeName(".p" + i + ".M"));
        }
        Descriptor type = file(file.addMessageType(all).build(), imports).findMessageTypeByName("All");

        byte[] bytes = serialize(Map.of(), "all", DynamicMessage.getDefaultInstance(type));

        assertThat(registry.version(Subject.value("all"), VersionSpec.LATEST)
                        .content()
                        .references())
                .hasSize(100);
        assertThat(deserialize(Map.of(), "all", bytes)).isNotNull();
    }

    private static FieldDescriptorProto.Builder field(String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    }

    private static FileDescriptor file(FileDescriptorProto file) {
        return file(file, List.of());
    }

    private static FileDescriptor file(FileDescriptorProto file, List<FileDescriptor> imports) {
        try {
            return FileDescriptor.buildFrom(file, imports.toArray(new FileDescriptor[0]));
        } catch (DescriptorValidationException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
