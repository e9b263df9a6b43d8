package io.concordat.engine;

import io.concordat.api.AssociatedResource;
import io.concordat.api.Association;
import io.concordat.api.Compatibility;
import io.concordat.api.CompatibilityReport;
import io.concordat.api.Config;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.LookupOptions;
import io.concordat.api.Metadata;
import io.concordat.api.Mode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.RegistrySettings;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.SchemaFormat;
import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.LogRecord;
import io.concordat.engine.record.LogEvent;
import io.concordat.engine.record.RecordFormat;
import io.concordat.engine.state.RegistryState;
import io.concordat.engine.state.SubjectState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The registry itself, over a log: it decides, appends, and replays.
 *
 * <p>Safe for many threads. Reads are answered from memory, without a lock, whatever the log is doing. Writes wait for the
 * log; each also has a twin that does not. What is answered has been made durable and can be read.
 */
public final class RegistryEngine implements Registry {
    private static final Logger LOG = System.getLogger(RegistryEngine.class.getName());

    private final EventLog log;
    private final Formats formats;
    private final Duration writeTimeout;
    private final RegistryState state = new RegistryState();
    private final EffectiveSettings effective;
    private final Lookup lookup;
    private final RegistryReads reads;
    private final CompatibilityChecker checker;
    private final Registration registration;
    private final Deletion deletion;
    private final SettingsChange settingsChange;
    private final Settings settings = new Settings();
    private final AtomicLong setAside = new AtomicLong();
    /** Only the thread that replays looks at it. */
    private boolean encryptionReported;

    private volatile boolean opened;

    private final EventLog.Tail tail;
    private final CommitLoop commits;
    private final Associations associations;

    private RegistryEngine(Builder builder) {
        log = builder.log;
        formats = new Formats(builder.formats.isEmpty() ? Formats.installed() : builder.formats);
        writeTimeout = builder.writeTimeout;
        effective = new EffectiveSettings(builder.defaultLevel);
        SchemaParser parser = new SchemaParser(formats, state);
        lookup = new Lookup(parser, effective);
        reads = new RegistryReads(state, lookup);
        checker = new CompatibilityChecker(parser);
        registration = new Registration(effective, lookup, checker);
        deletion = new Deletion(state, effective);
        settingsChange = new SettingsChange(state, effective);
        tail = log.tail(0, this::replay);
        commits = new CommitLoop(log, state, builder.deposed);
        opened = true;
        if (builder.leading) {
            openFirstWriter();
        }
        associations = new Associations(
                state, commits, new AssociationChange(state, effective, registration, deletion, UUID::randomUUID));
    }

    private void openFirstWriter() {
        try {
            commits.lead();
        } catch (RuntimeException | Error e) {
            commits.close();
            throw e;
        }
    }

    /** A registry over that log, with the schema languages on the class path. */
    public static RegistryEngine open(EventLog log) {
        return builder(log).open();
    }

    public static Builder builder(EventLog log) {
        return new Builder(log);
    }

    /** What a registry needs to know before it opens. */
    public static final class Builder {
        private final EventLog log;
        private List<SchemaFormat> formats = List.of();
        private Compatibility defaultLevel = Compatibility.BACKWARD;
        private Duration writeTimeout = Duration.ofSeconds(30);
        private boolean leading = true;
        private Runnable deposed = () -> {};

        private Builder(EventLog log) {
            this.log = Objects.requireNonNull(log, "log");
        }

        /** The schema languages to understand; without any, those on the class path. */
        public Builder formats(Collection<? extends SchemaFormat> newFormats) {
            formats = List.copyOf(newFormats);
            return this;
        }

        /** The compatibility level where none is set. */
        public Builder defaultCompatibility(Compatibility level) {
            defaultLevel = Objects.requireNonNull(level, "level");
            return this;
        }

        /** How long a blocking write waits for the log. */
        public Builder writeTimeout(Duration timeout) {
            writeTimeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /**
         * Makes it one of several registries over one log: it only reads until it is told to {@link RegistryEngine#lead}.
         *
         * @param whenDeposed called, on a thread that must not be held up, when another registry turns out to write
         */
        public Builder follower(Runnable whenDeposed) {
            leading = false;
            deposed = Objects.requireNonNull(whenDeposed, "whenDeposed");
            return this;
        }

        /**
         * Replays the log and becomes its writer, unless it is to follow. The registry closes the log with itself.
         *
         * @throws io.concordat.engine.log.LogException if the log cannot be read or written
         */
        public RegistryEngine open() {
            return new RegistryEngine(this);
        }
    }

