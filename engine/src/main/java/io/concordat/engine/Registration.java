package io.concordat.engine;

import io.concordat.api.CompatibilityReport;
import io.concordat.api.Config;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.IncompatibleSchemaException;
import io.concordat.api.Metadata;
import io.concordat.api.Mode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.SubjectVersion;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.SchemaFormat.Strictness;
import io.concordat.engine.record.LogEvent;
import io.concordat.engine.record.LogEvent.ContextRow;
import io.concordat.engine.record.LogEvent.SchemaRemoved;
import io.concordat.engine.record.LogEvent.SchemaRow;
import io.concordat.engine.state.RegistryView;
import io.concordat.engine.state.SubjectState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How a schema gets registered: everything that takes time is prepared on the caller's thread, against the state as it is;
 * what is left to decide takes none.
 */
final class Registration {
    private final EffectiveSettings settings;
    private final Lookup lookup;
    private final CompatibilityChecker checker;

    Registration(EffectiveSettings settings, Lookup lookup, CompatibilityChecker checker) {
        this.settings = settings;
        this.lookup = lookup;
        this.checker = checker;
    }

    /** What preparing came to: the version is there already, or it can be decided. */
    sealed interface Prepared {
        record Known(RegisteredSchema row) implements Prepared {}

        record Candidate(Command<RegisteredSchema> command) implements Prepared {}
    }

    /**
     * Does all that needs no order among writers.
     *
     * @throws RegistryException if the schema is refused
     */
    Prepared prepare(RegistryView view, RegistrationRequest asked) {
        Subject subject = asked.subject();
        SchemaContent request = asked.schema();
        RegisterOptions options = asked.options();
        request.ruleSet().ifPresent(RuleSets::requireValid);
        Subjects.requireOne(subject);
        long settingsVersion = view.settingsVersion();
        Config config = settings.config(view, subject);
        SubjectState state = view.subject(subject);
        Optional<RegisteredSchema> known = asked.tags().equals(TagChange.NONE)
                ? findKnown(view, subject, state, request, options, config)
                : Optional.empty();
        if (known.isPresent()) {
            return new Prepared.Known(known.get());
        }
        Mode mode = settings.mode(view, subject);
        requireMode(mode, subject, options);
        References references = new References(view, subject, false);
        ParsedSchema schema = parse(view, state, asked, config, mode, references);
        if (options.version() == RegisterOptions.NEXT_VERSION) {
            Optional<RegisteredSchema> same = lookup.exact(view, subject, state, schema.content(), Deleted.EXCLUDED)
                    .or(() -> lookup.equivalent(view, state, schema, schema.content(), Deleted.EXCLUDED))
                    .filter(row -> !options.hasId() || row.id() == options.id());
            if (same.isPresent()) {
                return new Prepared.Known(same.get());
            }
        }
        if (!mode.isImport()) {
            requireCompatible(view, subject, state, schema, options, config);
            requireNextVersion(state, options);
        }
        Map<Subject, SubjectState> basis = new LinkedHashMap<>(references.seen());
        basis.put(subject, state);
        return new Prepared.Candidate(
                new Candidate(subject, schema.content(), options, mode.isImport(), basis, settingsVersion));
    }

    /** Registering what is there already succeeds whatever the mode, and writes nothing. */
    private Optional<RegisteredSchema> findKnown(
            RegistryView view,
            Subject subject,
            SubjectState state,
            SchemaContent request,
            RegisterOptions options,
            Config config) {
        if (request.text().isBlank() || options.version() > 0 || adds(config) || state.isEmpty()) {
            return Optional.empty();
        }
        ParsedSchema schema = lookup.parse(
                view,
                subject,
                request,
                options.normalize() || config.normalize().orElse(false));
        Optional<RegisteredSchema> found = options.version() == RegisterOptions.NEXT_VERSION
                ? lookup.find(view, subject, schema, Deleted.EXCLUDED)
                : state.latest().filter(row -> lookup.isSame(view, row, schema, schema.content()));
        return found.filter(row -> !options.hasId() || row.id() == options.id());
    }

