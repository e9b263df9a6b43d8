package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Context;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.ReferenceResolver;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubjectNamingTest {
    private static final ParsedSchema ORDER = parse(Orders.V1);
    private static final ParsedSchema TEXT = parse(SchemaContent.avro("\"string\""));

    @Test
    void topic_anySchema_isNamedAfterTopicAndPart() {
        assertThat(SubjectNaming.TOPIC.subjectOf("orders", RecordPart.VALUE, TEXT))
                .isEqualTo(Subject.value("orders"));
        assertThat(SubjectNaming.TOPIC.subjectOf("orders", RecordPart.KEY, ORDER))
                .isEqualTo(Subject.key("orders"));
        assertThat(SubjectNaming.TOPIC.subjectOf("door-key", RecordPart.KEY, TEXT))
                .isEqualTo(Subject.of("door-key-key"));
    }

    @Test
    void record_namedRecord_isNamedAfterIt() {
        assertThat(SubjectNaming.RECORD.subjectOf("orders", RecordPart.VALUE, ORDER))
                .isEqualTo(Subject.of("shop.Order"));
        assertThat(SubjectNaming.TOPIC_RECORD.subjectOf("orders", RecordPart.KEY, ORDER))
                .isEqualTo(Subject.of("orders-shop.Order"));
    }

    @Test
    void record_schemaWithoutAName_saysSo() {
        for (SubjectNaming naming : List.of(SubjectNaming.RECORD, SubjectNaming.TOPIC_RECORD)) {
            assertThatThrownBy(() -> naming.subjectOf("orders", RecordPart.VALUE, TEXT))
                    .isInstanceOf(EncodeException.class)
                    .hasMessageContaining("no record name")
                    .hasMessageContaining("topic 'orders'");
        }
    }

    @Test
    void contextOf_topicWithAContext_isThatOfItsSubjects() {
        for (SubjectNaming naming : List.of(SubjectNaming.TOPIC, SubjectNaming.RECORD, SubjectNaming.TOPIC_RECORD)) {
            for (String topic : List.of("orders", ":.staging:orders")) {
                assertThat(naming.contextOf(topic, RecordPart.VALUE))
                        .isEqualTo(
                                naming.subjectOf(topic, RecordPart.VALUE, ORDER).context());
            }
        }
    }

    @Test
    void in_context_movesTheNamesThere() {
        SubjectNaming naming = SubjectNaming.RECORD.in(Context.of("staging"));

        assertThat(naming.subjectOf("orders", RecordPart.VALUE, ORDER)).isEqualTo(Subject.of(":.staging:shop.Order"));
        assertThat(naming.contextOf("orders", RecordPart.VALUE)).isEqualTo(Context.of("staging"));
    }

    private static ParsedSchema parse(SchemaContent schema) {
        return Languages.of(
                        List.of(),
                        List.of(),
                        new CodecSettings(Map.of(), false, SubjectNamingTest.class.getClassLoader()),
                        null)
                .parse(schema, ReferenceResolver.NONE);
    }
}
