package io.concordat.serdes;

import io.concordat.api.Metadata;
import io.concordat.api.Rule;
import io.concordat.api.RuleMode;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.api.format.ParsedSchema;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A rule that is being carried out, and on what.
 *
 * @param rule the rule
 * @param mode in which direction: {@code WRITE}, {@code READ}, {@code UPGRADE} or {@code DOWNGRADE}
 * @param schema the schema that holds the rule, as it is understood
 * @param stored the same schema as the registry has it, with metadata and rules
 * @param topic where the record goes to or comes from; empty if the caller did not say
 * @param part which part of the record it is; empty if the caller did not say
 * @param subject where the schema is registered, as far as it is known
 * @param headers the record's headers, to be read and added to; empty if the caller gave none
 * @param message what is read, as it came: for an action that puts the record aside. Good as long as the rule runs; empty for what is
 *     written
 */
public record RuleContext(
        Rule rule,
        RuleMode mode,
        ParsedSchema schema,
        SchemaContent stored,
        Optional<String> topic,
        Optional<RecordPart> part,
        Optional<Subject> subject,
        Optional<MessageHeaders> headers,
        Optional<ByteBuffer> message) {

    /** A parameter of the rule, or else the property of that name in the schema's metadata. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(rule.params().get(name))
                .or(() -> stored.metadata().map(Metadata::properties).map(properties -> properties.get(name)));
    }
}
