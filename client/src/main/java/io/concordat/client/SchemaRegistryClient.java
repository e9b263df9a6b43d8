package io.concordat.client;

import io.concordat.api.Compatibility;
import io.concordat.api.CompatibilityReport;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.LookupOptions;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.RegistrySettings;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.ParsedSchema;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * What an application asks of a schema registry, wherever that is.
 *
 * <p>Safe for many threads; one per application is enough. "Not there" is an empty answer of the methods that return an
 * {@link Optional}; anything else that goes wrong is a {@link RegistryException}.
 */
public final class SchemaRegistryClient implements AutoCloseable {
    private static final Set<ErrorCode> ABSENT =
            Set.of(ErrorCode.SUBJECT_NOT_FOUND, ErrorCode.VERSION_NOT_FOUND, ErrorCode.SCHEMA_NOT_FOUND);

    private static final int ASYNC_THREADS = 32;

    private final Registry registry;
    private final boolean owned;
    private final ExecutorService background = Background.threads(ASYNC_THREADS, "schema-registry-async");

    private SchemaRegistryClient(Registry registry, boolean owned) {
        this.registry = registry;
        this.owned = owned;
    }

    /**
     * A client of the registry at that URL, which remembers what cannot change. Nothing is asked yet.
     *
     * @param url such as {@code http://localhost:8081}; may hold a user and a password
     * @throws IllegalArgumentException if it is not an http or https URL
     */
    public static SchemaRegistryClient connect(String url) {
        return connect(ClientConfig.of(url));
    }

    /** A client of the registry described, which remembers what cannot change. Nothing is asked yet. */
    public static SchemaRegistryClient connect(ClientConfig config) {
        Objects.requireNonNull(config, "config");
        return new SchemaRegistryClient(CachingRegistry.connect(config), true);
    }

    /** A client of that registry as it is, such as one in the same process. It stays open when the client is closed. */
    public static SchemaRegistryClient of(Registry registry) {
        return new SchemaRegistryClient(Objects.requireNonNull(registry, "registry"), false);
    }

    /**
     * Registers a schema, or finds that it is registered there already.
     *
     * @throws RegistryException {@link ErrorCode#INCOMPATIBLE_SCHEMA}, {@link ErrorCode#INVALID_SCHEMA} and others
     */
    public RegisteredSchema register(Subject subject, SchemaContent schema) {
        return register(subject, schema, RegisterOptions.DEFAULT);
    }

    /** Registers a schema that has been parsed, likewise. */
    public RegisteredSchema register(Subject subject, ParsedSchema schema) {
        return register(subject, schema.content());
    }

    /** Registers a schema with all there is to say about how. */
    public RegisteredSchema register(Subject subject, SchemaContent schema, RegisterOptions options) {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(schema, "schema");
        return registry.register(subject, schema, Objects.requireNonNull(options, "options"));
    }

    /**
     * The schema of an id of the default context.
     *
     * @throws RegistryException {@link ErrorCode#SCHEMA_NOT_FOUND}
     */
    public RegisteredSchema schema(int id) {
        return schema(SchemaId.of(id));
    }

    /**
     * The schema of an id.
     *
     * @throws RegistryException {@link ErrorCode#SCHEMA_NOT_FOUND}
     */
    public RegisteredSchema schema(SchemaId id) {
        return registry.schema(Objects.requireNonNull(id, "id"));
    }

    /** The schema of an id of the default context, if there is one. */
    public Optional<RegisteredSchema> findById(int id) {
        return findById(SchemaId.of(id));
    }

    /** The schema of an id, if there is one. */
    public Optional<RegisteredSchema> findById(SchemaId id) {
        return ifPresent(() -> schema(id));
    }

    /** The latest version of a subject, if it has any. */
    public Optional<RegisteredSchema> latest(Subject subject) {
        return ifPresent(() -> version(subject, VersionSpec.LATEST));
    }