    private void replay(List<LogRecord> batch) {
        for (LogRecord record : batch) {
            LogEvent event = RecordFormat.decode(record);
            if (event instanceof LogEvent.SchemaRow row) {
                reportOnceIfEncrypted(row);
            }
            Optional<String> trouble = apply(event, record);
            trouble.ifPresent(reason -> {
                setAside.incrementAndGet();
                LOG.log(Level.WARNING, () -> "Log record " + record.offset() + " is set aside: " + reason);
            });
            if (trouble.isPresent() && opened && event instanceof LogEvent.SchemaRow row) {
                putRight(row);
            }
        }
    }

    /** What is wrong with a record, if it cannot be taken in. Nothing in a log may keep the rest of it from being read. */
    private Optional<String> apply(LogEvent event, LogRecord record) {
        try {
            return event instanceof LogEvent.Unknown unknown
                    ? Optional.of(unknown.reason())
                    : state.apply(event, record.timestamp());
        } catch (RuntimeException e) {
            return Optional.of(e.toString());
        }
    }

    /**
     * Writes what holds for a version over a record that contradicts it. Otherwise the log would forget, in favour of that
     * record, the one that holds.
     */
    private void putRight(LogEvent.SchemaRow contradicting) {
        if (commits.leads()) {
            CompletionStage<Boolean> unused = commits.submit(view -> new Decision<>(
                    List.of(view.subject(contradicting.subject())
                            .find(contradicting.version())
                            .<LogEvent>map(held -> new LogEvent.SchemaRow(
                                    held.subject(), held.version(), held.id(), held.content(), held.deleted()))
                            .orElseGet(() ->
                                    new LogEvent.SchemaRemoved(contradicting.subject(), contradicting.version()))),
                    true));
        }
    }

    private void reportOnceIfEncrypted(LogEvent.SchemaRow row) {
        boolean encrypted = row.content()
                .metadata()
                .filter(metadata -> metadata.properties().containsKey(Metadata.ENCRYPTED_PROPERTY))
                .isPresent();
        if (encrypted && !encryptionReported) {
            encryptionReported = true;
            LOG.log(
                    Level.WARNING,
                    () -> "Subject '" + row.subject() + "' version " + row.version()
                            + ", perhaps among others, has metadata"
                            + " that another registry has encrypted; it is served as it is stored");
        }
    }

    /**
     * Becomes the writer of the log. Waits for it: when this returns, all that earlier writers were answered for can be read.
     *
     * @throws io.concordat.engine.log.LogException if the log cannot be written; this registry follows then
     */
    public void lead() {
        commits.lead();
    }

    /** Lets the write under way finish, and refuses others from then on with {@link ErrorCode#UNKNOWN_LEADER}. */
    public void follow() {
        commits.follow();
    }

    /** Whether writes are decided here. */
    public boolean leads() {
        return commits.leads();
    }

    /** How many records of the log were not understood, or contradicted others, and have been left where they are. */
    public long recordsSetAside() {
        return setAside.get();
    }

    @Override
    public RegisteredSchema register(Subject subject, SchemaContent schema, RegisterOptions options) {
        CallerThread caller = new CallerThread();
        RegisteredSchema registered = await(registerAsync(subject, schema, options, caller), caller);
        return options.spelling().isEmpty() ? registered : spelled(registered, options.spelling());
    }

    private RegisteredSchema spelled(RegisteredSchema row, String spelling) {
        return new RegisteredSchema(
                row.subject(),
                row.version(),
                row.id(),
                row.guid(),
                row.content().withText(reads.text(row, spelling)),
                row.timestamp(),
                row.deleted());
    }

    /**
     * Registers without waiting for the log.
     *
     * @param preparer runs what takes time: parsing and judging the schema
     * @return completes on the writer's thread or the preparer's
     */
    public CompletionStage<RegisteredSchema> registerAsync(
            Subject subject, SchemaContent schema, RegisterOptions options, Executor preparer) {
        return registerAsync(
                subject, schema, options, options.propagateTags() ? TagChange.PROPAGATE : TagChange.NONE, preparer);
    }

    /** The same, with the tags in the schema's text changed first. */
    public CompletionStage<RegisteredSchema> registerAsync(
            Subject subject, SchemaContent schema, RegisterOptions options, TagChange tags, Executor preparer) {
        RegistrationRequest request = new RegistrationRequest(subject, schema, options, tags);
        return PreparedTask.start(new RegistrationWork(registration, state, request), commits, preparer);
    }

