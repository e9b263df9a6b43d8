package io.concordat.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSchemaTest {
    private static final String ODDLY_SPELLED = """
            { "type":"record","doc":"d","name":"a.b.R","zprop":1,"aprop":{"z":1,"a":[{"y":2,"x":1}]},
              "aliases":["c.Y","Z","A"],
              "fields":[{"default":null,"order":"ascending","doc":"","name":"f",
                "type":["null",{"type":"string","avro.java.string":"String"}],"aliases":["z","y"],"x":1,"w":2}]}""";

    @Test
    void content_oddlySpelledText_isCanonical() {
        assertThat(AvroSchema.parse(ODDLY_SPELLED).content().text())
                .isEqualTo("{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"a.b\",\"doc\":\"d\","
                        + "\"fields\":[{\"name\":\"f\",\"type\":[\"null\",{\"type\":\"string\","
                        + "\"avro.java.string\":\"String\"}],\"doc\":\"\",\"default\":null,"
                        + "\"aliases\":[\"z\",\"y\"],\"x\":1,\"w\":2}],"
                        + "\"zprop\":1,\"aprop\":{\"z\":1,\"a\":[{\"y\":2,\"x\":1}]},"
                        + "\"aliases\":[\"c.Y\",\"Z\",\"A\"]}");
    }

    @Test
    void normalized_propsAndAliases_areSortedAndEmptyDocsGone() {
        assertThat(AvroSchema.parse(ODDLY_SPELLED).normalized().content().text())
                .isEqualTo("{\"type\":\"record\",\"name\":\"R\",\"namespace\":\"a.b\",\"doc\":\"d\","
                        + "\"fields\":[{\"name\":\"f\",\"type\":[\"null\",{\"type\":\"string\","
                        + "\"avro.java.string\":\"String\"}],\"default\":null,"
                        + "\"aliases\":[\"y\",\"z\"],\"w\":2,\"x\":1}],"
                        + "\"aprop\":{\"a\":[{\"x\":1,\"y\":2}],\"z\":1},\"zprop\":1,"
                        + "\"aliases\":[\"A\",\"Z\",\"c.Y\"]}");
    }

    @Test
    void normalized_references_areSortedAndUnique() {
        SchemaReference b1 = new SchemaReference("n.B", "b", 1);
        SchemaReference a2 = new SchemaReference("n.A", "a", 2);
        SchemaReference a1 = new SchemaReference("n.A", "a", 1);
        SchemaContent content = SchemaContent.avro("\"int\"").withReferences(List.of(b1, a2, a1, b1));

        AvroSchema schema = SchemaText.parse(content, List.of(), Strictness.LENIENT);

        assertThat(schema.normalized().content().references()).containsExactly(a1, a2, b1);
        assertThat(schema.normalized().normalized().content())
                .isEqualTo(schema.normalized().content());
    }

    @Test
    void text_resolved_writesOutWhatIsReferredTo() {
        Resolved in = new Resolved(
                "n.In",
                SchemaContent.avro(
                        "{\"type\":\"record\",\"name\":\"n.In\",\"fields\":[{\"name\":\"i\",\"type\":\"int\"}]}"));
        AvroSchema schema = SchemaText.parse(
                SchemaContent.avro(
                        "{\"type\":\"record\",\"name\":\"n.Out\",\"fields\":[{\"name\":\"x\",\"type\":\"n.In\"}]}"),
                List.of(in),
                Strictness.STRICT);

        assertThat(schema.text("resolved"))
                .isEqualTo(
                        "{\"type\":\"record\",\"name\":\"Out\",\"namespace\":\"n\",\"fields\":[{\"name\":\"x\","
                                + "\"type\":{\"type\":\"record\",\"name\":\"In\",\"fields\":[{\"name\":\"i\",\"type\":\"int\"}]}}]}");
        assertThat(schema.text("anything else"))
                .isEqualTo(schema.content().text())
                .isEqualTo(
                        "{\"type\":\"record\",\"name\":\"Out\",\"namespace\":\"n\",\"fields\":[{\"name\":\"x\",\"type\":\"In\"}]}");
    }

    @Test
    void isEquivalentTo_otherOrderOfProps_is() {
        AvroSchema one = AvroSchema.parse("{\"type\":\"int\",\"a\":1,\"b\":2}");
        AvroSchema other = AvroSchema.parse("{\"type\":\"int\",\"b\":2,\"a\":1}");

        assertThat(one.content()).isNotEqualTo(other.content());
        assertThat(one.isEquivalentTo(other)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'record','name':'R','doc':'x','fields':[{'name':'e','type':{'type':'enum','name':'E','symbols':['A','B']}}]}",
                "{'type':'record','name':'R','aliases':['S'],'fields':[{'name':'e','type':{'type':'enum','name':'E','symbols':['A','B']}}]}",
                "{'type':'record','name':'R','fields':[{'name':'e','doc':'x','type':{'type':'enum','name':'E','symbols':['A','B']}}]}",
                "{'type':'record','name':'R','fields':[{'name':'e','aliases':['f'],'type':{'type':'enum','name':'E','symbols':['A','B']}}]}",
                "{'type':'record','name':'R','fields':[{'name':'e','type':{'type':'enum','name':'E','symbols':['A','B'],'default':'A'}}]}",
                "{'type':'record','name':'R','fields':[{'name':'e','type':{'type':'enum','name':'E','doc':'x','symbols':['A','B']}}]}",
                "{'type':'record','name':'R','fields':[{'name':'f','type':{'type':'enum','name':'E','symbols':['A','B']}}]}",
            })
    void isEquivalentTo_otherDocAliasOrDefault_isNot(String changed) {
        AvroSchema one = AvroSchema.parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"e\",\"type\":"
                + "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}}]}");

        assertThat(one.isEquivalentTo(AvroSchema.parse(changed.replace('\'', '"'))))
                .isFalse();
        assertThat(one.isEquivalentTo(AvroSchema.parse(one.content().text()))).isTrue();
    }

    @Test
    void recordName_ofRecordAndOfOthers_onlyRecordsHaveOne() {
        assertThat(AvroSchema.parse(ODDLY_SPELLED).recordName()).contains("a.b.R");
        assertThat(AvroSchema.parse(ODDLY_SPELLED).topLevelFields()).containsExactly("f");
        AvroSchema fixed = AvroSchema.parse("{\"type\":\"fixed\",\"name\":\"F\",\"size\":1}");
        assertThat(fixed.recordName()).isEmpty();
        assertThat(fixed.topLevelFields()).isEmpty();
    }

    @Test
    void of_nativeSchema_keepsTheObject() {
        Schema schema = SchemaBuilder.record("R").fields().requiredInt("a").endRecord();

        assertThat(AvroSchema.of(schema).schema()).isSameAs(schema);
        assertThat(AvroSchema.of(schema)).isEqualTo(AvroSchema.parse(schema.toString()));
    }

    @Test
    void parse_file_readsUtf8(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("é.avsc");
        Files.writeString(file, "{\"type\":\"record\",\"name\":\"Straße\",\"fields\":[]}");

        assertThat(AvroSchema.parse(file).recordName()).contains("Straße");
        assertThatThrownBy(() -> AvroSchema.parse(folder.resolve("none")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none");
    }

    @Test
    void parse_brokenText_saysWhere() {
        assertThatThrownBy(() -> AvroSchema.parse("{\"type\":\n \"record\", oops}"))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("line 2, column 12");
        assertThatThrownBy(() -> AvroSchema.parse(" ")).isInstanceOf(InvalidSchemaException.class);
        assertThatThrownBy(() -> AvroSchema.parse("\"int\" 5"))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("dangling content");
    }
}
