package io.concordat.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.SchemaTags;
import io.concordat.api.SchemaTags.Entity;
import io.concordat.api.format.InvalidSchemaException;
import java.util.List;
import org.junit.jupiter.api.Test;

class InlineTagsTest {
    private static final String TEXT = """
            syntax = "proto3";
            package p;
            import "confluent/meta.proto";
            message M {
              option (confluent.message_meta) = { doc: "d", tags: ["X", "Y"] };
              string a = 1 [(confluent.field_meta).tags = "PII", (.confluent.field_meta).tags = "EU"];
              oneof o { string b = 2; }
              message N { string c = 1; }
            }
            """;

    private static SchemaTags record(String path, String... tags) {
        return new SchemaTags(path, Entity.RECORD, List.of(tags));
    }

    private static SchemaTags field(String path, String... tags) {
        return new SchemaTags(path, Entity.FIELD, List.of(tags));
    }

    @Test
    void tags_everySpelling_areFound() {
        assertThat(ProtobufSchema.parse(TEXT).tags())
                .containsExactly(record("p.M", "X", "Y"), field("p.M.a", "PII", "EU"));
    }

    @Test
    void withTags_added_areInTheText() {
        ProtobufSchema schema = ProtobufSchema.parse(TEXT);

        String text = schema.withTags(
                        List.of(),
                        List.of(),
                        List.of(field("p.M.b", "NEW"), field("p.M.N.c", "ONE", "TWO"), record("p.M.N", "R")))
                .text();

        assertThat(text)
                .contains("string b = 2 [(confluent.field_meta).tags = \"NEW\"];")
                .contains("option (confluent.message_meta).tags = \"R\";");
        assertThat(ProtobufSchema.parse(text).tags())
                .containsExactlyInAnyOrder(
                        record("p.M", "X", "Y"),
                        field("p.M.a", "PII", "EU"),
                        field("p.M.b", "NEW"),
                        record("p.M.N", "R"),
                        field("p.M.N.c", "ONE", "TWO"));
    }

    @Test
    void withTags_removed_leaveTheRestOfTheOption() {
        String text = ProtobufSchema.parse(TEXT)
                .withTags(List.of(), List.of(record("p.M", "X", "Y"), field("p.M.a", "PII", "EU")), List.of())
                .text();

        assertThat(text).contains("doc: \"d\"").contains("string a = 1;").doesNotContain("tags");
    }

    @Test
    void withTags_nothingChanges_isTheSameText() {
        ProtobufSchema schema = ProtobufSchema.parse(TEXT);

        assertThat(schema.withTags(List.of(field("gone", "X")), List.of(), List.of(field("p.M.a", "PII"))))
                .isEqualTo(schema.content());
    }

    @Test
    void withTags_firstTag_importsTheOption() {
        ProtobufSchema schema = ProtobufSchema.parse("message A { optional string s = 1; }");

        assertThat(schema.withTags(List.of(), List.of(), List.of(field("A.s", "PII")))
                        .text())
                .isEqualTo("""

                        import "confluent/meta.proto";

                        message A {
                          optional string s = 1 [(confluent.field_meta).tags = "PII"];
                        }
                        """);
    }

    @Test
    void withTags_unknownPart_isRefused() {
        assertThatThrownBy(() ->
                        ProtobufSchema.parse(TEXT).withTags(List.of(), List.of(), List.of(field("p.M.nope", "T"))))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessage("The schema defines no sr_field 'p.M.nope'");
    }
}