    private static boolean adds(Config config) {
        return config.defaultMetadata().isPresent()
                || config.overrideMetadata().isPresent()
                || config.defaultRuleSet().isPresent()
                || config.overrideRuleSet().isPresent();
    }

    private static void requireMode(Mode mode, Subject subject, RegisterOptions options) {
        if (mode.isReadOnly()) {
            throw Modes.notPermitted(subject, "is in read-only mode");
        }
        if (mode.isImport() && !options.hasId()) {
            throw Modes.notPermitted(subject, "is not in read-write mode");
        }
        if (!mode.isImport() && options.hasId()) {
            throw Modes.notPermitted(subject, "is not in import mode");
        }
    }

    private ParsedSchema parse(
            RegistryView view,
            SubjectState state,
            RegistrationRequest asked,
            Config config,
            Mode mode,
            References references) {
        SchemaContent schema = withText(asked.schema(), state);
        if (mode.isImport()) {
            return tagged(view, state, lookup.parsed(schema, references, Strictness.LENIENT), asked, references);
        }
        Optional<SchemaContent> latest = state.latest().map(RegisteredSchema::content);
        SchemaContent merged = withVersion(merge(schema, latest, config), asked.options(), state.highestVersion() + 1);
        boolean strict = config.validateNewSchemas().orElse(true);
        ParsedSchema parsed = tagged(
                view,
                state,
                lookup.parsed(merged, references, strict ? Strictness.STRICT : Strictness.LENIENT),
                asked,
                references);
        if (config.validateFields().orElse(false)) {
            requireValidFields(parsed, state);
        }
        return asked.options().normalize() || config.normalize().orElse(false) ? parsed.normalized() : parsed;
    }

    /** Later versions are held against the reserved names by the compatibility check, which gives its reasons. */
    private static void requireValidFields(ParsedSchema schema, SubjectState state) {
        try {
            schema.requireValidFields();
        } catch (InvalidSchemaException e) {
            throw Lookup.invalid(schema.content(), e);
        }
        if (state.rows(Deleted.EXCLUDED).isEmpty()) {
            CompatibilityChecker.reservedFieldsIn(schema).stream().findFirst().ifPresent(field -> {
                throw Lookup.invalid(
                        schema.content(),
                        new InvalidSchemaException(
                                "The new schema has field that conflicts with the reserved field " + field + "."));
            });
        }
    }

    /** A request without a text means the latest one. */
    private static SchemaContent withText(SchemaContent request, SubjectState state) {
        return request.text().isBlank()
                ? state.latest()
                        .map(row ->
                                row.content().withMetadata(request.metadata()).withRuleSet(request.ruleSet()))
                        .orElseThrow(() -> new RegistryException(ErrorCode.INVALID_SCHEMA, "Empty schema"))
                : request;
    }

    private ParsedSchema tagged(
            RegistryView view,
            SubjectState state,
            ParsedSchema schema,
            RegistrationRequest asked,
            References references) {
        if (asked.tags().equals(TagChange.NONE)) {
            return schema;
        }
        Optional<ParsedSchema> latest =
                asked.tags().propagate() ? state.latest().map(row -> lookup.stored(view, row)) : Optional.empty();
        return lookup.parsed(Tagging.tagged(schema, asked.tags(), latest), references, Strictness.LENIENT);
    }

    /** What a schema does not say itself it takes over from the latest version; then the settings add theirs. */
    static SchemaContent merge(SchemaContent schema, Optional<SchemaContent> latest, Config config) {
        Optional<Metadata> metadata = schema.metadata().or(() -> latest.flatMap(SchemaContent::metadata));
        var ruleSet = schema.ruleSet().or(() -> latest.flatMap(SchemaContent::ruleSet));
        return schema.withMetadata(RuleSets.mergeMetadata(
                        RuleSets.mergeMetadata(config.defaultMetadata(), metadata), config.overrideMetadata()))
                .withRuleSet(
                        RuleSets.merge(RuleSets.merge(config.defaultRuleSet(), ruleSet), config.overrideRuleSet()));
    }

