package io.concordat.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import com.google.protobuf.Timestamp;
import io.concordat.protobuf.Tree.File;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The text under which schemas are kept, word for word. */
class CanonicalTextTest {
    static Stream<Map<String, Object>> schemas() {
        return Rows.of("schemas.jsonl").stream();
    }

    @ParameterizedTest(name = "line {index}")
    @MethodSource("schemas")
    void print_recordedText_isTheSame(Map<String, Object> schema) {
        String text = Rows.text(schema, "text");

        assertThat(ProtoPrinter.print(ProtoParser.parse(text))).isEqualTo(text);
        Rows.references(schema)
                .forEach(reference -> assertThat(
                                ProtoPrinter.print(ProtoParser.parse(ProtoPrinter.print(reference.file()))))
                        .isEqualTo(ProtoPrinter.print(reference.file())));
    }

    @ParameterizedTest(name = "line {index}")
    @MethodSource("schemas")
    void print_descriptorOfRecordedText_isTheSame(Map<String, Object> schema) {
        String text = Rows.text(schema, "text");
        File file = ProtoParser.parse(text);
        FileDescriptor linked = Linker.link("some.proto", file, Rows.references(schema));

        String printed = ProtoPrinter.print(TreeOfDescriptor.of(linked.toProto()));

        if (text.contains(" [json_name = ") || !text.contains(" = 1;")) {
            assertThat(printed).isEqualTo(text);
        } else {
            assertThat(text).contains("map<string, E> es = 4;"); // The one that was registered as somebody wrote it.
        }
    }

    @Test
    void of_generatedMessage_givesTheRecordedText() {
        List<Map<String, Object>> schemas = Rows.of("schemas.jsonl");

        for (Descriptor type : List.of(Timestamp.getDescriptor(), StringValue.getDescriptor(), Empty.getDescriptor())) {
            assertThat(schemas.stream().map(schema -> schema.get("text")))
                    .contains(ProtobufSchema.of(type).content().text());
        }
    }

    @Test
    void parse_everyFormOfStatement_isPrintedInTheOneForm() {
        String text = """
                syntax = "proto3"; package a;
                option java_package = 'x';
                import "google/protobuf/timestamp.proto";
                enum E { Z = 0; Y = 1; }
                message M {
                  message N { int32 q = 1 [deprecated = true]; }
                  string b = 2; int32 a = 1; repeated E es = 3;
                  map < string , N > mm = 4;
                  reserved 10, 12 to 15;
                  oneof o { string x = 6; string y = 5; }
                  google.protobuf.Timestamp t = 7; // and so on
                }
                """;

        assertThat(ProtobufSchema.parse(text).content().text()).isEqualTo("""
                syntax = "proto3";
                package a;

                import "google/protobuf/timestamp.proto";

                option java_package = "x";

                message M {
                  reserved 10, 12 to 15;

                  string b = 2;
                  int32 a = 1;
                  repeated E es = 3;
                  map<string, N> mm = 4;
                  google.protobuf.Timestamp t = 7;

                  oneof o {
                    string x = 6;
                    string y = 5;
                  }

                  message N {
                    int32 q = 1 [deprecated = true];
                  }
                }
                enum E {
                  Z = 0;
                  Y = 1;
                }
                """);
    }

    @Test
    void normalized_differencesWithoutMeaning_areGone() {
        String text = """
                syntax = "proto3"; package a;
                import "google/protobuf/timestamp.proto";
                import "google/protobuf/any.proto";
                import "google/protobuf/any.proto";
                message M {
                  string b = 2; int32 a = 1; repeated E es = 3;
                  map<string, N> mm = 4;
                  repeated OldEntry old = 8;
                  reserved 12 to 15, 10;
                  oneof none {}
                  oneof o { string x = 6; string y = 5; }
                  google.protobuf.Timestamp t = 7;
                  message OldEntry { option map_entry = true; string key = 1; N value = 2; }
                  message N { int32 q = 1; }
                }
                enum E { Z = 0; Y = 1; X = 1; }
                """;

        assertThat(ProtobufSchema.parse(text).normalized().content().text()).isEqualTo("""
                syntax = "proto3";
                package a;

                import "google/protobuf/any.proto";
                import "google/protobuf/timestamp.proto";

                message M {
                  reserved 10;
                  reserved 12 to 15;

                  int32 a = 1;
                  string b = 2;
                  repeated .a.E es = 3;
                  map<string, .a.M.N> mm = 4;
                  .google.protobuf.Timestamp t = 7;
                  map<string, .a.M.N> old = 8;

                  oneof o {
                    string y = 5;
                    string x = 6;
                  }

                  message N {
                    int32 q = 1;
                  }
                }
                enum E {
                  Z = 0;
                  X = 1;
                  Y = 1;
                }
                """);
    }

    @Test
    void normalized_proto2_losesItsSyntax() {
        assertThat(ProtobufSchema.parse("syntax = \"proto2\"; message A {}")
                        .normalized()
                        .content()
                        .text())
                .isEqualTo("\nmessage A {}\n");
    }

    @Test
    void text_serialized_isTheRecordedDescriptor() {
        ProtobufSchema schema = ProtobufSchema.parse("syntax = \"proto3\";message A{int32 a=1;}");

        assertThat(schema.text("serialized")).isEqualTo("CgdkZWZhdWx0IgwKAUESBwoBYRgBKAViBnByb3RvMw==");
        assertThat(schema.text("nope")).isEqualTo(schema.content().text());
    }

    @Test
    void text_serialized_spellsRelativeNamesOut() throws InvalidProtocolBufferException {
        ProtobufSchema schema = ProtobufSchema.parse("""
                syntax = "proto3";
                package a.b;
                import "google/protobuf/timestamp.proto";
                message A {
                  Kind kind = 1;
                  A again = 2;
                  b.A and_again = 3;
                  .a.b.A.Kind full = 4;
                  google.protobuf.Timestamp at = 5;
                  map<string, Kind> kinds = 6;
                  enum Kind { NONE = 0; }
                }
                """);

        byte[] bytes = Base64.getDecoder().decode(schema.text("serialized"));

        assertThat(FileDescriptorProto.parseFrom(bytes).getMessageType(0).getFieldList())
                .extracting(FieldDescriptorProto::getTypeName)
                .containsExactly(
                        ".a.b.A.Kind",
                        ".a.b.A",
                        ".a.b.A",
                        ".a.b.A.Kind",
                        "google.protobuf.Timestamp",
                        ".a.b.A.KindsEntry");
    }

    @Test
    void text_ignoringExtensions_hasNone() {
        String text =
                ProtobufSchema.parse(Rows.text("/protos/own/everything2.proto")).text("ignore_extensions");

        assertThat(text).doesNotContain("extend ").doesNotContain("(own.").contains("optimize_for = CODE_SIZE");
    }

    @Test
    void parse_ownSerializedForm_givesTheSameSchemaWithFullNames() {
        ProtobufSchema schema = ProtobufSchema.parse(Rows.text("/protos/own/other.proto"));

        ProtobufSchema read = ProtobufSchema.parse(schema.text("serialized"));

        assertThat(read.normalized().content().text())
                .isEqualTo(schema.normalized().content().text());
    }
}