    /**
     * Registers a live version anew, with something about it changed.
     *
     * @param preparer runs what takes time
     * @return fails with {@link ErrorCode#SUBJECT_NOT_FOUND} or {@link ErrorCode#VERSION_NOT_FOUND}, or as registering does
     */
    public CompletionStage<RegisteredSchema> amendAsync(
            Subject subject, VersionSpec version, Amendment amendment, Executor preparer) {
        RegisteredSchema base = reads.version(subject, version, Deleted.EXCLUDED);
        return registerAsync(subject, amendment.of(base.content()), amendment.options(), amendment.tags(), preparer);
    }

    @Override
    public RegisteredSchema lookUp(Subject subject, SchemaContent schema, LookupOptions options) {
        return lookup.find(state, subject, schema, options);
    }

    /** The same, if it takes no parsing. Empty does not say that there is no such version. */
    public Optional<RegisteredSchema> lookUpAtOnce(Subject subject, SchemaContent schema, LookupOptions options) {
        return lookup.findAtOnce(state, subject, schema, options);
    }

    @Override
    public RegisteredSchema schema(SchemaId id) {
        return reads.schema(Subject.all(id.context()), id.id());
    }

    @Override
    public SchemaContent schema(UUID guid) {
        return reads.row(guid).content();
    }

    @Override
    public List<SchemaId> ids(UUID guid) {
        return reads.ids(guid);
    }

    @Override
    public RegisteredSchema version(Subject subject, VersionSpec version, Deleted deleted) {
        return reads.version(subject, version, deleted);
    }

    @Override
    public RegisteredSchema newestWith(Map<String, String> properties, Subject subject) {
        return reads.newestWith(properties, subject, Deleted.EXCLUDED);
    }

