package io.concordat.serdes;

import io.concordat.api.Context;
import io.concordat.api.Subject;
import io.concordat.api.format.ParsedSchema;

/**
 * A rule that says under which subject the schemas of a topic are kept. Safe for many threads; the answers are remembered
 * for as long as the {@linkplain #generation generation} stays the same.
 */
@FunctionalInterface
public interface SubjectNaming {
    /** {@code <topic>-key} and {@code <topic>-value}: one line of versions per topic and part. */
    SubjectNaming TOPIC = (topic, part, schema) -> Subject.of(topic + "-" + part);

    /** The record's full name: one line of versions per record, whatever the topic. */
    SubjectNaming RECORD =
            (topic, part, schema) -> new Subject(TopicContext.of(topic), RecordName.of(topic, part, schema));

    /** {@code <topic>-<record's full name>}: several records per topic, each with its own line of versions. */
    SubjectNaming TOPIC_RECORD = (topic, part, schema) -> Subject.of(topic + "-" + RecordName.of(topic, part, schema));

    /**
     * The subject of a schema whose records go to, or come from, a part of a topic.
     *
     * @throws EncodeException from the usual rules, if they need a record's name and the schema has none
     */
    Subject subjectOf(String topic, RecordPart part, ParsedSchema schema);

    /**
     * The context in which the ids of a topic's messages count. It must be that of the {@linkplain #subjectOf subjects},
     * which cannot be asked for before the schema is known.
     *
     * @return unless overridden, the context that the topic names itself ({@code :.context:topic}); else the default one
     */
    default Context contextOf(String topic, RecordPart part) {
        return TopicContext.of(topic);
    }

    /**
     * Changes when earlier answers no longer hold, so that what was made of them is made anew. Asked for every record, so it
     * must be quick.
     *
     * @return unless overridden, always the same: answers depend on the arguments alone
     */
    default int generation() {
        return 0;
    }

    /** The same names in another context. */
    default SubjectNaming in(Context context) {
        return in((ContextNaming) topic -> context);
    }

    /** The same names, in the context that a rule has for each topic. */
    default SubjectNaming in(ContextNaming contexts) {
        return new NamingInContext(this, contexts);
    }
}