    /**
     * A version of a subject.
     *
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND}, {@link ErrorCode#VERSION_NOT_FOUND},
     *     {@link ErrorCode#INVALID_VERSION}
     */
    public RegisteredSchema version(Subject subject, int version) {
        return version(subject, VersionSpec.of(version));
    }

    /** A version of a subject, likewise. */
    public RegisteredSchema version(Subject subject, VersionSpec version) {
        Objects.requireNonNull(subject, "subject");
        return registry.version(subject, Objects.requireNonNull(version, "version"));
    }

    /**
     * The version numbers of a subject, ascending.
     *
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND}
     */
    public List<Integer> versions(Subject subject) {
        return registry.versions(Objects.requireNonNull(subject, "subject"), Deleted.EXCLUDED);
    }

    /** The version under which a schema is registered, if it is. */
    public OptionalInt findVersion(Subject subject, SchemaContent schema) {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(schema, "schema");
        return ifPresent(() -> registry.lookUp(subject, schema, LookupOptions.DEFAULT))
                .map(found -> OptionalInt.of(found.version()))
                .orElseGet(OptionalInt::empty);
    }

    /** The version under which a schema that has been parsed is registered, if it is. */
    public OptionalInt findVersion(Subject subject, ParsedSchema schema) {
        return findVersion(subject, schema.content());
    }

    /**
     * Whether a schema could be registered now, and if not, every reason.
     *
     * @throws RegistryException {@link ErrorCode#INVALID_SCHEMA}, or that nobody could be asked: neither is a verdict
     */
    public CompatibilityReport check(Subject subject, SchemaContent schema) {
        Objects.requireNonNull(subject, "subject");
        return registry.check(subject, Objects.requireNonNull(schema, "schema"));
    }

    /** The same for a schema that has been parsed. */
    public CompatibilityReport check(Subject subject, ParsedSchema schema) {
        return check(subject, schema.content());
    }

    /**
     * Whether a schema could follow one given version, and if not, every reason.
     *
     * @throws RegistryException {@link ErrorCode#VERSION_NOT_FOUND}, {@link ErrorCode#INVALID_SCHEMA}, or that nobody could
     *     be asked
     */
    public CompatibilityReport check(Subject subject, VersionSpec version, SchemaContent schema) {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(version, "version");
        return registry.check(subject, version, Objects.requireNonNull(schema, "schema"));
    }

    /** The same for a schema that has been parsed. */
    public CompatibilityReport check(Subject subject, VersionSpec version, ParsedSchema schema) {
        return check(subject, version, schema.content());
    }

    /**
     * The verdict of {@link #check(Subject, SchemaContent)} with its reasons for programs: rule, path, direction, version, both
     * parts that clash, and advice. Registries of other makes leave them out.
     *
     * @throws RegistryException {@link ErrorCode#INVALID_SCHEMA}, or that nobody could be asked: neither is a verdict
     */
    public CompatibilityReport explain(Subject subject, SchemaContent schema) {
        Objects.requireNonNull(subject, "subject");
        return registry.explain(subject, Objects.requireNonNull(schema, "schema"));
    }

    /** Whether a schema could be registered now. */
    public boolean isCompatible(Subject subject, SchemaContent schema) {
        return check(subject, schema).compatible();
    }

    /** Whether a schema that has been parsed could be registered now. */
    public boolean isCompatible(Subject subject, ParsedSchema schema) {
        return isCompatible(subject, schema.content());
    }

    /** The level that holds wherever nothing else was set. */
    public Compatibility compatibility() {
        return compatibility(RegistrySettings.GLOBAL);
    }

    /** The level that holds for a subject, wherever it was set. */
    public Compatibility compatibility(Subject subject) {
        Objects.requireNonNull(subject, "subject");
        return registry.settings()
                .effectiveConfig(subject)
                .compatibility()
                .orElseThrow(() -> new RegistryException(
                        ErrorCode.UNREADABLE_ANSWER,
                        "The registry names no compatibility level for '" + subject + "'"));
    }

    /** Sets the level that holds wherever nothing else was set. */
    public void setCompatibility(Compatibility level) {
        setCompatibility(RegistrySettings.GLOBAL, level);
    }

