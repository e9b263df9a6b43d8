package io.concordat.avro;

import static io.concordat.api.SchemaTags.Entity.FIELD;
import static io.concordat.api.SchemaTags.Entity.RECORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.SchemaTags;
import io.concordat.api.SchemaTags.Entity;
import io.concordat.api.format.InvalidSchemaException;
import java.util.List;
import org.junit.jupiter.api.Test;

class InlineTagsTest {
    private static final AvroSchema NESTED = AvroSchema.parse("""
            {"type": "record", "name": "a.Outer", "confluent:tags": ["T1"], "fields": [
              {"name": "id", "type": "long", "confluent:tags": ["T2", "T3"]},
              {"name": "in", "type": ["null", {"type": "array", "items": {"type": "map", "values":
                {"type": "record", "name": "Inner", "namespace": "b", "fields": [
                  {"name": "x", "type": {"type": "record", "name": "c.Deep", "fields": [
                    {"name": "y", "type": "b.Inner", "confluent:tags": ["T4"]}]}}]}}}]}]}""");

    @Test
    void tags_ofNestedRecords_areNamedByTheirFullNames() {
        assertThat(NESTED.tags())
                .containsExactly(
                        part("a.Outer", RECORD, "T1"),
                        part("a.Outer.id", FIELD, "T2", "T3"),
                        part("c.Deep.y", FIELD, "T4"));
    }

    @Test
    void tags_ofWhatIsNoRecord_areNone() {
        assertThat(AvroSchema.parse("\"string\"").tags()).isEmpty();
        assertThat(AvroSchema.parse("{\"type\":\"fixed\",\"name\":\"F\",\"size\":1,\"confluent:tags\":[\"T\"]}")
                        .tags())
                .isEmpty();
    }

    @Test
    void withTags_addedAndRemoved_standInTheText() {
        AvroSchema changed = AvroSchema.parse(NESTED.withTags(
                        List.of(),
                        List.of(part("a.Outer", RECORD, "T1"), part("a.Outer.id", FIELD, "T2", "absent")),
                        List.of(
                                part("b.Inner.x", FIELD, "N"),
                                part("b.Inner", RECORD, "N"),
                                part("c.Deep.y", FIELD, "T4")))
                .text());

        assertThat(changed.tags())
                .containsExactlyInAnyOrder(
                        part("a.Outer.id", FIELD, "T3"),
                        part("b.Inner", RECORD, "N"),
                        part("b.Inner.x", FIELD, "N"),
                        part("c.Deep.y", FIELD, "T4"));
    }

    @Test
    void withTags_inherited_areThoseOfPartsThatAreThere() {
        AvroSchema bare = AvroSchema.parse("""
                {"type": "record", "name": "a.Outer", "fields": [{"name": "id", "type": "long"}]}""");

        AvroSchema changed = AvroSchema.parse(
                bare.withTags(NESTED.tags(), List.of(), List.of()).text());

        assertThat(changed.tags())
                .containsExactly(part("a.Outer", RECORD, "T1"), part("a.Outer.id", FIELD, "T2", "T3"));
    }

    @Test
    void withTags_nothing_isTheSameText() {
        assertThat(NESTED.withTags(List.of(), List.of(), List.of()).text())
                .isEqualTo(NESTED.content().text());
    }

    @Test
    void withTags_onAPartThatIsNotThere_isRefused() {
        for (SchemaTags missing :
                List.of(part("a.Outer.zip", FIELD, "T"), part("a.Outer.id", RECORD, "T"), part("Outer", RECORD, "T"))) {
            assertThatThrownBy(() -> NESTED.withTags(List.of(), List.of(), List.of(missing)))
                    .isInstanceOf(InvalidSchemaException.class)
                    .hasMessageContaining("'" + missing.path() + "'");
            assertThatThrownBy(() -> NESTED.withTags(List.of(), List.of(missing), List.of()))
                    .isInstanceOf(InvalidSchemaException.class);
        }
    }

    private static SchemaTags part(String path, Entity entity, String... tags) {
        return new SchemaTags(path, entity, List.of(tags));
    }
}
