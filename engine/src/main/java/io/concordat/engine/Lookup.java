package io.concordat.engine;

import io.concordat.api.Config;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.LookupOptions;
import io.concordat.api.Metadata;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.SchemaFormat.Strictness;
import io.concordat.engine.state.RegistryView;
import io.concordat.engine.state.SubjectState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the version of a subject that a schema is. */
final class Lookup {
    private static final Metadata NO_METADATA = Metadata.ofProperties(Map.of());

    private final SchemaParser parser;
    private final EffectiveSettings settings;

    Lookup(SchemaParser parser, EffectiveSettings settings) {
        this.parser = parser;
        this.settings = settings;
    }

    /** @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND}, {@link ErrorCode#SCHEMA_NOT_FOUND} */
    RegisteredSchema find(RegistryView view, Subject subject, SchemaContent schema, LookupOptions options) {
        Deleted visible = options.deleted() ? Deleted.INCLUDED : Deleted.EXCLUDED;
        SubjectState state = view.subject(subject);
        Config config = settings.config(view, subject);
        if (schema.text().isBlank()) {
            throw state.has(visible) ? schemaNotFound() : subjectNotFound(subject);
        }
        ParsedSchema parsed = parse(
                view, subject, schema, options.normalize() || config.normalize().orElse(false));
        if (!state.has(visible)) {
            return elsewhere(view, subject, parsed, visible).orElseThrow(() -> subjectNotFound(subject));
        }
        return find(view, subject, parsed, visible)
                .or(() -> find(view, subject, state, parsed, merged(parsed.content(), state, config), visible))
                .or(() -> elsewhere(view, subject, parsed, visible))
                .orElseThrow(Lookup::schemaNotFound);
    }

    /** The version that carries exactly this content, if the schema has been parsed before and is taken as it is. */
    Optional<RegisteredSchema> findAtOnce(
            RegistryView view, Subject subject, SchemaContent schema, LookupOptions options) {
        if (options.normalize() || settings.config(view, subject).normalize().orElse(false)) {
            return Optional.empty();
        }
        Deleted visible = options.deleted() ? Deleted.INCLUDED : Deleted.EXCLUDED;
        return parser.known(schema)
                .flatMap(parsed -> exact(view, subject, view.subject(subject), parsed.content(), visible));
    }

    /** Parses what a caller looks for, as leniently as what is stored. */
    ParsedSchema parse(RegistryView view, Subject subject, SchemaContent schema, boolean normalize) {
        References references = new References(view, subject, true);
        ParsedSchema parsed = parsed(schema, references, Strictness.LENIENT);
        return normalize ? parsed.normalized() : parsed;
    }

    /** Parses what a caller sent; a refusal names the type. */
    ParsedSchema parsed(SchemaContent schema, References references, Strictness strictness) {
        try {
            return parser.parse(
                    schema.withReferences(references.concrete(schema.references())), references, strictness);
        } catch (InvalidSchemaException e) {
            throw invalid(schema, e);
        } catch (RegistryException e) {
            // A type that is not there is said as it is; a reference that is not there makes the schema invalid.
            throw schema.references().isEmpty() ? e : invalid(schema, e);
        }
    }

    /** The version that has this content, or, failing that, the newest one that says the same. */
    Optional<RegisteredSchema> find(RegistryView view, Subject subject, ParsedSchema schema, Deleted visible) {
        SubjectState state = view.subject(subject);
        return find(view, subject, state, schema, schema.content(), visible);
    }

    private Optional<RegisteredSchema> find(
            RegistryView view,
            Subject subject,
            SubjectState state,
            ParsedSchema schema,
            SchemaContent content,
            Deleted visible) {
        return exact(view, subject, state, content, visible)
                .or(() -> equivalent(view, state, schema, content, visible));
    }

    /** The version that carries exactly this content, as the request spells it: without the time it was written. */
    Optional<RegisteredSchema> exact(
            RegistryView view, Subject subject, SubjectState state, SchemaContent content, Deleted visible) {
        OptionalInt id = view.idOf(subject.context(), content, content.guid());
        if (id.isEmpty()) {
            return Optional.empty();
        }
        List<RegisteredSchema> rows = state.rows();
        for (int i = rows.size() - 1; i >= 0; i--) {
            RegisteredSchema row = rows.get(i);
            if (row.id() == id.getAsInt() && visible.accepts(row.deleted())) {
                return Optional.of(withoutTimestamp(row));
            }
        }
        return Optional.empty();
    }

