package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Registry;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.SchemaFormat;
import io.concordat.avro.AvroCodec;
import io.concordat.avro.AvroFormat;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which language writes a value that several know, and what they are told of the settings. */
class LanguageOrderTest {
    private static final Any ANY_JSON = new Any(SchemaType.JSON, null);
    private static final Any ANY_PROTOBUF = new Any(SchemaType.PROTOBUF, null);

    private final WatchedRegistry registry = new WatchedRegistry(ANY_JSON, ANY_PROTOBUF, new AvroFormat());

    @AfterEach
    void close() {
        registry.close();
    }

    private MessageSerializer.Builder builder() {
        // The order in which they are given stands for that of the class path.
        return MessageSerializer.builder(registry.registry())
                .language(ANY_JSON, ANY_JSON)
                .language(ANY_PROTOBUF, ANY_PROTOBUF)
                .language(new AvroFormat(), new AvroCodec());
    }

    @Test
    void value_thatSeveralKnow_isOfALanguageThatIsHandedOver() {
        MessageSerializer serializer = MessageSerializer.builder(registry.registry())
                .language(ANY_JSON, ANY_JSON)
                .build();

        assertThat(typeOf(serializer, "text")).isEqualTo(SchemaType.JSON);
    }

    @Test
    void value_thatCarriesNoSchema_isAvro() {
        MessageSerializer serializer = builder().build();

        assertThat(typeOf(serializer, "text")).isEqualTo(SchemaType.AVRO);
        assertThat(typeOf(serializer, Map.of("k", 1))).isEqualTo(SchemaType.AVRO);
        assertThat(typeOf(serializer, DayOfWeek.MONDAY.getValue())).isEqualTo(SchemaType.AVRO);
    }

    /** Which language a map is written in would else depend on what is in it. */
    @ParameterizedTest
    @MethodSource("unknownToAvro")
    void value_thatItsLanguageDoesNotKnow_isNotTriedOnAnother(Object value) {
        assertThatThrownBy(() -> typeOf(builder().build(), value))
                .isInstanceOf(EncodeException.class)
                .hasMessageContainingAll(
                        value.getClass().getName() + " does not tell its schema to AVRO",
                        "PROTOBUF or JSON",
                        "value.schema.type");
        assertThat(typeOf(builder().preferredLanguage(SchemaType.JSON).build(), value))
                .isEqualTo(SchemaType.JSON);
    }

    static List<Object> unknownToAvro() {
        return List.of(new Thread(), BigDecimal.ONE, DayOfWeek.MONDAY, List.of(1), Map.of("a", BigDecimal.ONE));
    }

    @Test
    void value_whosePreferredLanguageIsMissing_namesTheArtifactToAdd() {
        MessageSerializer serializer = MessageSerializer.builder(registry.registry())
                .language(new AvroFormat(), new AvroCodec())
                .preferredLanguage(SchemaType.JSON)
                .build();

        assertThatThrownBy(() -> typeOf(serializer, "text"))
                .isInstanceOf(EncodeException.class)
                .hasMessageContainingAll("JSON", "only AVRO is at hand", "io.concordat:concordat-json");
        assertThat(typeOf(serializer, Orders.order(Orders.V1, 1))).isEqualTo(SchemaType.AVRO);
    }

    @ParameterizedTest
    @CsvSource({"JSON, text, JSON", "PROTOBUF, text, PROTOBUF", "AVRO, text, AVRO"})
    void value_thatSeveralKnow_isOfThePreferredLanguage(String preferred, String value, String expected) {
        MessageSerializer serializer =
                builder().preferredLanguage(new SchemaType(preferred)).build();

        assertThat(typeOf(serializer, value)).isEqualTo(new SchemaType(expected));
    }

    @Test
    void value_thatCarriesASchema_decidesWhateverIsPreferred() {
        MessageSerializer serializer =
                builder().preferredLanguage(SchemaType.JSON).build();

        assertThat(typeOf(serializer, Orders.order(Orders.V1, 1))).isEqualTo(SchemaType.AVRO);
        assertThat(typeOf(serializer, new OwnOfProtobuf())).isEqualTo(SchemaType.PROTOBUF);
        assertThat(typeOf(serializer, new OwnOfJson())).isEqualTo(SchemaType.JSON);
    }

    @Test
    void settings_reachEveryLanguage() {
        Map<String, Object> settings = Map.of("any.size", "3", "other", List.of());
        MessageSerializer serializer = builder()
                .preferredLanguage(SchemaType.JSON)
                .settings(new CodecSettings(settings, true, LanguageOrderTest.class.getClassLoader()))
                .build();

        assertThat(serializer.settingNames()).contains("any.size");
        assertThat(serializer.encode("t", RecordPart.VALUE, "text")).endsWith(3, 1);
        assertThatThrownBy(() -> builder()
                        .settings(new CodecSettings(
                                Map.of("any.size", "many"), false, LanguageOrderTest.class.getClassLoader()))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("any.size");
    }

    private SchemaType typeOf(MessageSerializer serializer, Object value) {
        String topic = "t" + registry.calls();
        serializer.encode(topic, RecordPart.VALUE, value);
        Registry asked = registry.registry();
        return asked.version(Subject.value(topic), VersionSpec.LATEST).content().type();
    }

    /** A value that carries a schema of one language. */
    private record OwnOfJson() {}

    /** A value that carries a schema of another one. */
    private record OwnOfProtobuf() {}

    /** A language that knows every value, and writes what it was told. */
    private record Any(SchemaType type, @Nullable CodecSettings settings) implements SchemaFormat, RecordCodec {
        @Override
        public ParsedSchema parse(SchemaContent schema, ReferenceResolver references, Strictness strictness) {
            return PlainText.LANGUAGE.parse(schema, references, strictness);
        }

        @Override
        public Set<String> settingNames() {
            return Set.of("any.size");
        }

        @Override
        public RecordCodec configured(CodecSettings given) {
            try {
                size(given);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("any.size is no number", e);
            }
            return new Any(type, given);
        }

        private static int size(CodecSettings settings) {
            Object size = settings.values().get("any.size");
            return size == null ? 0 : Integer.parseInt(size.toString());
        }

        @Override
        public boolean carriesSchema(Object value) {
            return type.equals(SchemaType.JSON) ? value instanceof OwnOfJson : value instanceof OwnOfProtobuf;
        }

        @Override
        public Object schemaKey(Object value) {
            return type;
        }

        @Override
        public ParsedSchema schemaOf(Object schemaKey) {
            return parse(SchemaContent.of(type, "anything"), ReferenceResolver.NONE, Strictness.LENIENT);
        }

        @Override
        public Writer writer(ParsedSchema schema) {
            return (value, out) -> {
                if (settings != null) {
                    out.write(size(settings));
                    out.write(settings.forKeys() ? 1 : 0);
                }
            };
        }

        @Override
        public Reader reader(ParsedSchema writer, Target target) {
            return bytes -> null;
        }
    }
}
