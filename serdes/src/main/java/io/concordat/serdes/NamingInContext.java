package io.concordat.serdes;

import io.concordat.api.Context;
import io.concordat.api.Subject;
import io.concordat.api.format.ParsedSchema;

/** The names of one rule, in the contexts of another. */
record NamingInContext(SubjectNaming names, ContextNaming contexts) implements SubjectNaming {
    @Override
    public Subject subjectOf(String topic, RecordPart part, ParsedSchema schema) {
        return new Subject(
                contexts.contextOf(topic), names.subjectOf(topic, part, schema).name());
    }

    @Override
    public Context contextOf(String topic, RecordPart part) {
        return contexts.contextOf(topic);
    }

    @Override
    public int generation() {
        return names.generation();
    }
}
