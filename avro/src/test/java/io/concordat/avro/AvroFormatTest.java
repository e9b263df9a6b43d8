package io.concordat.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaType;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.RecordCodec.Target;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AvroFormatTest {
    private static final String IN =
            "{\"type\":\"record\",\"name\":\"n.In\",\"fields\":[{\"name\":\"é\",\"type\":\"int\",\"default\":\"x\"}]}";
    private static final String OUT =
            "{\"type\":\"record\",\"name\":\"n.Out\",\"fields\":[{\"name\":\"x\",\"type\":\"n.In\"}]}";

    private final AvroFormat format = new AvroFormat();

    @Test
    void serviceLoader_findsTheFormat() {
        assertThat(ServiceLoader.load(SchemaFormat.class)).anyMatch(AvroFormat.class::isInstance);
    }

    @Test
    void parse_referenceUnderAWrongName_isAcceptedForItsTypes() {
        AvroSchema schema = parseOut(new Resolved("wrong.Name", SchemaContent.avro(IN)));

        assertThat(schema.content().text()).contains("\"type\":\"In\"");
        assertThat(schema.content().references()).hasSize(1);
    }

    @Test
    void parse_referenceWithLooserNamesAndDefaults_isNoConcernOfTheNewSchema() {
        assertThat(parseOut(new Resolved("n.In", SchemaContent.avro(IN))).topLevelFields())
                .containsExactly("x");
        assertThatThrownBy(() -> format.parse(SchemaContent.avro(IN), ReferenceResolver.NONE, Strictness.STRICT))
                .hasMessageContaining("é");
    }

    @Test
    void parse_strictWithReferences_stillChecksItsOwnNames() {
        SchemaContent content =
                SchemaContent.avro(OUT.replace("\"x\"", "\"é\"")).withReferences(references());

        assertThatThrownBy(() -> format.parse(
                        content, r -> List.of(new Resolved("n.In", SchemaContent.avro(IN))), Strictness.STRICT))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("é");
    }

    @Test
    void parse_referenceToAnotherLanguage_isRefused() {
        assertThatThrownBy(() -> parseOut(new Resolved("n.In", SchemaContent.of(SchemaType.PROTOBUF, "message In {}"))))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("'n.In'")
                .hasMessageContaining("PROTOBUF");
    }

    @Test
    void parse_typeThatNoReferenceHas_isRefusedByName() {
        assertThatThrownBy(() -> parseOut(new Resolved("n.In", SchemaContent.avro("\"int\""))))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessage("Undefined schema: n.In");
    }

    @Test
    void parse_lenient_takesDefaultsAsTheyAre() {
        assertThat(format.parse(SchemaContent.avro(IN), ReferenceResolver.NONE, Strictness.LENIENT)
                        .topLevelFields())
                .containsExactly("é");
    }

    private AvroSchema parseOut(Resolved reference) {
        return format.parse(
                SchemaContent.avro(OUT).withReferences(references()), r -> List.of(reference), Strictness.STRICT);
    }

    private static List<SchemaReference> references() {
        return List.of(new SchemaReference("n.In", "in", 1));
    }

    /** Texts made to hurt, by how much. */
    enum Hostile {
        NESTED_ARRAYS,
        NESTED_RECORDS,
        OPEN_BRACKETS,
        CHAIN,
        CHAIN_OF_FORWARD_NAMES,
        MANY_TYPES;

        String text(int n) {
            return switch (this) {
                case NESTED_ARRAYS -> "{\"type\":\"array\",\"items\":".repeat(n) + "\"int\"" + "}".repeat(n);
                case NESTED_RECORDS -> nested(n);
                case OPEN_BRACKETS -> "[".repeat(n);
                case CHAIN -> chain(IntStream.range(0, n));
                case CHAIN_OF_FORWARD_NAMES -> chain(IntStream.range(0, n).map(i -> n - 1 - i));
                case MANY_TYPES -> unionOf(n, "F");
            };
        }

        private static String nested(int n) {
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < n; k++) {
                text.append("{\"type\":\"record\",\"name\":\"R" + k + "\",\"fields\":[{\"name\":\"f\",\"type\":");
            }
            return text.append("\"int\"").append("}]}".repeat(n)).toString();
        }

        private static String chain(IntStream order) {
            return order.mapToObj(i -> record(i, i == 0 ? "int" : "R" + (i - 1)))
                    .collect(Collectors.joining(",", "[", "]"));
        }
    }

    private static String record(int i, String type) {
        return "{\"type\":\"record\",\"name\":\"R" + i + "\",\"fields\":[{\"name\":\"f\",\"type\":\"" + type + "\"}]}";
    }

    @ParameterizedTest
    @EnumSource
    void parse_hostileText_isRefused(Hostile hostile) throws InterruptedException {
        String text = hostile.text(5_001);

        Throwable refusal =
                onSmallStack(() -> format.parse(SchemaContent.avro(text), ReferenceResolver.NONE, Strictness.STRICT));

        assertThat(refusal)
                .isInstanceOf(InvalidSchemaException.class)
                .extracting(Throwable::getMessage, STRING)
                .hasSizeLessThan(1_100);
    }

    @ParameterizedTest
    @EnumSource(names = {"NESTED_ARRAYS", "NESTED_RECORDS", "CHAIN"})
    void everything_deepestSchemaThatIsTaken_fitsOnASmallStack(Hostile hostile) throws InterruptedException {
        String text = hostile.text(hostile == Hostile.NESTED_RECORDS ? 333 : 498);

        Throwable trouble = onSmallStack(() -> {
            AvroSchema one = format.parse(SchemaContent.avro(text), ReferenceResolver.NONE, Strictness.STRICT);
            AvroSchema other = AvroSchema.parse(text);
            assertThat(one.isEquivalentTo(other)).isTrue();
            assertThat(one.incompatibilitiesWith(other, Direction.BACKWARD, CompatibilityPolicy.STRICT))
                    .isEmpty();
            assertThat(one.normalized().content().text()).isNotEmpty();
            assertThat(one.text("resolved")).isNotEmpty();
            assertThat(one.schema().hashCode()).isEqualTo(other.schema().hashCode());
            new AvroCodec().reader(one, Target.generic().withReaderSchema(other));
        });

        assertThat(trouble).isNull();
    }

    @Test
    void parse_tenThousandFields_isTaken() {
        String fields = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"name\":\"f" + i + "\",\"type\":[\"null\",\"string\"],\"default\":null}")
                .collect(Collectors.joining(","));

        AvroSchema schema = format.parse(
                SchemaContent.avro("{\"type\":\"record\",\"name\":\"Wide\",\"fields\":[" + fields + "]}"),
                ReferenceResolver.NONE,
                Strictness.STRICT);

        assertThat(schema.topLevelFields()).hasSize(10_000);
        assertThat(schema.incompatibilitiesWith(schema, Direction.BACKWARD, CompatibilityPolicy.STRICT))
                .isEmpty();
    }

    @Test
    void parse_defaultsThatDoubleWithEachType_areCheckedOnce() {
        List<String> types = new ArrayList<>();
        types.add("{\"type\":\"record\",\"name\":\"R0\",\"fields\":[]}");
        for (int i = 1; i < 60; i++) {
            String field = "\",\"type\":\"R" + (i - 1) + "\",\"default\":{}}";
            types.add("{\"type\":\"record\",\"name\":\"R" + i + "\",\"fields\":[{\"name\":\"a" + field
                    + ",{\"name\":\"b" + field + "]}");
        }

        assertThat(format.parse(
                        SchemaContent.avro("[" + String.join(",", types) + "]"),
                        ReferenceResolver.NONE,
                        Strictness.STRICT))
                .isNotNull();
    }

    @Test
    void incompatibilitiesWith_findingsThatDoubleWithEachType_areBounded() {
        AvroSchema reader = AvroSchema.parse(doubling("int"));
        AvroSchema writer = AvroSchema.parse(doubling("string"));

        List<Incompatibility> findings =
                reader.incompatibilitiesWith(writer, Direction.BACKWARD, CompatibilityPolicy.STRICT);

        assertThat(findings).hasSize(1_000);
    }

    private static String doubling(String leaf) {
        String text = "{\"type\":\"record\",\"name\":\"R0\",\"fields\":[{\"name\":\"f\",\"type\":\"" + leaf + "\"}]}";
        for (int i = 1; i < 60; i++) {
            text = "{\"type\":\"record\",\"name\":\"R" + i + "\",\"fields\":[{\"name\":\"a\",\"type\":" + text
                    + "},{\"name\":\"b\",\"type\":\"R" + (i - 1) + "\"}]}";
        }
        return text;
    }

    @Test
    void incompatibilitiesWith_cyclesOfDifferentLength_endsWithAnAnswer() throws InterruptedException {
        AvroSchema reader = AvroSchema.parse(cycle(241));
        AvroSchema writer = AvroSchema.parse(cycle(239));

        Throwable trouble = onSmallStack(
                () -> assertThat(reader.incompatibilitiesWith(writer, Direction.BACKWARD, CompatibilityPolicy.STRICT))
                        .singleElement()
                        .extracting(Incompatibility::message)
                        .asString()
                        .contains("levels deep"));

        assertThat(trouble).isNull();
    }

    private static String cycle(int length) {
        String text = "\"R0\"";
        for (int i = length - 1; i >= 0; i--) {
            text = "{\"type\":\"record\",\"name\":\"R" + i + "\",\"fields\":[{\"name\":\"f\",\"type\":" + text + "}]}";
        }
        return text;
    }

    @Test
    void incompatibilitiesWith_hugeUnions_endsWithAnAnswer() {
        AvroSchema reader = AvroSchema.parse(unionOf(1_500, "A"));
        AvroSchema writer = AvroSchema.parse(unionOf(1_500, "B"));

        assertThat(reader.incompatibilitiesWith(writer, Direction.FORWARD, CompatibilityPolicy.STRICT))
                .singleElement()
                .extracting(Incompatibility::message)
                .asString()
                .contains("too many types");
    }

    private static String unionOf(int types, String prefix) {
        return IntStream.range(0, types)
                .mapToObj(i -> "{\"type\":\"fixed\",\"name\":\"" + prefix + i + "\",\"size\":1}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static @Nullable Throwable onSmallStack(Runnable work) throws InterruptedException {
        List<Throwable> thrown = new ArrayList<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        work.run();
                    } catch (Throwable e) {
                        thrown.add(e);
                    }
                },
                "small-stack",
                768 * 1024);
        thread.start();
        thread.join();
        return thrown.isEmpty() ? null : thrown.get(0);
    }
}
