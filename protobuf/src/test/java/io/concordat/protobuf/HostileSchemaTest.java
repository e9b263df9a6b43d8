package io.concordat.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Schemas made to cost much, and schemas that make no sense. */
class HostileSchemaTest {
    private static final long SEED = Long.getLong("concordat.test.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("concordat.test.rounds", 200);
    private static final ProtobufFormat FORMAT = new ProtobufFormat();

    static Stream<Arguments> large() {
        String longName = "n".repeat(25);
        String deep = IntStream.range(0, 60)
                .mapToObj(i -> "message " + longName + i + " {")
                .collect(Collectors.joining());
        String longPackage = "package "
                + IntStream.range(0, 90).mapToObj(i -> "p".repeat(20)).collect(Collectors.joining(".")) + ";";
        return Stream.of(
                Arguments.of("fields", "message A {" + many(10_000, i -> "optional A f" + i + " = " + i + ";") + "}"),
                Arguments.of(
                        "oneofs",
                        "message A {" + many(10_000, i -> "oneof o" + i + "{int32 f" + i + " = " + i + ";}") + "}"),
                Arguments.of(
                        "optional fields",
                        "syntax = \"proto3\"; message A {" + many(10_000, i -> "optional A f" + i + " = " + i + ";")
                                + "}"),
                Arguments.of(
                        "maps written out",
                        "message A {" + many(10_000, i -> "repeated E f" + i + " = " + i + ";")
                                + "message E { option map_entry = true; optional string key = 1; optional A value = 2;"
                                + many(10_000, i -> "reserved " + i + ";") + "}}"),
                Arguments.of(
                        "deep fields",
                        deep + many(10_000, i -> "optional A f" + i + " = " + i + ";") + "}".repeat(60)
                                + "message A {}"),
                Arguments.of(
                        "long package",
                        longPackage + "message A {" + many(10_000, i -> "optional A f" + i + " = " + i + ";") + "}"),
                Arguments.of("enum", "enum E {" + many(25_000, i -> "V" + i + " = " + i + ";") + "}"),
                Arguments.of("reserved", "message A { reserved " + many(25_000, i -> i + ", ") + "1; }"),
                Arguments.of("imports", many(25_000, i -> "import \"f" + i + ".proto\";") + "message A {}"),
                Arguments.of("options", many(10_000, i -> "option (a.b" + i + ").c = { d: [1, 2] };") + "message A {}"),
                Arguments.of("strings", "option a = " + "\"x\" ".repeat(200_000) + ";"),
                Arguments.of(
                        "extensions",
                        "message A { extensions 1 to max; } extend A {"
                                + many(10_000, i -> "optional A f" + i + " = " + (i + 1) + ";") + "}"));
    }

    private static String many(int count, IntFunction<String> each) {
        return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("large")
    void parse_muchOfOneKind_isDoneInTimeAndKeptTheSame(String name, String text) {
        ProtobufSchema schema = parse(text, Strictness.STRICT);
        ProtobufSchema normal = schema.normalized();

        assertThat(parse(schema.content().text(), Strictness.LENIENT).content()).isEqualTo(schema.content());
        assertThat(parse(normal.content().text(), Strictness.STRICT)
                        .normalized()
                        .content())
                .isEqualTo(normal.content());
        assertThat(normal.incompatibilitiesWith(schema, Direction.BACKWARD, CompatibilityPolicy.STRICT))
                .isEmpty();
        assertThat(schema.text("serialized")).isNotEmpty();
    }

    @Test
    void parse_namesThatGrow_areRefused() {
        String name = "n".repeat(900);
        String longNames = ("message " + name + " {").repeat(3) + "}".repeat(3);
        String longTypes = "package " + name + "." + name + "; message A {"
                + many(25_000, i -> "optional A f" + i + " = " + i + ";") + "}";
        String deepFields = "message A {".repeat(60) + many(400_000, i -> "optional A f = 1;") + "}".repeat(60);

        for (String text : List.of(longNames, longTypes, deepFields)) {
            assertThatThrownBy(() -> parse(text, Strictness.STRICT)).isInstanceOf(InvalidSchemaException.class);
        }
    }

    @Test
    void incompatibilities_manyFindings_areCutOff() {
        ProtobufSchema before = parse(
                "message A {" + many(10_000, i -> "optional int32 f" + i + " = " + i + ";") + "}", Strictness.STRICT);
        ProtobufSchema now = parse(
                "message A {" + many(10_000, i -> "optional string f" + i + " = " + i + ";") + "}", Strictness.STRICT);

        assertThat(now.incompatibilitiesWith(before, Direction.BACKWARD, CompatibilityPolicy.STRICT))
                .hasSize(1_000);
    }

    @Test
    void parse_importsThatLeadBackToThemselves_end() {
        List<Resolved> references = List.of(
                new Resolved("a.proto", content("import \"b.proto\"; message A { optional B b = 1; }")),
                new Resolved("b.proto", content("import \"a.proto\"; message B { optional A a = 1; }")));

        ProtobufSchema schema = FORMAT.parse(
                content("import \"a.proto\"; import \"self.proto\"; message C { optional A a = 1; optional C c = 2; }"),
                ignored -> references,
                Strictness.STRICT);

        assertThat(schema.content().text()).contains("optional A a = 1;");
    }

    @Test
    void parse_mangledFiles_areUnderstoodOrRefused() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        List<String> texts = Stream.of(
                        "own/everything2", "own/everything3", "own/edition", "own/options", "google/pubsub/v1/pubsub")
                .map(name -> Rows.text("/protos/" + name + ".proto"))
                .toList();
        int understood = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = mangled(texts.get(random.nextInt(texts.size())), random);
            try {
                ProtobufSchema schema = parse(text, Strictness.LENIENT);
                assertThat(parse(schema.content().text(), Strictness.LENIENT).content())
                        .as("seed %d, round %d", SEED, round)
                        .isEqualTo(schema.content());
                understood++;
                linkOrRefuse(schema);
            } catch (InvalidSchemaException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(understood).isPositive();
    }

    private static void linkOrRefuse(ProtobufSchema schema) {
        assertThat(schema.text("serialized")).isNotEmpty();
        schema.tags();
        schema.normalized();
        schema.descriptor();
    }

    private static String mangled(String original, Random random) {
        StringBuilder text = new StringBuilder(original);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(20));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, text.substring(at, end));
                case 2 -> text.setCharAt(at, (char) random.nextInt(0x250));
                default -> text.insert(at, "{}[]()<>;=\"'.,-/*\\0x9 ".charAt(random.nextInt(22)));
            }
        }
        return text.toString();
    }

    private static ProtobufSchema parse(String text, Strictness strictness) {
        return FORMAT.parse(content(text), ReferenceResolver.NONE, strictness);
    }

    private static SchemaContent content(String text) {
        return SchemaContent.of(SchemaType.PROTOBUF, text);
    }
}
