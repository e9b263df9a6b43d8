package io.concordat.serdes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.concordat.api.Subject;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The record that rules run on.
 *
 * @param topic null if the caller did not say
 * @param part null if the caller did not say
 * @param headers null if the caller gave none
 * @param message what is read, from the buffer's beginning to its limit; null for what is written
 */
record RecordAtHand(
        @Nullable String topic,
        @Nullable RecordPart part,
        @Nullable Subject subject,
        @Nullable MessageHeaders headers,
        @Nullable ByteBuffer message) {
    /** The header that names the rule because of which a record was put aside. */
    private static final String RULE_NAME = "__rule.name";

    RuleContext context(RuleStep step) {
        return new RuleContext(
                step.rule(),
                step.mode(),
                step.schema(),
                step.stored(),
                Optional.ofNullable(topic),
                Optional.ofNullable(part),
                Optional.ofNullable(subject),
                Optional.ofNullable(headers),
                Optional.ofNullable(message)
                        .map(whole -> whole.asReadOnlyBuffer().rewind()));
    }

    /** Whether the record was put aside because of a rule, which is not run again when the record is read from there. */
    boolean wasPutAsideBy(String rule) {
        byte[] name = headers == null ? null : headers.last(RULE_NAME);
        return name != null && ByteBuffer.wrap(name).equals(UTF_8.encode(rule));
    }
}
