package io.concordat.avro;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaTags;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.SchemaFormat.Strictness;
import io.concordat.api.format.TaggedSchema;
import io.concordat.avro.classes.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** An Avro schema, together with the text under which a registry keeps it. Immutable and safe for many threads. */
public final class AvroSchema implements TaggedSchema {
    private static final Comparator<SchemaReference> BY_SUBJECT_AND_VERSION =
            Comparator.comparing(SchemaReference::subject).thenComparingInt(SchemaReference::version);

    private final Schema schema;
    private final SchemaContent content;
    private final boolean inNormalForm;

    private AvroSchema(Schema schema, SchemaContent content, boolean inNormalForm) {
        this.schema = schema;
        this.content = content;
        this.inNormalForm = inNormalForm;
    }

    /**
     * Parses a schema that stands alone. Names may be in any script, default values are taken as they are.
     *
     * @throws InvalidSchemaException if the text is no Avro schema
     */
    public static AvroSchema parse(String text) {
        Objects.requireNonNull(text, "text");
        return SchemaText.parse(SchemaContent.avro(text), List.of(), Strictness.LENIENT);
    }

    /**
     * Parses the schema in a file of UTF-8 text, as {@link #parse(String)} does.
     *
     * @throws InvalidSchemaException if the file holds no Avro schema
     * @throws UncheckedIOException if the file cannot be read
     */
    public static AvroSchema parse(Path file) {
        Objects.requireNonNull(file, "file");
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the schema in '" + file + "'", e);
        }
    }

    /**
     * The schema that Avro holds in memory. The object itself is kept: it must not be changed any more.
     *
     * @throws InvalidSchemaException if it is nested too deeply to be kept in a registry
     */
    public static AvroSchema of(Schema schema) {
        Objects.requireNonNull(schema, "schema");
        SchemaGraph.requireBounded(schema);
        return new AvroSchema(schema, SchemaContent.avro(schema.toString()), false);
    }

    /**
     * The schema of a class: of one that Avro generated its own, of any other the one that {@code docs/java-types.md} tells.
     *
     * @throws InvalidSchemaException if there is none; the message says why, and names the path
     */
    public static AvroSchema of(Class<?> type) {
        Objects.requireNonNull(type, "type");
        return of(
                SpecificRecord.class.isAssignableFrom(type)
                        ? SpecificData.get().getSchema(type)
                        : JavaClass.of(type).schema());
    }

    /** The schema that Avro holds in memory, kept without what says how Java is to see it. */
    static AvroSchema withoutJavaProperties(Schema schema) {
        AvroSchema whole = of(schema);
        return new AvroSchema(schema, whole.content.withText(JavaProperties.removed(whole.content.text())), false);
    }

    /** A parsed schema: the types it has by reference are printed by name. */
    static AvroSchema of(Schema schema, SchemaContent request, Map<String, Schema> typesByReference) {
        return new AvroSchema(schema, request.withText(print(schema, typesByReference)), false);
    }

    @SuppressWarnings("deprecation") // The only way to print a schema without what it refers to.
    private static String print(Schema schema, Map<String, Schema> typesByReference) {
        return schema.toString(typesByReference.values(), false);
    }

    /** Parses with references: for those who have more than a text. */
    static AvroSchema parse(SchemaContent schema, ReferenceResolver references, Strictness strictness) {
        return SchemaText.parse(schema, references.resolve(schema.references()), strictness);
    }

    /** The schema as Avro's own object, always the same one. */
    public Schema schema() {
        return schema;
    }

    @Override
    public SchemaContent content() {
        return content;
    }

    @Override
    public AvroSchema normalized() {
        if (inNormalForm) {
            return this;
        }
        List<SchemaReference> references = content.references().stream()
                .sorted(BY_SUBJECT_AND_VERSION)
                .distinct()
                .toList();
        SchemaContent normal = content.withText(NormalForm.of(content.text())).withReferences(references);
        return new AvroSchema(schema, normal, true);
    }

    @Override
    public boolean isEquivalentTo(ParsedSchema other) {
        return other instanceof AvroSchema that && Equivalence.holds(schema, that.schema);
    }

    @Override
    public List<Incompatibility> incompatibilitiesWith(
            ParsedSchema writer, Direction direction, CompatibilityPolicy policy) {
        if (!(writer instanceof AvroSchema avroWriter)) {
            throw new IllegalArgumentException("An Avro schema cannot be compared with one of type "
                    + writer.content().type());
        }
        return ReaderCheck.incompatibilities(schema, avroWriter.schema, direction);
    }

    /** The text; under the name {@code resolved} with the types it refers to written out. */
    @Override
    public String text(String spelling) {
        if (!spelling.equals("resolved")) {
            return content.text();
        }
        String resolved = schema.toString();
        return inNormalForm ? NormalForm.of(resolved) : resolved;
    }

    @Override
    public Optional<String> recordName() {
        return schema.getType() == Schema.Type.RECORD ? Optional.of(schema.getFullName()) : Optional.empty();
    }

    @Override
    public List<String> topLevelFields() {
        return schema.getType() == Schema.Type.RECORD
                ? schema.getFields().stream().map(Schema.Field::name).toList()
                : List.of();
    }

    @Override
    public List<SchemaTags> tags() {
        return InlineTags.of(content.text()).all();
    }

    @Override
    public SchemaContent withTags(List<SchemaTags> inherited, List<SchemaTags> remove, List<SchemaTags> add) {
        InlineTags tags = InlineTags.of(content.text());
        inherited.stream().filter(tags::has).forEach(tags::add);
        remove.forEach(tags::remove);
        add.forEach(tags::add);
        return content.withText(tags.text());
    }

    /** Whether both have the same text, references, metadata and rules. */
    @Override
    public boolean equals(Object other) {
        return other instanceof AvroSchema that && content.equals(that.content);
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
