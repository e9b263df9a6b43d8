package io.concordat.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What a schema is, wherever it is registered: two contents that are equal are one schema with one id per context.
 *
 * @param type the schema language
 * @param text the schema itself; a request may spell it in any way, a stored one is canonical
 * @param references the versions of other subjects that the text names
 * @param metadata absent if none was given, which is not the same as empty
 * @param ruleSet absent if none was given, which is not the same as empty
 */
public record SchemaContent(
        SchemaType type,
        String text,
        List<SchemaReference> references,
        Optional<Metadata> metadata,
        Optional<RuleSet> ruleSet) {
    public SchemaContent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(text, "text");
        references = List.copyOf(references);
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(ruleSet, "ruleSet");
    }

    /** A schema without references, metadata or rules. */
    public static SchemaContent of(SchemaType type, String text) {
        return new SchemaContent(type, text, List.of(), Optional.empty(), Optional.empty());
    }

    /** An Avro schema without references, metadata or rules. */
    public static SchemaContent avro(String text) {
        return of(SchemaType.AVRO, text);
    }

    public SchemaContent withText(String newText) {
        return new SchemaContent(type, newText, references, metadata, ruleSet);
    }

    public SchemaContent withReferences(List<SchemaReference> newReferences) {
        return new SchemaContent(type, text, newReferences, metadata, ruleSet);
    }

    public SchemaContent withMetadata(Optional<Metadata> newMetadata) {
        return new SchemaContent(type, text, references, newMetadata, ruleSet);
    }

    public SchemaContent withProperties(Map<String, String> properties) {
        return withMetadata(Optional.of(Metadata.ofProperties(properties)));
    }

    public SchemaContent withRuleSet(Optional<RuleSet> newRuleSet) {
        return new SchemaContent(type, text, references, metadata, newRuleSet);
    }

    /**
     * The name of this content, the same on every registry: the MD5 of text, references, metadata and rules. The type is
     * not part of it, and the parts are not separated, so equal GUIDs do not prove equal contents.
     */
    public UUID guid() {
        return ContentHash.guid(this);
    }
}