    /** Sets the level of a subject, which need not exist yet. */
    public void setCompatibility(Subject subject, Compatibility level) {
        Objects.requireNonNull(subject, "subject");
        registry.settings().updateConfig(subject, ConfigUpdate.compatibility(Objects.requireNonNull(level, "level")));
    }

    /** All subjects of all contexts, sorted. */
    public List<Subject> subjects() {
        return registry.subjects(":*:", Deleted.EXCLUDED);
    }

    /** All subjects of all contexts, by the part of a topic's records they describe. */
    public TopicSubjects topicSubjects() {
        return TopicSubjects.of(subjects());
    }

    /**
     * Deletes all versions of a subject softly: they stay readable by id.
     *
     * @return the numbers deleted, ascending
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_FOUND}, {@link ErrorCode#REFERENCE_EXISTS}
     */
    public List<Integer> deleteSubject(Subject subject) {
        return registry.deleteSubject(Objects.requireNonNull(subject, "subject"), false);
    }

    /**
     * Deletes a softly deleted subject for good.
     *
     * @return the numbers deleted, ascending
     * @throws RegistryException {@link ErrorCode#SUBJECT_NOT_SOFT_DELETED}
     */
    public List<Integer> deleteSubjectPermanently(Subject subject) {
        return registry.deleteSubject(Objects.requireNonNull(subject, "subject"), true);
    }

    /**
     * Deletes a version softly: it stays readable by id.
     *
     * @throws RegistryException {@link ErrorCode#VERSION_NOT_FOUND}, {@link ErrorCode#REFERENCE_EXISTS}
     */
    public void deleteVersion(Subject subject, int version) {
        registry.deleteVersion(Objects.requireNonNull(subject, "subject"), VersionSpec.of(version), false);
    }

    /**
     * Deletes a softly deleted version for good.
     *
     * @throws RegistryException {@link ErrorCode#VERSION_NOT_SOFT_DELETED}
     */
    public void deleteVersionPermanently(Subject subject, int version) {
        registry.deleteVersion(Objects.requireNonNull(subject, "subject"), VersionSpec.of(version), true);
    }

    /**
     * Fetches every version of these subjects, with what they refer to, so that it is in memory and in the store before the
     * first record needs it.
     *
     * @return what could not be fetched
     */
    public StartupReport prefetch(Collection<Subject> subjects) {
        return new Prefetch(registry).of(List.copyOf(subjects));
    }

    /**
     * Checks whether an application can do what it is about to: are the schemas that it writes with registered, or can they be,
     * and can it read what others may have written? Nothing is changed.
     *
     * @return every problem, also that the registry cannot be asked
     */
    public StartupReport verify(Collection<Declaration> declarations) {
        return new StartupCheck(registry).of(List.copyOf(declarations));
    }

    /** The same client with futures, on up to 32 threads of its own. */
    public AsyncSchemaRegistryClient async() {
        return async(background);
    }

    /**
     * The same client with futures.
     *
     * @param executor where to wait for answers: such as one of virtual threads
     */
    public AsyncSchemaRegistryClient async(Executor executor) {
        return new AsyncSchemaRegistryClient(this, Objects.requireNonNull(executor, "executor"));
    }

    /** What the client has done so far; empty for a registry that was handed in and does not count. */
    public Optional<ClientMetrics> metrics() {
        return registry instanceof CachingRegistry cached ? Optional.of(cached.metrics()) : Optional.empty();
    }

    /** The registry itself, for what is not here. */
    public Registry registry() {
        return registry;
    }

    /** Closes the connections it made. A registry that was handed in stays open. */
    @Override
    public void close() {
        // Questions on their way are answered.
        background.shutdown();
        if (owned) {
            registry.close();
        }
    }

    @Override
    public String toString() {
        return "SchemaRegistryClient[" + registry + "]";
    }

    private static <T> Optional<T> ifPresent(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (RegistryException e) {
            if (ABSENT.contains(e.code())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
