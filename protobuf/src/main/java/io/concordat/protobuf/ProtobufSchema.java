package io.concordat.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.SchemaTags;
import io.concordat.api.SchemaType;
import io.concordat.api.format.ImportingSchema;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.SchemaFormat.Strictness;
import io.concordat.api.format.TaggedSchema;
import io.concordat.protobuf.Tree.Field;
import io.concordat.protobuf.Tree.File;
import io.concordat.protobuf.Tree.Message;
import io.concordat.protobuf.Tree.Oneof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A .proto file, together with the text under which a registry keeps it. Immutable and safe for many threads.
 *
 * <p>Its records are of the message that it was made of, if it was made of one, else of the first that the file defines.
 */
public final class ProtobufSchema implements TaggedSchema, ImportingSchema {
    /** What existing registries call files, whose names they do not know. */
    private static final String UNNAMED = "default";

    private static final Comparator<SchemaReference> BY_SUBJECT_AND_VERSION =
            Comparator.comparing(SchemaReference::subject).thenComparingInt(SchemaReference::version);

    private final File file;
    private final SchemaContent content;
    private final List<Reference> references;
    private final Names names;
    private final String recordName;
    private final List<Import> imports;
    private volatile @Nullable File normalForm;
    private volatile @Nullable FileDescriptor descriptor;

    private ProtobufSchema(
            File file,
            SchemaContent content,
            List<Reference> references,
            String recordName,
            List<Import> imports,
            @Nullable FileDescriptor descriptor) {
        this.file = file;
        this.content = content;
        this.references = references;
        this.names = Names.of(file, references);
        this.recordName = recordName;
        this.imports = imports;
        this.descriptor = descriptor;
    }

    /**
     * Parses a schema that imports nothing but well-known files.
     *
     * @throws InvalidSchemaException if the text is no .proto file
     */
    public static ProtobufSchema parse(String text) {
        Objects.requireNonNull(text, "text");
        return parse(SchemaContent.of(SchemaType.PROTOBUF, text), ReferenceResolver.NONE, Strictness.LENIENT);
    }

