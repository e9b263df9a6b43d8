package io.concordat.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompatibilityTest {
    static Stream<Map<String, Object>> pairs() {
        return Rows.of("compatibility.jsonl").stream();
    }

    @ParameterizedTest(name = "row {index}")
    @MethodSource("pairs")
    void incompatibilities_recordedPair_areInTheRecordedWords(Map<String, Object> row) {
        ProtobufSchema before = ProtobufSchema.parse((String) Objects.requireNonNull(row.get("old")));
        ProtobufSchema now = ProtobufSchema.parse((String) Objects.requireNonNull(row.get("new")));
        boolean newReads = "BACKWARD".equals(row.get("direction"));

        List<Incompatibility> found = newReads
                ? now.incompatibilitiesWith(before, Direction.BACKWARD, CompatibilityPolicy.STRICT)
                : before.incompatibilitiesWith(now, Direction.FORWARD, CompatibilityPolicy.STRICT);

        assertThat(found.stream().map(Incompatibility::message))
                .as((String) row.get("name"))
                .isEqualTo(row.get("messages"));
        assertThat(found).allSatisfy(each -> assertThat(each.advice()).endsWith("."));
    }

    @Test
    void incompatibilities_changedType_showBothFieldsAndSayWhatToDo() {
        ProtobufSchema before = ProtobufSchema.parse("syntax = \"proto3\"; message M { int32 a = 1; }");
        ProtobufSchema now =
                ProtobufSchema.parse("syntax = \"proto3\"; message M { repeated string a = 1 [json_name = \"z\"]; }");

        assertThat(now.incompatibilitiesWith(before, Direction.BACKWARD, CompatibilityPolicy.STRICT))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.rule()).isEqualTo("FIELD_SCALAR_KIND_CHANGED");
                    assertThat(found.path()).isEqualTo("#/M/1");
                    assertThat(found.reader()).isEqualTo("repeated string a = 1 [json_name = \"z\"];");
                    assertThat(found.writer()).isEqualTo("int32 a = 1;");
                    assertThat(found.advice())
                            .isEqualTo("Keep 'int32 a = 1;', or add another field with another number.");
                });
    }

    @Test
    void incompatibilities_mapWrittenOut_isTheSameMap() {
        assertThat(rules(
                        "message M { map<string, int32> m = 1; }",
                        "message M { repeated MEntry m = 1; message MEntry { option map_entry = true;"
                                + " string key = 1; int32 value = 2; } }"))
                .isEmpty();
    }

    @Test
    void incompatibilities_keysAndValuesOfMaps_areComparedLikeFields() {
        assertThat(rules("message M { map<string, int32> m = 1; }", "message M { map<string, string> m = 1; }"))
                .containsExactly("FIELD_SCALAR_KIND_CHANGED #/M/1");
        assertThat(rules("message M { map<string, int32> m = 1; }", "message M { map<int32, int32> m = 1; }"))
                .containsExactly("FIELD_SCALAR_KIND_CHANGED #/M/1");
    }

    @Test
    void incompatibilities_fieldOfOneof_isFoundBelowTheOneof() {
        assertThat(rules("message M { oneof o { int32 a = 1; } }", "message M { oneof o { string a = 1; } }"))
                .containsExactly("FIELD_SCALAR_KIND_CHANGED #/M/o/1");
    }

    @Test
    void incompatibilities_groups_areComparedWithinThemselves() {
        String group = "message M { repeated group G = 1 { optional int32 x = 1; } }";

        assertThat(rules(group, group.replace("int32", "string"))).containsExactly("FIELD_SCALAR_KIND_CHANGED #/M/1/1");
    }

    @Test
    void incompatibilities_importedMessageChanged_areFoundWhereItIsUsed() {
        String user = "syntax = \"proto3\"; import \"k.proto\"; message M { K k = 3; }";
        ProtobufSchema before = importing(user, "syntax = \"proto3\"; message K { int32 q = 1; K k = 2; }");
        ProtobufSchema now = importing(user, "syntax = \"proto3\"; message K { string q = 1; K k = 2; }");

        assertThat(now.incompatibilitiesWith(before, Direction.BACKWARD, CompatibilityPolicy.STRICT).stream()
                        .map(found -> found.rule() + " " + found.path()))
                .containsExactly("FIELD_SCALAR_KIND_CHANGED #/M/3/1");
        assertThat(before.incompatibilitiesWith(before, Direction.BACKWARD, CompatibilityPolicy.STRICT))
                .isEmpty();
    }

    private static ProtobufSchema importing(String text, String imported) {
        SchemaContent content = SchemaContent.of(SchemaType.PROTOBUF, text);
        List<Resolved> references = List.of(new Resolved("k.proto", SchemaContent.of(SchemaType.PROTOBUF, imported)));
        return ProtobufSchema.parse(content, ignored -> references, Strictness.STRICT);
    }

    private static List<String> rules(String before, String now) {
        return ProtobufSchema.parse(now)
                .incompatibilitiesWith(ProtobufSchema.parse(before), Direction.BACKWARD, CompatibilityPolicy.STRICT)
                .stream()
                .map(found -> found.rule() + " " + found.path())
                .toList();
    }
}