    /** A request that names a version, or metadata that has one, gets the version it becomes. */
    private static SchemaContent withVersion(SchemaContent schema, RegisterOptions options, int version) {
        Optional<Metadata> metadata = schema.metadata();
        boolean named = metadata.isPresent() && metadata.get().properties().containsKey(Metadata.VERSION_PROPERTY);
        if (options.version() == RegisterOptions.NEXT_VERSION && !named) {
            return schema;
        }
        SortedMap<String, String> property = new TreeMap<>();
        property.put(Metadata.VERSION_PROPERTY, Integer.toString(version));
        return schema.withMetadata(RuleSets.mergeMetadata(metadata, Optional.of(Metadata.ofProperties(property))));
    }

    private void requireCompatible(
            RegistryView view,
            Subject subject,
            SubjectState state,
            ParsedSchema schema,
            RegisterOptions options,
            Config config) {
        if (options.force()) {
            return;
        }
        CompatibilityReport report = checker.check(view, schema, state, config);
        if (!report.compatible()) {
            throw new IncompatibleSchemaException(
                    "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                            + "\", details: " + report.messages(),
                    report);
        }
    }

    private static void requireNextVersion(SubjectState state, RegisterOptions options) {
        if (options.version() > 0 && options.version() != state.highestVersion() + 1) {
            throw new RegistryException(ErrorCode.INVALID_SCHEMA, "Version is not one more than previous version");
        }
    }

    /** A schema that may be registered, as long as nothing it was judged by has changed. */
    private record Candidate(
            Subject subject,
            SchemaContent content,
            RegisterOptions options,
            boolean importing,
            Map<Subject, SubjectState> basis,
            long settingsVersion)
            implements Command<RegisteredSchema> {

        @Override
        public boolean joinsOthers() {
            // An import may take a version's place, and so retire an id.
            return !importing;
        }

        @Override
        public Decision<RegisteredSchema> decide(RegistryView tip) {
            requireUnchanged(tip);
            UUID guid = content.guid();
            int id = importing
                    ? explicitId(tip)
                    : tip.idOf(subject.context(), content, guid).orElseGet(() -> nextId(tip));
            SubjectState state = tip.subject(subject);
            int version = importing && options.version() > 0 ? options.version() : state.highestVersion() + 1;
            List<LogEvent> events = new ArrayList<>();
            if (!tip.hasContext(subject.context())) {
                events.add(new ContextRow(subject.context()));
            }
            supersededBy(tip, state, id, version).forEach(events::add);
            events.add(SchemaRow.live(subject, version, id, content));
            return new Decision<>(
                    events, new RegisteredSchema(subject, version, id, guid, content, Optional.empty(), false));
        }

        private void requireUnchanged(RegistryView tip) {
            boolean unchanged = tip.settingsVersion() == settingsVersion
                    && basis.entrySet().stream().allMatch(entry -> tip.subject(entry.getKey()) == entry.getValue());
            if (!unchanged) {
                throw new StaleException();
            }
        }

        private int explicitId(RegistryView tip) {
            Optional<SchemaContent> named = tip.content(new SchemaId(subject.context(), options.id()));
            if (named.isPresent() && !named.get().equals(content)) {
                throw new RegistryException(
                        ErrorCode.OPERATION_NOT_PERMITTED,
                        "Overwrite new schema with id " + options.id() + " in context " + Modes.shown(subject.context())
                                + " is not permitted.");
            }
            return options.id();
        }

        private int nextId(RegistryView tip) {
            int highest = Math.max(0, tip.highestId(subject.context()));
            if (highest == Integer.MAX_VALUE) {
                throw new RegistryException(
                        ErrorCode.OPERATION_NOT_PERMITTED,
                        "Context '" + subject.context() + "' has no id left: " + highest
                                + " was handed out, and ids are never used twice. Register in another context.");
            }
            return highest + 1;
        }

        /** Soft-deleted versions of the same content give way to the new one, unless something refers to them. */
        private List<LogEvent> supersededBy(RegistryView tip, SubjectState state, int id, int version) {
            return state.rows(Deleted.ONLY).stream()
                    .filter(row -> row.id() == id && row.version() < version)
                    .filter(row -> tip.referrers(new SubjectVersion(subject, row.version()))
                            .isEmpty())
                    .<LogEvent>map(row -> new SchemaRemoved(subject, row.version()))
                    .toList();
        }
    }
}