    /** The newest version that says the same in other words. */
    Optional<RegisteredSchema> equivalent(
            RegistryView view, SubjectState state, ParsedSchema schema, SchemaContent content, Deleted visible) {
        List<RegisteredSchema> rows = state.rows();
        for (int i = rows.size() - 1; i >= 0; i--) {
            RegisteredSchema row = rows.get(i);
            if (visible.accepts(row.deleted()) && isSame(view, row, schema, content)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /** Whether a stored version says the same as a schema, its metadata and rules included. */
    boolean isSame(RegistryView view, RegisteredSchema row, ParsedSchema schema, SchemaContent content) {
        SchemaContent stored = row.content();
        return stored.type().equals(content.type())
                && stored.ruleSet().equals(content.ruleSet())
                && sameMetadata(content, row)
                && (content.references().isEmpty() || stored.references().equals(content.references()))
                && (stored.text().equals(content.text())
                        || parser.parse(view, row).isEquivalentTo(schema));
    }

    /** The version property is the registry's own: it only counts when a request names it. */
    private static boolean sameMetadata(SchemaContent request, RegisteredSchema row) {
        Optional<String> wanted = version(request);
        Optional<String> stored = version(row.content());
        Optional<Metadata> metadata = row.content().metadata();
        if (wanted.isPresent() && stored.isEmpty()) {
            return wanted.get().equals(Integer.toString(row.version()))
                    && withoutVersion(request).equals(metadata);
        }
        boolean ignored = wanted.isEmpty() && stored.isPresent();
        return request.metadata().equals(ignored ? withoutVersion(row.content()) : metadata);
    }

    /** A stored version, parsed. */
    ParsedSchema stored(RegistryView view, RegisteredSchema row) {
        return parser.parse(view, row);
    }

    /** A request takes over what it does not say, as registering does. */
    private static SchemaContent merged(SchemaContent request, SubjectState state, Config config) {
        Optional<SchemaContent> latest = state.latest().map(RegisteredSchema::content);
        return Registration.merge(request, latest, config);
    }

    /** A name of the default context may stand for the same name in another one. */
    private Optional<RegisteredSchema> elsewhere(
            RegistryView view, Subject subject, ParsedSchema schema, Deleted visible) {
        if (!subject.context().isDefault() || subject.isWholeContext()) {
            return Optional.empty();
        }
        return view.contextsOf(subject.name()).stream()
                .filter(context -> !context.isDefault())
                .map(context -> new Subject(context, subject.name()))
                .flatMap(other -> find(view, other, schema, visible).stream())
                .findFirst();
    }

    /** A refusal that names the type. */
    static RegistryException invalid(SchemaContent schema, RegistryException cause) {
        return new RegistryException(
                ErrorCode.INVALID_SCHEMA,
                "Invalid schema of type " + schema.type() + ", details: " + cause.getMessage(),
                cause);
    }

    private static Optional<String> version(SchemaContent content) {
        return content.metadata().map(metadata -> metadata.properties().get(Metadata.VERSION_PROPERTY));
    }

    private static Optional<Metadata> withoutVersion(SchemaContent content) {
        return content.metadata().map(Lookup::withoutVersion).filter(metadata -> !metadata.equals(NO_METADATA));
    }

    private static Metadata withoutVersion(Metadata metadata) {
        SortedMap<String, String> properties = new TreeMap<>(metadata.properties());
        properties.remove(Metadata.VERSION_PROPERTY);
        return new Metadata(metadata.tags(), properties, metadata.sensitive());
    }

    private static RegisteredSchema withoutTimestamp(RegisteredSchema row) {
        return new RegisteredSchema(
                row.subject(), row.version(), row.id(), row.guid(), row.content(), Optional.empty(), row.deleted());
    }

    static RegistryException subjectNotFound(Subject subject) {
        return new RegistryException(ErrorCode.SUBJECT_NOT_FOUND, "Subject '" + subject + "' not found.");
    }

    static RegistryException schemaNotFound() {
        return new RegistryException(ErrorCode.SCHEMA_NOT_FOUND, "Schema not found");
    }
}
