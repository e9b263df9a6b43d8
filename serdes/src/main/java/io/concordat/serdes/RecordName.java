package io.concordat.serdes;

import io.concordat.api.format.ParsedSchema;

/** The full name that a naming rule puts into a subject. */
final class RecordName {
    private RecordName() {}

    static String of(String topic, RecordPart part, ParsedSchema schema) {
        return schema.recordName()
                .orElseThrow(() -> EncodeException.ofConfiguration(
                        "the subject is named after the record, but this "
                                + schema.content().type()
                                + " schema has no record name; use a named record or name subjects after the topic",
                        Origin.of(topic, part)));
    }
}
