package io.concordat.serdes;

import io.concordat.api.Context;
import io.concordat.api.Subject;
import io.concordat.api.format.ParsedSchema;

/** The names of another rule, all in one context. */
record ContextNaming(SubjectNaming names, Context context) implements SubjectNaming {
    @Override
    public Subject subjectOf(String topic, RecordPart part, ParsedSchema schema) {
        return new Subject(context, names.subjectOf(topic, part, schema).name());
    }

    @Override
    public Context contextOf(String topic, RecordPart part) {
        return context;
    }
}
