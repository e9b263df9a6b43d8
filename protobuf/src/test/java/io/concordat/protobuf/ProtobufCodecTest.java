package io.concordat.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.Timestamp;
import com.google.rpc.Status;
import com.google.type.DateTime;
import com.google.type.Money;
import io.concordat.api.SchemaReference;
import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.ImportingSchema.Import;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.api.format.RecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufCodecTest {
    private static final ProtobufSchema NESTED = ProtobufSchema.parse("""
            syntax = "proto3";
            message A {
              string f = 1;
              message N1 { message X { string f = 1; } message Y { string f = 1; } }
            }
            enum E { Z = 0; }
            message B {
              string f = 1;
              message M0 {}
              message M1 { message Q { string f = 1; } }
            }
            """);

    private final ProtobufCodec codec = new ProtobufCodec();

    private static DynamicMessage abc(ProtobufSchema schema, String message) {
        Descriptor type = Objects.requireNonNull(MessageReader.find(schema, message));
        return DynamicMessage.newBuilder(type)
                .setField(type.findFieldByName("f"), "abc")
                .build();
    }

    private String written(ProtobufSchema schema, Message message) {
        return HexFormat.of().formatHex(bytes(schema, message));
    }

    private byte[] bytes(ProtobufSchema schema, Message message) {
        RecordBuffer out = new RecordBuffer(8);
        codec.writer(schema).write(message, out);
        return out.toByteArray();
    }

    private static Object read(ProtobufCodec codec, ProtobufSchema schema, String hex) {
        return read(codec, schema, HexFormat.of().parseHex(hex));
    }

    private static Object read(ProtobufCodec codec, ProtobufSchema schema, byte[] bytes) {
        return Objects.requireNonNull(codec.reader(schema, Target.generic()).read(ByteBuffer.wrap(bytes)));
    }

    private static ProtobufCodec configured(Map<String, ?> settings) {
        return new ProtobufCodec()
                .configured(new CodecSettings(settings, false, ProtobufCodecTest.class.getClassLoader()));
    }

    @ParameterizedTest
    @CsvSource({"A,000a03616263", "B,02020a03616263", "A.N1.Y,060000020a03616263", "B.M1.Q,060202000a03616263"})
    void writeAndRead_anyMessageOfTheFile_haveItsIndexesBeforeThem(String message, String hex) {
        DynamicMessage value = abc(NESTED, message);

        assertThat(written(NESTED, value)).isEqualTo(hex);
        assertThat(read(codec, NESTED, hex)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"0,00", "1,0202", "0 0,040000", "63,027e", "64,028001", "1 100,0402c801", "2 1 0,06040200"})
    void indexes_encoded_areTheKnownBytes(String path, String hex) {
        List<Integer> indexes =
                Stream.of(path.split(" ", -1)).map(Integer::valueOf).toList();
        ByteBuffer record = ByteBuffer.wrap(HexFormat.of().parseHex(hex + "0a03616263"));

        assertThat(MessageIndexes.encode(indexes)).isEqualTo(HexFormat.of().parseHex(hex));
        assertThat(codec.typeLength(record)).isEqualTo(hex.length() / 2);
        assertThat(record.position()).isZero();
    }

    @Test
    void read_longFormOfTheFirstIndex_isUnderstood() {
        assertThat(read(codec, NESTED, "02000a03616263")).isEqualTo(abc(NESTED, "A"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "02",
                "0280",
                "0208",
                "01",
                "fcffffffff0f00",
                "feffffff0f00",
                "028080808080808080808001",
                "04000808"
            })
    void read_indexesThatLie_areRefused(String hex) {
        assertThatThrownBy(() -> read(codec, NESTED, hex)).isInstanceOf(RecordException.class);
    }

    @Test
    void read_sliceOfDirectMemory_readsWhatIsBetweenPositionAndLimit() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(20);
        bytes.position(3).put(HexFormat.of().parseHex("000a03616263")).put((byte) 9);
        bytes.position(3).limit(9);

        assertThat(codec.reader(NESTED, Target.generic()).read(bytes)).isEqualTo(abc(NESTED, "A"));
        assertThat(bytes.remaining()).isZero();
    }

    @Test
    void read_deeplyNestedRecord_isRefused() {
        ProtobufSchema schema = ProtobufSchema.parse("message A { optional A a = 1; }");
        ByteString record = ByteString.EMPTY;
        for (int i = 0; i < 5_000; i++) {
            ByteString.Output around = ByteString.newOutput();
            around.write(0x0A);
            for (int rest = record.size(); ; rest >>>= 7) {
                around.write(rest < 0x80 ? rest : (rest & 0x7F) | 0x80);
                if (rest < 0x80) {
                    break;
                }
            }
            record = around.toByteString().concat(record);
        }
        byte[] bytes = ByteString.copyFrom(new byte[1]).concat(record).toByteArray();

        assertThatThrownBy(() -> read(codec, schema, bytes))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("The record is no message 'A'");
    }

    @Test
    void read_mangledRecords_areReadOrRefused() {
        long seed = Long.getLong("concordat.test.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        ProtobufSchema schema = ProtobufSchema.of(FileDescriptorProto.getDescriptor());
        byte[] original =
                bytes(schema, FileDescriptorProto.getDescriptor().getFile().toProto());
        for (int round = 0; round < 2_000; round++) {
            byte[] mangled = original.clone();
            for (int i = random.nextInt(5); i >= 0; i--) {
                mangled[random.nextInt(random.nextBoolean() ? 10 : mangled.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(read(codec, schema, mangled)).isInstanceOf(Message.class);
            } catch (RecordException e) {
                assertThat(e.getMessage()).as("seed %d, round %d", seed, round).isNotBlank();
            }
        }
    }

    @Test
    void write_otherValue_isRefused() {
        RecordBuffer out = new RecordBuffer(8);

        assertThatThrownBy(() -> codec.writer(NESTED).write("text", out))
                .isInstanceOf(RecordException.class)
                .hasMessage("A java.lang.String is no Protobuf message");
        assertThatThrownBy(() -> codec.writer(NESTED).write(Timestamp.getDefaultInstance(), out))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("does not define the message 'google.protobuf.Timestamp'");
        assertThat(codec.schemaKey("text")).isNull();
    }

    @Test
    void write_messageWithoutRequiredField_isRefused() {
        ProtobufSchema schema = ProtobufSchema.parse("message A { required string f = 1; }");
        Descriptor type = Objects.requireNonNull(MessageReader.find(schema, "A"));
        DynamicMessage incomplete = DynamicMessage.newBuilder(type).buildPartial();

        assertThatThrownBy(() -> written(schema, incomplete))
                .isInstanceOf(RecordException.class)
                .hasMessage("The message lacks required fields: f");
    }

    @Test
    void write_messageWithinThatLacksARequiredField_isRefused() {
        ProtobufSchema schema = ProtobufSchema.parse("""
                message A { optional A again = 1; repeated B many = 2; }
                message B { oneof o { C c = 1; } }
                message C { required string f = 1; }""");
        Descriptor a = Objects.requireNonNull(MessageReader.find(schema, "A"));
        Descriptor b = Objects.requireNonNull(MessageReader.find(schema, "B"));
        Descriptor c = Objects.requireNonNull(MessageReader.find(schema, "C"));
        DynamicMessage within = DynamicMessage.newBuilder(b)
                .setField(b.findFieldByName("c"), DynamicMessage.newBuilder(c).buildPartial())
                .buildPartial();
        DynamicMessage incomplete = DynamicMessage.newBuilder(a)
                .addRepeatedField(a.findFieldByName("many"), within)
                .buildPartial();

        assertThatThrownBy(() -> written(schema, incomplete))
                .isInstanceOf(RecordException.class)
                .hasMessage("The message lacks required fields: many[0].c.f");
        assertThat(written(schema, DynamicMessage.getDefaultInstance(a))).isNotNull();
    }

    @Test
    void write_extensionThatLacksARequiredField_isRefused() {
        ProtobufSchema schema = ProtobufSchema.parse("""
                message A { extensions 100 to max; }
                message C { required string f = 1; }
                extend A { optional C more = 100; }""");
        Descriptor a = Objects.requireNonNull(MessageReader.find(schema, "A"));
        Descriptor c = Objects.requireNonNull(MessageReader.find(schema, "C"));
        DynamicMessage incomplete = DynamicMessage.newBuilder(a)
                .setField(
                        schema.descriptor().findExtensionByName("more"),
                        DynamicMessage.newBuilder(c).buildPartial())
                .buildPartial();

        assertThatThrownBy(() -> written(schema, incomplete))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("lacks required fields");
    }

    @Test
    void write_underAnotherVersion_hasTheIndexesOfThatVersion() {
        ProtobufSchema later = ProtobufSchema.parse(
                "syntax = \"proto3\"; message New {} message A { string f = 1; } message B { string f = 1; }");

        assertThat(written(later, abc(NESTED, "B"))).isEqualTo("02040a03616263");
    }

    @Test
    void write_underTheNormalForm_doesNotCountEntriesOfMaps() {
        ProtobufSchema schema = ProtobufSchema.parse("message A { repeated EEntry e = 1;"
                + " message EEntry { option map_entry = true; optional int32 key = 1; optional int32 value = 2; }"
                + " message In { optional string f = 1; } }");

        assertThat(written(schema, abc(schema, "A.In"))).startsWith("040002");
        assertThat(written(schema.normalized(), abc(schema, "A.In"))).startsWith("040000");
        assertThat(read(codec, schema.normalized(), "0400000a03616263")).isEqualTo(abc(schema, "A.In"));
    }

    @Test
    void read_intoAnotherVersion_isAMessageOfThatVersion() {
        ProtobufSchema later =
                ProtobufSchema.parse("message B { optional bytes f = 1; optional int32 n = 2 [default = 7]; }");
        byte[] bytes = bytes(NESTED, abc(NESTED, "B"));

        Message message = (Message) Objects.requireNonNull(
                codec.reader(NESTED, Target.generic().withReaderSchema(later)).read(ByteBuffer.wrap(bytes)));

        Descriptor type = message.getDescriptorForType();
        assertThat(message.getField(type.findFieldByName("f"))).isEqualTo(ByteString.copyFromUtf8("abc"));
        assertThat(message.getField(type.findFieldByName("n"))).isEqualTo(7);
        assertThatThrownBy(() -> codec.reader(NESTED, Target.generic().withReaderSchema(later))
                        .read(ByteBuffer.wrap(new byte[1])))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("'A', which the schema it is to be read with does not define");
    }

    @Test
    void read_specificType_givesThatClass() {
        Money money = Money.newBuilder().setCurrencyCode("EUR").setUnits(3).build();
        ProtobufSchema schema = ProtobufSchema.parse("syntax = \"proto3\"; package other; message Money {"
                + " string currency_code = 1; int64 units = 2; }");
        byte[] bytes = bytes(ProtobufSchema.of(Money.getDescriptor()), money);

        for (Object type : List.of(Money.class, Money.class.getName())) {
            assertThat(read(configured(Map.of("specific.protobuf.value.type", type)), schema, bytes))
                    .isEqualTo(money);
        }
        assertThat(read(configured(Map.of("specific.protobuf.value.type", Object.class)), schema, bytes))
                .isInstanceOf(DynamicMessage.class);
        assertThat(read(configured(Map.of("specific.protobuf.key.type", Money.class)), schema, bytes))
                .isInstanceOf(DynamicMessage.class);
    }

    @Test
    void read_derivedType_givesTheClassThatTheSchemaNames() {
        DateTime time = DateTime.newBuilder().setYear(2026).build();
        ProtobufSchema schema = ProtobufSchema.parse(
                ProtobufSchema.of(DateTime.getDescriptor()).content().text());
        byte[] bytes = bytes(schema, time);
        Target specific = new Target(null, true, DateTime.class.getClassLoader());

        assertThat(read(codec, schema, bytes)).isInstanceOf(DynamicMessage.class);
        assertThat(read(configured(Map.of("derive.type", "true")), schema, bytes))
                .isEqualTo(time);
        assertThat(codec.reader(schema, specific).read(ByteBuffer.wrap(bytes))).isEqualTo(time);
    }

    @Test
    void read_derivedNestedType_isFoundWithinItsOuterClass() {
        ProtobufSchema schema = ProtobufSchema.parse("option java_package = \"com.google.protobuf\";"
                + " option java_outer_classname = \"DescriptorProtos\"; message DescriptorProto {"
                + " message ExtensionRange { optional int32 start = 1; } }");

        assertThat(GeneratedClasses.className(
                        Objects.requireNonNull(MessageReader.find(schema, "DescriptorProto.ExtensionRange"))))
                .isEqualTo("com.google.protobuf.DescriptorProtos$DescriptorProto$ExtensionRange");
    }

    @Test
    void read_derivedTypeThatIsNotThere_isRefused() {
        ProtobufCodec deriving = configured(Map.of("derive.type", true));

        assertThatThrownBy(() -> read(deriving, NESTED, "00"))
                .isInstanceOf(RecordException.class)
                .hasMessage("derive.type is set, but there is no class for the message 'A':"
                        + " its schema asks for none by its options");
    }

    @Test
    void read_schemaThatNamesSomeOtherClass_doesNotInitialiseIt() {
        ProtobufSchema schema = ProtobufSchema.parse("package io.concordat.protobuf; option java_multiple_files = true;"
                + " message ProtobufCodecTest { message Trap {} }");
        Target specific = new Target(null, true, getClass().getClassLoader());

        assertThat(codec.reader(schema, specific)
                        .read(ByteBuffer.wrap(HexFormat.of().parseHex("040000"))))
                .isInstanceOf(DynamicMessage.class);
        assertThat(System.getProperty("concordat.protobuf.trap")).isNull();
    }

    /** Nobody has asked for this class. */
    static final class Trap {
        static {
            System.setProperty("concordat.protobuf.trap", "sprung");
        }
    }

    @Test
    void configured_valuesThatMakeNoSense_areAllNamed() {
        assertThatThrownBy(() -> configured(Map.of(
                        "derive.type", "yes",
                        "specific.protobuf.value.type", "com.example.Gone",
                        "specific.protobuf.key.type", "not looked at",
                        "reference.subject.name.strategy", "com.example.Mine")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("derive.type is 'yes', neither true nor false")
                .hasMessageContaining("specific.protobuf.value.type is 'com.example.Gone', and there is no such class")
                .hasMessageContaining("reference.subject.name.strategy is 'com.example.Mine'");
        assertThatThrownBy(() -> configured(Map.of("specific.protobuf.value.type", String.class)))
                .hasMessageContaining("which is no class that protoc has generated for a message");
        assertThat(codec.settingNames()).contains("derive.type", "skip.known.types");
    }

    @Test
    void settingNames_areThoseOfTheTable() throws IOException {
        Path root = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
        String page = Files.readString(root.resolve("docs/migrating.md"));
        String table = page.split("### Of Protobuf\n", 2)[1].split("\n#", 2)[0];

        Set<String> told = Pattern.compile("^\\| (`.*?) \\|", Pattern.MULTILINE)
                .matcher(table)
                .results()
                .flatMap(row ->
                        Pattern.compile("`([a-z.]+)`").matcher(row.group(1)).results())
                .map(key -> key.group(1))
                .collect(Collectors.toSet());

        assertThat(told).isEqualTo(codec.settingNames());
    }

    @Test
    void schemaOf_generatedMessage_knowsItsImports() {
        ProtobufSchema schema = codec.schemaOf(Objects.requireNonNull(codec.schemaKey(Status.getDefaultInstance())));

        assertThat(schema.recordName()).contains("google.rpc.Status");
        assertThat(schema.imports()).isEmpty(); // It imports well-known files only.
        ProtobufSchema withKnown =
                configured(Map.of("skip.known.types", "false")).schemaOf(Status.getDescriptor());
        assertThat(withKnown.imports().stream().map(Import::name)).containsExactly("google/protobuf/any.proto");
    }

    @Test
    void imports_namedAsTheSettingsSay_areReplacedByReferences() {
        ProtobufCodec qualified = configured(Map.of(
                "reference.subject.name.strategy",
                "io.confluent.kafka.serializers.subject.QualifiedReferenceSubjectNameStrategy",
                "reference.lookup.only",
                true));

        ProtobufSchema schema = qualified.schemaOf(com.google.logging.type.HttpRequest.getDescriptor());
        ProtobufSchema operation = qualified.schemaOf(com.google.longrunning.Operation.getDescriptor());

        assertThat(schema.imports()).isEmpty();
        assertThat(operation.imports()).anySatisfy(imported -> {
            assertThat(imported.name()).isEqualTo("google/rpc/status.proto");
            assertThat(imported.subject()).isEqualTo("google.rpc.status");
            assertThat(imported.mustBeRegistered()).isTrue();
        });
        SchemaReference reference = new SchemaReference("google/rpc/status.proto", "google.rpc.status", 4);
        assertThat(operation.withReferences(List.of(reference)).content().references())
                .containsExactly(reference);
        assertThat(operation.withReferences(List.of(reference)).imports()).isEmpty();
    }

    @Test
    void schemaOf_messagesOfOneType_isAskedForByOneKey() {
        assertThat(codec.schemaKey(StringValue.of("a"))).isSameAs(codec.schemaKey(StringValue.of("b")));
        assertThat(codec.carriesSchema(StringValue.of("a"))).isTrue();
        assertThat(codec.carriesSchema("a")).isFalse();
    }
}
