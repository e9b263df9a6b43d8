package io.concordat.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import io.concordat.api.ErrorCode;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufFormatTest {
    private final ProtobufFormat format = new ProtobufFormat();

    private ProtobufSchema parse(String text) {
        return format.parse(content(text), ReferenceResolver.NONE, Strictness.STRICT);
    }

    private static SchemaContent content(String text) {
        return SchemaContent.of(SchemaType.PROTOBUF, text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hello|line 1, column 1: expected a top-level statement, such as 'message', but found 'hello'",
                "syntax = \"proto3\" message A {}|line 1, column 19: expected ';', but found 'message'",
                "syntax = \"proto4\";|line 1, column 10: unknown syntax \"proto4\"",
                "edition = \"2042\";|line 1, column 11: unknown edition \"2042\"",
                "message A {} syntax = \"proto3\";|line 1, column 14: 'syntax' must be the first statement",
                "message A { int32 a = 1 }|line 1, column 25: expected ';', but found '}'",
                "message A { int32 a = 1;|expected a field, or '}', but found the end of the text",
                "message É {}|line 1, column 9: expected a message's name, but found 'É'",
                "message A { int32 a = 99999999999; }|99999999999 is no number of 32 bits",
                "message A { int32 a = 1x; }|a number must be followed by something else than a letter",
                "message A { reserved 5 to 2; }|a range that ends before it starts",
                "message A { oneof o { optional int32 a = 1; } }|a field of a oneof has no label",
                "message A { repeated map<string, string> a = 1; }|a map has no label",
                "option a = \"x|the string does not end on its line",
                "option a = \"\\q\";|an unknown escape in the string",
                "option a = \"\\UFFFFFFFF\";|an escape that is no character",
                "/* never ends|the comment does not end",
                "package a; package b;|a second package",
            })
    void parse_wrongForm_saysWhereAndWhy(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining(message)
                .extracting(error -> ((InvalidSchemaException) error).code())
                .isEqualTo(ErrorCode.INVALID_SCHEMA);
    }

    @Test
    void parse_errorFarBelow_namesTheLine() {
        assertThatThrownBy(() -> parse("// one\n\nmessage A {\n  int32 a = ;\n}"))
                .hasMessage("Could not parse Protobuf: line 4, column 13: expected a field's number, but found ';'");
    }

    @Test
    void parse_unknownType_isRefusedOnlyAsNew() {
        String text = "message A { optional Foo a = 1; }";

        assertThatThrownBy(() -> parse(text)).hasMessage("Could not resolve type: Foo (line 1, column 22)");
        assertThatCode(() -> format.parse(content(text), ReferenceResolver.NONE, Strictness.LENIENT))
                .doesNotThrowAnyException();
    }

    /** The scope counts: the name may mean something elsewhere in the file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "message A { message In {} In i = 1; }\\nmessage B {\\n  In i = 1;\\n}\\npackage p;|type: In (line 3, column 3)",
                "package p.q; message A {\\nmessage B {\\nmap<string, No> m = 1; } }|type: No (line 3, column 13)",
                "message A {\\n map<float, int32> m = 1; float f = 2; }|scalar: float (line 2, column 6)",
                "message A {\\n oneof o { int32 i = 1;\\n.p.No n = 2; } }|type: .p.No (line 3, column 1)",
                "syntax = \"proto2\"; message A {\\n optional group G = 1 {\\n optional No n = 2; } }|type: No (line 3, column 11)",
                "message A {}\\nextend No { string s = 100; }|type: No (line 2, column 8)",
                "message A {}\\nservice S {\\n rpc m(A) returns (stream No); }|type: No (line 3, column 27)"
            })
    void parse_nameThatMeansNothing_saysWhere(String text, String message) {
        assertThatThrownBy(() -> parse(text.replace("\\n", "\n")))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageEndingWith(message);
    }

    @Test
    void parse_unknownTypeInADescriptor_hasNoPlace() {
        String descriptor =
                ProtobufSchema.parse("message A { optional Foo a = 1; }").text("serialized");

        assertThatThrownBy(() -> parse(descriptor)).hasMessage("Could not resolve type: Foo");
    }

    @Test
    void descriptor_unknownTypeInAReference_namesTheReference() {
        List<Resolved> references = List.of(new Resolved("in.proto", content("message In { optional Foo f = 1; }")));
        ProtobufSchema schema = format.parse(
                content("import \"in.proto\"; message Out { optional In i = 1; }"),
                ignored -> references,
                Strictness.LENIENT);

        assertThatThrownBy(schema::descriptor)
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessage("The schema under the reference 'in.proto' is invalid: Could not resolve type: Foo");
    }

    @Test
    void parse_knownFileNotImported_isNotKnown() {
        assertThatThrownBy(() -> parse("message A { optional google.protobuf.Timestamp t = 1; }"))
                .hasMessage("Could not resolve type: google.protobuf.Timestamp (line 1, column 22)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "google/protobuf/any.proto",
                "google/protobuf/descriptor.proto",
                "google/protobuf/compiler/plugin.proto",
                "google/type/money.proto",
                "google/type/datetime.proto",
                "google/type/timeofday.proto",
                "confluent/meta.proto",
                "confluent/type/decimal.proto",
                "confluent/type/variant.proto"
            })
    void parse_knownFile_needsNoReference(String path) {
        ProtobufSchema schema = parse("syntax = \"proto3\"; import \"" + path + "\"; message A {}");

        assertThat(schema.descriptor().getDependencies())
                .singleElement()
                .satisfies(file -> assertThat(file.getFullName()).isEqualTo(path));
    }

    @Test
    void parse_reference_isFoundWhateverItIsCalled() {
        List<Resolved> references = List.of(new Resolved("other.proto", content("package p; message In {}")));

        ProtobufSchema schema = format.parse(
                content("package p; import \"in.proto\"; message Out { optional In i = 1; }"),
                ignored -> references,
                Strictness.STRICT);

        assertThat(schema.descriptor()
                        .findMessageTypeByName("Out")
                        .findFieldByName("i")
                        .getMessageType()
                        .getFullName())
                .isEqualTo("p.In");
    }

    @Test
    void parse_referenceToAnotherLanguage_isRefused() {
        List<Resolved> references = List.of(new Resolved("in.proto", SchemaContent.avro("\"string\"")));

        assertThatThrownBy(() -> format.parse(content("message A {}"), ignored -> references, Strictness.LENIENT))
                .hasMessage("The reference 'in.proto' leads to a schema of type AVRO");
    }

    @Test
    void parse_whatProtocRefusesAndRegistriesKeep_isKeptButHasNoDescriptor() {
        ProtobufSchema schema = parse("syntax = \"proto3\"; message A { int32 a = 1; int32 b = 1; }");

        assertThatThrownBy(schema::descriptor)
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("The schema cannot be used for records: A");
    }

    @Test
    void parse_edition_isUnderstood() {
        ProtobufSchema schema = parse("edition = \"2023\"; message A { int32 a = 1; }");

        assertThat(schema.content().text()).isEqualTo("edition = \"2023\";\n\nmessage A {\n  int32 a = 1;\n}\n");
        assertThat(schema.descriptor()
                        .findMessageTypeByName("A")
                        .findFieldByName("a")
                        .hasPresence())
                .isTrue();
    }

    @Test
    void normalized_references_areSortedAndDistinct() {
        SchemaReference b = new SchemaReference("b.proto", "b", 1);
        SchemaReference a = new SchemaReference("a.proto", "a", 2);
        List<Resolved> resolved = List.of(
                new Resolved("b.proto", content("message B {}")), new Resolved("a.proto", content("message A {}")));

        ProtobufSchema schema = format.parse(
                content("message C { optional A a = 1; optional B b = 2; }").withReferences(List.of(b, a, b)),
                ignored -> resolved,
                Strictness.STRICT);

        assertThat(schema.normalized().content().references()).containsExactly(a, b);
    }

    @Test
    void normalized_optionsOfOneExtension_arePutTogether() {
        String text = "syntax = \"proto3\"; package p; import \"confluent/meta.proto\"; message A {"
                + " string s = 1 [(confluent.field_meta).tags = \"B\", deprecated = true,"
                + " (confluent.field_meta).tags = \"A\"]; }";

        assertThat(parse(text).normalized().content().text()).contains("""
                  string s = 1 [
                    (confluent.field_meta) = {
                      tags: "B",
                      tags: "A"
                    },
                    deprecated = true
                  ];
                """);
    }

    @Test
    void recordName_firstMessage_isThatOfTheFile() {
        assertThat(parse("package a.b; enum E { Z = 0; } message M { message N {} } message O {}")
                        .recordName())
                .contains("a.b.M");
        assertThat(parse("enum E { Z = 0; }").recordName()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 1_000, 100_000})
    void parse_deepNesting_isRefused(int depth) {
        String messages = "message A {".repeat(depth) + "}".repeat(depth);
        String aggregate = "option (a) = " + "{ a ".repeat(depth) + "}".repeat(depth) + ";";
        String lists = "option (a) = " + "[".repeat(depth) + "]".repeat(depth) + ";";
        String groups = "message A {" + "optional group G = 1 {".repeat(depth);

        for (String text : List.of(messages, aggregate, lists, groups)) {
            assertThatThrownBy(() -> parse(text))
                    .isInstanceOf(InvalidSchemaException.class)
                    .hasMessageContaining("nested more than 64 levels deep");
        }
    }

    @Test
    void parse_deepestNesting_isPrintedNormalisedAndLinked() {
        String text = "message A {".repeat(64) + "}".repeat(64);

        ProtobufSchema schema = parse(text);

        assertThat(parse(schema.normalized().content().text()).content())
                .isEqualTo(schema.normalized().content());
        assertThat(schema.descriptor().getMessageTypes()).hasSize(1);
        assertThat(schema.text("serialized")).isNotEmpty();
    }

    @Test
    void parse_deepDescriptor_isRefused() {
        DescriptorProto message = DescriptorProto.newBuilder().setName("A").build();
        for (int i = 0; i < 90; i++) {
            message = DescriptorProto.newBuilder()
                    .setName("A")
                    .addNestedType(message)
                    .build();
        }
        String text = Base64.getEncoder()
                .encodeToString(FileDescriptorProto.newBuilder()
                        .addMessageType(message)
                        .build()
                        .toByteArray());

        assertThatThrownBy(() -> parse(text)).isInstanceOf(InvalidSchemaException.class);
    }

    @Test
    void parse_tooManyTypes_isRefused() {
        assertThatThrownBy(() -> parse("message A{}".repeat(20_001)))
                .hasMessageContaining("more than 20000 messages and enums");
    }

    @Test
    void parse_hundredImports_areAllFound() {
        List<Resolved> references = IntStream.range(0, 100)
                .mapToObj(i -> new Resolved(
                        "f" + i + ".proto",
                        content("syntax = \"proto3\"; package p" + i + "; "
                                + (i > 0 ? "import \"f" + (i - 1) + ".proto\";" : "") + " message M { "
                                + (i > 0 ? "p" + (i - 1) + ".M before = 1;" : "") + " }")))
                .toList();
        String imports = IntStream.range(0, 100)
                .mapToObj(i -> "import \"f" + i + ".proto\";")
                .collect(Collectors.joining());
        String fields = IntStream.range(0, 100)
                .mapToObj(i -> "p" + i + ".M m" + i + " = " + (i + 1) + ";")
                .collect(Collectors.joining());

        ProtobufSchema schema = format.parse(
                content("syntax = \"proto3\"; " + imports + " message All { " + fields + " }"),
                ignored -> references,
                Strictness.STRICT);

        assertThat(schema.descriptor().getDependencies()).hasSize(100);
        assertThat(schema.descriptor().findMessageTypeByName("All").getFields()).hasSize(100);
    }
}
