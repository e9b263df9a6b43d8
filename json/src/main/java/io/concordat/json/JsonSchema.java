package io.concordat.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaTags;
import io.concordat.api.SchemaType;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.ReferenceResolver.Resolved;
import io.concordat.api.format.SchemaFormat.Strictness;
import io.concordat.api.format.TaggedSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON Schema, together with the text under which a registry keeps it. Immutable and safe for many threads. */
public final class JsonSchema implements TaggedSchema {
    private static final Comparator<SchemaReference> BY_SUBJECT_AND_VERSION =
            Comparator.comparing(SchemaReference::subject).thenComparingInt(SchemaReference::version);

    private final JsonNode json;
    private final SchemaContent content;
    private final List<Resolved> references;
    private volatile @Nullable Node meaning;

    private JsonSchema(JsonNode json, SchemaContent content, List<Resolved> references, @Nullable Node meaning) {
        this.json = json;
        this.content = content;
        this.references = references;
        this.meaning = meaning;
    }

    /**
     * Parses a schema that stands alone.
     *
     * @throws InvalidSchemaException if the text is no JSON Schema
     */
    public static JsonSchema parse(String text) {
        Objects.requireNonNull(text, "text");
        return parse(SchemaContent.of(SchemaType.JSON, text), List.of(), Strictness.STRICT);
    }

    /**
     * Parses the schema in a file of UTF-8 text, as {@link #parse(String)} does.
     *
     * @throws InvalidSchemaException if the file holds no JSON Schema
     * @throws UncheckedIOException if the file cannot be read
     */
    public static JsonSchema parse(Path file) {
        Objects.requireNonNull(file, "file");
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the schema in '" + file + "'", e);
        }
    }

    static JsonSchema parse(SchemaContent content, List<Resolved> references, Strictness strictness) {
        boolean strict = strictness == Strictness.STRICT;
        JsonNode json = SchemaText.parse(content.text(), strict);
        Node meaning = strict ? Loader.load(new Documents(json, references), true) : null;
        return new JsonSchema(json, content.withText(SchemaText.print(json)), references, meaning);
    }

    /** A schema made here, of JSON that is not changed any more. */
    static JsonSchema of(JsonNode json) {
        return of(json, List.of());
    }

    static JsonSchema of(JsonNode json, List<Resolved> references) {
        return new JsonSchema(json, SchemaContent.of(SchemaType.JSON, SchemaText.print(json)), references, null);
    }

    /** What the schema's text says. Not to be changed. */
    JsonNode json() {
        return json;
    }

    /** The schemas it refers to, and theirs. */
    List<Resolved> references() {
        return references;
    }

    /** What the schema's keywords mean. */
    Node meaning() {
        Node known = meaning;
        if (known == null) {
            known = Loader.load(new Documents(json, references), false);
            meaning = known;
        }
        return known;
    }

    @Override
    public SchemaContent content() {
        return content;
    }

    @Override
    public JsonSchema normalized() {
        JsonNode sorted = SchemaText.sorted(json);
        List<SchemaReference> inOrder = content.references().stream()
                .sorted(BY_SUBJECT_AND_VERSION)
                .distinct()
                .toList();
        SchemaContent normal = content.withText(SchemaText.print(sorted)).withReferences(inOrder);
        return new JsonSchema(sorted, normal, references, null);
    }

    /** Whether the canonical texts are equal. */
    @Override
    public boolean isEquivalentTo(ParsedSchema other) {
        return other instanceof JsonSchema that && content.text().equals(that.content.text());
    }

    @Override
    public List<Incompatibility> incompatibilitiesWith(
            ParsedSchema writer, Direction direction, CompatibilityPolicy policy) {
        if (!(writer instanceof JsonSchema that)) {
            throw new IllegalArgumentException("A JSON schema cannot be compared with one of type "
                    + writer.content().type());
        }
        return ReaderCheck.incompatibilities(meaning(), that.meaning(), direction, policy);
    }

    /** The text: there is one spelling. */
    @Override
    public String text(String spelling) {
        return content.text();
    }

    /** The title. */
    @Override
    public Optional<String> recordName() {
        return Optional.ofNullable(json.path("title").textValue()).filter(title -> !title.isBlank());
    }

    @Override
    public List<String> topLevelFields() {
        List<String> names = new ArrayList<>();
        json.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Names that begin with {@code $$} are kept free. */
    @Override
    public void requireValidFields() {
        for (String name : topLevelFields()) {
            if (name.startsWith("$$")) {
                throw new InvalidSchemaException("The schema has a property '" + name
                        + "' at '#/properties', and names that begin with '$$' are reserved; give it another name");
            }
        }
    }

    @Override
    public List<SchemaTags> tags() {
        return InlineTags.all(json);
    }

    @Override
    public SchemaContent withTags(List<SchemaTags> inherited, List<SchemaTags> remove, List<SchemaTags> add) {
        InlineTags tags = InlineTags.of(json);
        inherited.stream().filter(tags::has).forEach(tags::add);
        remove.forEach(tags::remove);
        add.forEach(tags::add);
        return content.withText(SchemaText.print(tags.schema()));
    }

    /** Whether both have the same text, references, metadata and rules. */
    @Override
    public boolean equals(Object other) {
        return other instanceof JsonSchema that && content.equals(that.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    @Override
    public String toString() {
        return content.text();
    }
}
