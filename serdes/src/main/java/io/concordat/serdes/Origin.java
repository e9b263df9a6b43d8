package io.concordat.serdes;

import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import org.jspecify.annotations.Nullable;

/** What is known of the message that an error is about. */
record Origin(
        @Nullable String topic,
        @Nullable RecordPart part,
        @Nullable SchemaId id,
        @Nullable Subject subject) {
    static final Origin UNKNOWN = new Origin(null, null, null, null);

    static Origin of(@Nullable String topic, @Nullable RecordPart part) {
        return new Origin(topic, part, null, null);
    }

    Origin withId(@Nullable SchemaId newId) {
        return new Origin(topic, part, newId, subject);
    }

    Origin withSubject(@Nullable Subject newSubject) {
        return new Origin(topic, part, id, newSubject);
    }

    /** Such as {@code the value of topic 'orders' (subject 'orders-value', id 7)}. */
    String describe(String unnamed) {
        StringBuilder text = new StringBuilder(64);
        text.append(topic == null || part == null ? unnamed : "the " + part + " of topic '" + topic + "'");
        if (subject != null) {
            text.append(" (subject '").append(subject).append('\'');
            text.append(id == null ? "" : ", id " + id.id()).append(')');
        } else if (id != null) {
            text.append(" (id ").append(id.id());
            text.append(id.context().isDefault() ? "" : " of context " + id.context())
                    .append(')');
        }
        return text.toString();
    }
}