    /**
     * Parses the schema in a file of UTF-8 text, as {@link #parse(String)} does.
     *
     * @throws InvalidSchemaException if it is no .proto file
     * @throws UncheckedIOException if the file cannot be read
     */
    public static ProtobufSchema parse(Path file) {
        Objects.requireNonNull(file, "file");
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the schema in '" + file + "'", e);
        }
    }

    /** Parses with references: for those who have more than a text. */
    static ProtobufSchema parse(SchemaContent schema, ReferenceResolver resolver, Strictness strictness) {
        List<Reference> references = SchemaText.references(resolver.resolve(schema.references()));
        ProtobufSchema parsed = of(SchemaText.parse(schema.text()), schema, references);
        if (strictness == Strictness.STRICT) {
            requireKnownNames(parsed, schema.text());
        }
        return parsed;
    }

    private static void requireKnownNames(ProtobufSchema parsed, String text) {
        try {
            parsed.normalForm = NormalForm.of(parsed.file, parsed.names);
        } catch (NameProblem e) {
            throw SchemaText.placed(e, text);
        }
    }

    private static ProtobufSchema of(File file, SchemaContent request, List<Reference> references) {
        SchemaContent content = request.withText(ProtoPrinter.print(file));
        String first = file.messages().stream()
                .findFirst()
                .map(message -> Names.within(file.packageName(), message.name()))
                .orElse("");
        return new ProtobufSchema(file, content, references, first, List.of(), null);
    }

    /**
     * The schema of a message that the application has, with all that its file imports. The well-known files need no reference.
     *
     * @param message generated, or made at run time
     */
    public static ProtobufSchema of(Descriptor message) {
        Objects.requireNonNull(message, "message");
        return of(message, ProtobufSettings.DEFAULT);
    }

    static ProtobufSchema of(Descriptor message, ProtobufSettings settings) {
        return new Described(settings).schemaOf(message.getFile(), message.getFullName());
    }

    /** Makes schemas of descriptors, one for each file. */
    private static final class Described {
        private final ProtobufSettings settings;
        private final Map<String, ProtobufSchema> known = new LinkedHashMap<>();

        Described(ProtobufSettings settings) {
            this.settings = settings;
        }

        ProtobufSchema schemaOf(FileDescriptor file, String recordName) {
            FileDescriptorProto proto = file.toProto();
            Set<String> imported = new HashSet<>(proto.getDependencyList());
            File tree = TreeOfDescriptor.of(proto);
            List<Import> imports = new ArrayList<>();
            Map<String, Reference> references = new LinkedHashMap<>();
            for (FileDescriptor needed : file.getDependencies()) {
                String name = needed.getFullName();
                if (!settings.skipsKnown() || !KnownFiles.contains(name)) {
                    ProtobufSchema schema = imported(needed);
                    schema.references.forEach(reference -> references.putIfAbsent(reference.name(), reference));
                    references.putIfAbsent(name, new Reference(name, schema.file));
                    if (imported.contains(name)) {
                        String subject = settings.referenceSubject().apply(name);
                        imports.add(new Import(name, subject, settings.looksReferencesUp(), schema));
                    }
                }
            }
            SchemaContent content = SchemaContent.of(SchemaType.PROTOBUF, ProtoPrinter.print(tree));
            return new ProtobufSchema(
                    tree, content, List.copyOf(references.values()), recordName, List.copyOf(imports), file);
        }

        private ProtobufSchema imported(FileDescriptor file) {
            ProtobufSchema schema = known.get(file.getFullName());
            if (schema == null) {
                schema = schemaOf(file, "");
                known.put(file.getFullName(), schema);
            }
            return schema;
        }
    }

    @Override
    public List<Import> imports() {
        return imports;
    }

    @Override
    public ProtobufSchema withReferences(List<SchemaReference> given) {
        return new ProtobufSchema(file, content.withReferences(given), references, recordName, List.of(), descriptor);
    }

    private File normalForm() {
        File known = normalForm;
        if (known == null) {
            known = checked(() -> NormalForm.of(file, names));
            normalForm = known;
        }
        return known;
    }

    /**
     * The file's descriptor, always the same one. If it was made of the text, it is named after the content's GUID: a registry
     * does not know what files are called.
     *
     * @throws InvalidSchemaException if the file makes no sense as a whole: registries keep such files too
     */
    public FileDescriptor descriptor() {
        FileDescriptor known = descriptor;
        return known == null ? link() : known;
    }

    private synchronized FileDescriptor link() {
        FileDescriptor known = descriptor;
        if (known == null) {
            known = checked(() -> Linker.link(content.guid() + ".proto", file, references));
            descriptor = known;
        }
        return known;
    }

    @Override
    public SchemaContent content() {
        return content;
    }

    @Override
    public ProtobufSchema normalized() {
        List<SchemaReference> sorted = content.references().stream()
                .sorted(BY_SUBJECT_AND_VERSION)
                .distinct()
                .toList();
        File normal = normalForm();
        SchemaContent normalContent =
                content.withText(ProtoPrinter.print(normal)).withReferences(sorted);
        return new ProtobufSchema(normal, normalContent, references, recordName, imports, descriptor);
    }

    @Override
    public boolean isEquivalentTo(ParsedSchema other) {
        return other instanceof ProtobufSchema that && content.text().equals(that.content.text());
    }

    @Override
    public List<Incompatibility> incompatibilitiesWith(
            ParsedSchema writer, Direction direction, CompatibilityPolicy policy) {
        if (!(writer instanceof ProtobufSchema that)) {
            throw new IllegalArgumentException("A Protobuf schema cannot be compared with one of type "
                    + writer.content().type());
        }
        return ReaderCheck.incompatibilities(file, names, that.file, that.names, direction);
    }

    /**
     * The text; under the name {@code serialized} as a descriptor in base64, under {@code ignore_extensions} without the extensions it
     * defines.
     */
    @Override
    public String text(String spelling) {
        return switch (spelling) {
            case "serialized" -> serialized();
            case "ignore_extensions" -> ProtoPrinter.print(WithoutExtensions.of(file));
            default -> content.text();
        };
    }

    private String serialized() {
        FileDescriptorProto written =
                checked(() -> DescriptorWriter.asWritten(file, names).write(UNNAMED, file.imports()));
        return Base64.getEncoder().encodeToString(written.toByteArray());
    }

    /** What needs every name to mean something, and may find that one does not. */
    private <T> T checked(Supplier<T> work) {
        try {
            return work.get();
        } catch (NameProblem e) {
            throw SchemaText.placed(e, content.text());
        }
    }

    /** The full name of the message that the schema was made of, or else of the first in the file. */
    @Override
    public Optional<String> recordName() {
        return recordName.isEmpty() ? Optional.empty() : Optional.of(recordName);
    }

    @Override
    public List<String> topLevelFields() {
        return file.messages().stream()
                .findFirst()
                .map(ProtobufSchema::fieldNames)
                .orElse(List.of());
    }

    private static List<String> fieldNames(Message message) {
        List<String> fields = new ArrayList<>();
        message.all(Field.class).forEach(field -> fields.add(field.name()));
        message.all(Oneof.class).forEach(oneof -> oneof.fields().forEach(field -> fields.add(field.name())));
        return fields;
    }

    /** Requires what records need: that the file makes sense as a whole. */
    @Override
    public void requireValidFields() {
        descriptor();
    }

    @Override
    public List<SchemaTags> tags() {
        return InlineTags.of(file);
    }

    @Override
    public SchemaContent withTags(List<SchemaTags> inherited, List<SchemaTags> remove, List<SchemaTags> add) {
        return content.withText(ProtoPrinter.print(InlineTags.change(file, inherited, remove, add)));
    }

    File file() {
        return file;
    }

    /** Whether both have the same text, references, metadata and rules. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ProtobufSchema that && content.equals(that.content);
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