    @Override
    public List<Subject> associated(String cluster, String topic, String part) {
        AssociationFilter filter = new AssociationFilter(AssociatedResource.TOPIC, Set.of(part), Set.of());
        return associations
                .ofResource(cluster, topic, filter)
                .map(Association::subject)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<Integer> versions(Subject subject, Deleted deleted) {
        return reads.versions(subject, deleted).stream()
                .map(RegisteredSchema::version)
                .toList();
    }

    @Override
    public List<Subject> subjects(String prefix, Deleted deleted) {
        return reads.subjects(prefix, deleted).toList();
    }

    /** Everything that can be asked, beyond what every registry answers. */
    public RegistryReads reads() {
        return reads;
    }

    @Override
    public CompatibilityReport check(Subject subject, VersionSpec version, SchemaContent schema) {
        return check(subject, version, schema, false);
    }

    /** The same, with the schema brought into its normal form first if asked for. */
    public CompatibilityReport check(Subject subject, VersionSpec version, SchemaContent schema, boolean normalize) {
        Config config = effective.config(state, subject);
        ParsedSchema parsed = parseForCheck(subject, schema, normalize, config);
        SubjectState versions = state.subject(subject);
        Optional<RegisteredSchema> old = versions.find(version).filter(row -> !row.deleted());
        if (old.isEmpty() && !version.isLatest()) {
            throw versions.has(Deleted.EXCLUDED) ? Deletion.versionNotFound(version) : Lookup.subjectNotFound(subject);
        }
        return old.map(row -> checker.check(state, parsed, row, config)).orElse(CompatibilityReport.COMPATIBLE);
    }

    @Override
    public CompatibilityReport check(Subject subject, SchemaContent schema) {
        return check(subject, schema, false);
    }

    /** The same, with the schema brought into its normal form first if asked for. */
    public CompatibilityReport check(Subject subject, SchemaContent schema, boolean normalize) {
        Config config = effective.config(state, subject);
        ParsedSchema parsed = parseForCheck(subject, schema, normalize, config);
        return checker.check(state, parsed, state.subject(subject), config);
    }

    private ParsedSchema parseForCheck(Subject subject, SchemaContent schema, boolean normalize, Config config) {
        if (schema.text().isBlank()) {
            throw new RegistryException(ErrorCode.INVALID_SCHEMA, "Empty schema");
        }
        boolean strict = config.validateNewSchemas().orElse(true);
        ParsedSchema parsed = lookup.parsed(
                schema,
                new References(state, subject, false),
                strict ? SchemaFormat.Strictness.STRICT : SchemaFormat.Strictness.LENIENT);
        return normalize || config.normalize().orElse(false) ? parsed.normalized() : parsed;
    }

    @Override
    public List<Integer> deleteSubject(Subject subject, boolean permanent) {
        return await(deleteSubjectAsync(subject, permanent));
    }

    public CompletionStage<List<Integer>> deleteSubjectAsync(Subject subject, boolean permanent) {
        return commits.submit(view -> deletion.subject(view, subject, permanent));
    }

    @Override
    public int deleteVersion(Subject subject, VersionSpec version, boolean permanent) {
        return await(deleteVersionAsync(subject, version, permanent));
    }

    public CompletionStage<Integer> deleteVersionAsync(Subject subject, VersionSpec version, boolean permanent) {
        return commits.submit(view -> deletion.version(view, subject, version, permanent));
    }

    /**
     * Forgets a context without subjects; one that is not there is forgotten already.
     *
     * @return fails with {@link ErrorCode#CONTEXT_NOT_EMPTY} if there is a subject, be it soft-deleted
     */
    public CompletionStage<Context> deleteContextAsync(Context context) {
        return commits.submit(view -> deletion.context(view, context));
    }

    @Override
    public RegistrySettings settings() {
        return settings;
    }

    /** What resources outside the registry use its subjects. */
    public Associations associations() {
        return associations;
    }

    public CompletionStage<Config> updateConfigAsync(Subject scope, ConfigUpdate update) {
        return commits.submit(view -> settingsChange.updateConfig(view, scope, update));
    }

    public CompletionStage<Config> deleteConfigAsync(Subject scope) {
        return commits.submit(view -> settingsChange.deleteConfig(view, scope));
    }

    public CompletionStage<Mode> updateModeAsync(Subject scope, Mode mode, boolean force) {
        return commits.submit(view -> settingsChange.updateMode(view, scope, mode, force));
    }

    /** Removes a scope's mode if it has one. */
    public CompletionStage<Optional<Mode>> clearModeAsync(Subject scope) {
        return commits.submit(view -> settingsChange.clearMode(view, scope));
    }

    /**
     * Removes a scope's mode.
     *
     * @param recursive whether the modes of all subjects of the context go too
     * @return what it was; empty only if recursive
     */
    public CompletionStage<Optional<Mode>> deleteModeAsync(Subject scope, boolean recursive) {
        return commits.submit(view -> settingsChange.deleteMode(view, scope, recursive));
    }

    @Override
    public List<SchemaType> schemaTypes() {
        return formats.types();
    }

    @Override
    public String clusterId() {
        return state.marks().map(LogEvent.Marks::clusterId).orElseGet(log::clusterId);
    }

    /** Finishes the write under way, refuses those that wait, and closes the log. */
    @Override
    public void close() {
        commits.close();
        tail.close();
        log.close();
    }

    private <R> R await(CompletionStage<R> answer) {
        return await(answer, new CallerThread());
    }

    private <R> R await(CompletionStage<R> answer, CallerThread caller) {
        try {
            return caller.await(answer.toCompletableFuture(), writeTimeout);
        } catch (TimeoutException e) {
            throw new RegistryException(
                    ErrorCode.OPERATION_TIMED_OUT,
                    "The log has not answered within " + writeTimeout + "; the write may still take effect",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(
                    ErrorCode.OPERATION_TIMED_OUT,
                    "Interrupted while waiting for the log; the write may take effect",
                    e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private static RuntimeException unwrapped(ExecutionException failure) {
        Throwable cause = failure.getCause();
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RegistryException refused) {
            return refused;
        }
        return cause instanceof RuntimeException unexpected
                ? unexpected
                : new IllegalStateException("A write ended in an error", failure);
    }

    /** The settings, read from the state and written through the log. */
    private final class Settings implements RegistrySettings {
        @Override
        public Config config(Subject scope) {
            return effective
                    .own(state, scope)
                    .orElseThrow(() -> new RegistryException(
                            ErrorCode.NO_SUBJECT_COMPATIBILITY,
                            "Subject '" + scope + "' does not have subject-level compatibility configured"));
        }

        @Override
        public Config effectiveConfig(Subject scope) {
            return effective.config(state, scope);
        }

        @Override
        public Config updateConfig(Subject scope, ConfigUpdate update) {
            return await(updateConfigAsync(scope, update));
        }

        @Override
        public Config deleteConfig(Subject scope) {
            return await(deleteConfigAsync(scope));
        }

        @Override
        public Mode mode(Subject scope) {
            return state.mode(scope)
                    .or(() -> scope.equals(GLOBAL) ? Optional.of(effectiveMode(scope)) : Optional.empty())
                    .orElseThrow(() -> new RegistryException(
                            ErrorCode.NO_SUBJECT_MODE,
                            "Subject '" + scope + "' does not have subject-level mode configured"));
        }

        @Override
        public Mode effectiveMode(Subject scope) {
            return effective.mode(state, scope);
        }

        @Override
        public Mode updateMode(Subject scope, Mode mode, boolean force) {
            return await(updateModeAsync(scope, mode, force));
        }

        @Override
        public Mode deleteMode(Subject scope) {
            return await(deleteModeAsync(scope, false)).orElseThrow();
        }
    }
}
