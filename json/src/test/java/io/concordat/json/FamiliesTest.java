package io.concordat.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordBuffer;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordCodec.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas of types that stand for several classes, and values of them, which fit those schemas and come back as they were. */
class FamiliesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Its classes are named where it is declared, and say what they are in a property. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Square.class, name = "square")
    })
    interface Shape {}

    /** Round. */
    record Circle(int radius) implements Shape {}

    /** Not round. */
    record Square(int side) implements Shape {}

    /** Holds them in every way. */
    record Drawing(
            @Nullable Shape first, List<Shape> all, Map<String, Shape> named, Optional<Shape> last, Circle hole) {}

    /** Its classes are those that it permits. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    sealed interface Event permits Placed, Changed {}

    /** The first thing that happens. */
    @JsonTypeName("placed")
    record Placed(String id) implements Event {}

    /** What happens later, in two ways. */
    sealed interface Changed extends Event {}

    /** One way. */
    @JsonTypeName("paid")
    record Paid(String id, long cents) implements Changed {}

    /** The other one, which may contain events again. */
    @JsonTypeName("undone")
    record Undone(String id, @Nullable Event of) implements Changed {}

    /** Its classes do not say what they are. */
    sealed interface Contact permits Mail, Phone {}

    /** By letter. */
    record Mail(String address) implements Contact {}

    /** By call. */
    record Phone(String number) implements Contact {}

    /** Has one. */
    record Person(String name, @Nullable Contact contact) {}

    /** An object around each. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    sealed interface Wrapped permits Gift {}

    /** What is in it. */
    record Gift(int price) implements Wrapped {}

    /** A list around each. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS, include = JsonTypeInfo.As.WRAPPER_ARRAY)
    sealed interface Listed permits Entry {}

    /** What is in it. */
    record Entry(int place) implements Listed {}

    /** Has both. */
    record Shelf(List<Wrapped> gifts, List<Listed> entries) {}

    /** Names nobody. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface Open {}

    /** Has one. */
    record Opened(@Nullable Open open) {}

    /** Says of a property what its class should say. */
    record Late(
            @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) @Nullable
            Number number) {}

    static List<Object> values() {
        return List.of(
                new Circle(1),
                new Drawing(
                        new Square(2),
                        List.of(new Circle(3), new Square(4)),
                        Map.of("a", new Square(5)),
                        Optional.of(new Circle(6)),
                        new Circle(7)),
                new Placed("1"),
                new Undone("2", new Undone("3", new Paid("4", 5))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_thatMayBeOfSeveralClasses_fitsItsSchemaAndComesBack(Object value) {
        Class<?> type = value instanceof Shape ? Shape.class : value instanceof Event ? Event.class : value.getClass();
        RecordCodec codec = configured(Map.of("json.value.type", type, "json.fail.invalid.schema", true));

        assertThat(readBack(codec, value)).isEqualTo(value);
        RecordCodec plain = configured(Map.of("json.fail.invalid.schema", true));
        assertThat(readBack(plain, value)).isInstanceOf(Map.class);
    }

    @Test
    void schemaOf_objectOfAFamily_saysWhatItIs() {
        assertThat(text(configured(Map.of()), new Circle(1)))
                .isEqualTo(
                        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"title\":\"Circle\",\"type\":\"object\","
                                + "\"additionalProperties\":false,\"properties\":{\"kind\":{\"type\":\"string\",\"enum\":[\"circle\"],"
                                + "\"default\":\"circle\"},\"radius\":{\"type\":\"integer\"}},\"required\":[\"kind\",\"radius\"]}");
    }

    @Test
    void schemaOf_valuesOfANamedFamily_isOne() {
        RecordCodec codec = configured(Map.of("json.value.type", Shape.class.getName()));

        assertThat(key(codec, new Circle(1))).isSameAs(key(codec, new Square(2)));
        assertThat(text(codec, new Circle(1)))
                .contains(
                        "\"title\":\"Shape\",\"oneOf\":[{\"$ref\":\"#/definitions/Circle\"},{\"$ref\":\"#/definitions/Square\"}]");
        assertThat(key(codec, new Mail("x"))).isNotSameAs(key(codec, new Circle(1)));
    }

    @Test
    void schemaOf_propertiesOfAFamily_haveTheSameAlternativesEverywhere() throws IOException {
        JsonNode properties =
                JSON.readTree(text(configured(Map.of()), values().get(1))).get("properties");

        JsonNode alternatives = properties.at("/all/oneOf/1/items");
        assertThat(alternatives.get("oneOf")).hasSize(2);
        assertThat(properties.at("/first/oneOf/1")).isEqualTo(alternatives);
        assertThat(properties.at("/named/oneOf/1/additionalProperties")).isEqualTo(alternatives);
        assertThat(properties.at("/last")).isEqualTo(alternatives);
        assertThat(properties.at("/hole/oneOf/1")).isEqualTo(alternatives.at("/oneOf/0"));
    }

    @Test
    void schemaOf_sealedTypeThatIsNotTold_isAnyOfItsClasses() {
        RecordCodec codec = configured(Map.of("json.fail.invalid.schema", true));
        Person person = new Person("Kim", new Phone("1"));

        assertThat(text(codec, person))
                .contains("{\"anyOf\":[{\"$ref\":\"#/definitions/Mail\"},{\"$ref\":\"#/definitions/Phone\"}]}");
        assertThat(readBack(codec, person)).isEqualTo(Map.of("name", "Kim", "contact", Map.of("number", "1")));
    }

    /** It is no record's fault. */
    @Test
    void reader_intoATypeThatNoRecordTellsMore_isRefusedWithAWayOut() {
        RecordCodec codec = configured(Map.of("json.value.type", Contact.class));
        ParsedSchema schema = codec.schemaOf(key(codec, new Phone("1")));

        assertThatThrownBy(() -> codec.reader(schema, Target.generic()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("FamiliesTest$Contact", "@JsonTypeInfo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft_7", "draft_2020_12"})
    void value_withSomethingAroundIt_fitsItsSchemaAndComesBack(String draft) {
        RecordCodec codec = configured(Map.of(
                "json.value.type", Shelf.class, "json.fail.invalid.schema", true, "json.schema.spec.version", draft));
        Shelf shelf = new Shelf(List.of(new Gift(1)), List.of(new Entry(2)));

        assertThat(readBack(codec, shelf)).isEqualTo(shelf);
        assertThat(text(codec, shelf))
                .contains("{\"" + Gift.class.getName() + "\":{\"$ref\":\"#/definitions/Gift\"}}")
                .contains(
                        "{\"type\":\"string\",\"enum\":[\".FamiliesTest$Entry\"],\"default\":\".FamiliesTest$Entry\"}");
    }

    @Test
    void schemaOf_familyThatNamesNobody_isRefusedWithAWayOut() {
        assertThatThrownBy(() -> text(configured(Map.of()), new Opened(null)))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContainingAll("FamiliesTest$Open", "@JsonSubTypes", "JsonEnvelope");
        assertThatThrownBy(() -> text(configured(Map.of()), new Late(1)))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContainingAll("'number'", "@JsonTypeInfo", "JsonEnvelope");
    }

    private static RecordCodec configured(Map<String, ?> values) {
        return new JsonCodec()
                .configured(new CodecSettings(new HashMap<>(values), false, FamiliesTest.class.getClassLoader()));
    }

    private static Object key(RecordCodec codec, Object value) {
        return Objects.requireNonNull(codec.schemaKey(value));
    }

    private static String text(RecordCodec codec, Object value) {
        return codec.schemaOf(key(codec, value)).content().text();
    }

    private static @Nullable Object readBack(RecordCodec codec, Object value) {
        JsonSchema schema = JsonSchema.parse(text(codec, value));
        RecordBuffer out = new RecordBuffer(16);
        codec.writer(schema).write(value, out);
        return codec.reader(schema, Target.generic()).read(ByteBuffer.wrap(out.toByteArray()));
    }
}
