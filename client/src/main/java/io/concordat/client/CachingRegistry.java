package io.concordat.client;

import io.concordat.api.CompatibilityReport;
import io.concordat.api.Config;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.LookupOptions;
import io.concordat.api.Mode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistrySettings;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import io.concordat.api.SubjectVersion;
import io.concordat.api.VersionSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * A registry that remembers what another one said: what an id, a GUID or a version number means and what was registered or
 * found, for ever; what the latest version is, for a while; and that there is no schema of an id, for a moment.
 *
 * <p>Safe for many threads, and however many ask for the same thing at the same time, it is asked for once. No lock is held
 * meanwhile, and nobody waits for an answer to another question. It notices what is written through it, not what others
 * write: a version that somebody else deletes stays readable here.
 *
 * <p>The latest version is asked for again behind the scenes before its time is over. While the registry is away, an old
 * answer is given.
 */
public final class CachingRegistry implements Registry {
    /** How long the latest version is believed to be the latest, unless said otherwise. */
    public static final Duration DEFAULT_LATEST_TTL = CacheConfig.DEFAULT.latestTtl();

    /** How many answers of each kind are remembered, unless said otherwise. */
    public static final int DEFAULT_SIZE = CacheConfig.DEFAULT.size();

    private static final int REFRESHING_THREADS = 2;

    private final Registry registry;
    private final Source source;
    private final ClientMetrics metrics;
    private final ExecutorService background;
    private final BoundedCache<SchemaId, RegisteredSchema> byId;
    private final BoundedCache<UUID, SchemaContent> byGuid;
    private final BoundedCache<SubjectVersion, RegisteredSchema> versions;
    private final RefreshingCache<Subject, RegisteredSchema> latest;
    private final BoundedCache<Registration, RegisteredSchema> registrations;
    private final BoundedCache<Lookup, RegisteredSchema> lookups;
    private final KnownMissing<Object> missingIds;
    private final KnownMissing<SubjectVersion> missingVersions;
    private final KnownMissing<Lookup> missingSchemas;

    /** With the defaults, in front of a registry that it closes when it is closed. */
    public CachingRegistry(Registry registry) {
        this(registry, Clock.systemUTC(), CacheConfig.DEFAULT);
    }

    /**
     * A cache in front of a registry.
     *
     * @param registry is asked for what is not known, and closed with this
     */
    public CachingRegistry(Registry registry, Clock clock, CacheConfig config) {
        this(registry, Source.of(registry), clock, config, new ClientMetrics());
    }

    CachingRegistry(Registry registry, Source source, Clock clock, CacheConfig config, ClientMetrics metrics) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.source = source;
        this.metrics = metrics;
        Objects.requireNonNull(clock, "clock");
        int size = config.size();
        background = Background.threads(REFRESHING_THREADS, "schema-registry-refresh");
        byId = new BoundedCache<>(size, metrics);
        byGuid = new BoundedCache<>(size, metrics);
        versions = new BoundedCache<>(size, metrics);
        latest = new RefreshingCache<>(size, metrics, clock, config.latestTtl(), background);
        registrations = new BoundedCache<>(size, metrics);
        lookups = new BoundedCache<>(size, metrics);
        missingIds = new KnownMissing<>(size, metrics, clock, config.missingIdTtl());
        missingVersions = new KnownMissing<>(size, metrics, clock, config.missingVersionTtl());
        missingSchemas = new KnownMissing<>(size, metrics, clock, config.missingSchemaTtl());
    }

    /**
     * The registry that a configuration describes, with the caches and the store that it asks for. Nothing is asked yet.
     *
     * @throws IllegalArgumentException if something that the configuration names cannot be used, such as certificates
     */
    public static CachingRegistry connect(ClientConfig config) {
        return connect(config, Connection.open(config), Clock.systemUTC());
    }

    static CachingRegistry connect(ClientConfig config, Connection connection, Clock clock) {
        HttpRegistry registry = new HttpRegistry(config, connection);
        ClientMetrics metrics = connection.metrics();
        if (config.store().isNone()) {
            return new CachingRegistry(registry, Source.of(registry), clock, config.caches(), metrics);
        }
        StoreBackedSource source = new StoreBackedSource(
                registry,
                HttpRegistry.impatient(config, connection),
                SchemaStore.of(config.store(), config.urls()),
                metrics,
                config.home().context(),
                "url " + config.urls().get(0));
        CachingRegistry cached = new CachingRegistry(registry, source, clock, config.caches(), metrics);
        source.onDoubt(cached::forgetAll);
        return cached;
    }

    /** What it has done so far, together with the connection below if it made that itself. */
    public ClientMetrics metrics() {
        return metrics;
    }

    @Override
    public RegisteredSchema register(Subject subject, SchemaContent schema, RegisterOptions options) {
        if (!isPlain(options)) {
            return changing(() -> registry.register(subject, schema, options));
        }
        Registration registration = new Registration(subject, schema, options);
        RegisteredSchema known = registrations.hit(registration);
        return known != null
                ? known
                : registrations.get(registration, () -> {
                    try {
                        return source.ask(
                                Question.registration(subject, schema, options),
                                asked -> asked.register(subject, schema, options));
                    } finally {
                        latest.forget(subject);
                        forgetMissing();
                    }
                });
    }

    @Override
    public RegisteredSchema lookUp(Subject subject, SchemaContent schema, LookupOptions options) {
        Lookup lookup = new Lookup(subject, schema, options);
        return lookups.get(
                lookup,
                () -> missingSchemas.unlessMissing(
                        lookup,
                        () -> source.ask(
                                Question.lookup(subject, schema, options),
                                asked -> asked.lookUp(subject, schema, options))));
    }

    @Override
    public RegisteredSchema schema(SchemaId id) {
        return byId.get(
                id, () -> missingIds.unlessMissing(id, () -> source.ask(Question.id(id), asked -> asked.schema(id))));
    }

    @Override
    public SchemaContent schema(UUID guid) {
        return byGuid.get(
                guid,
                () -> missingIds
                        .unlessMissing(guid, () -> source.ask(Question.guid(guid), asked -> byGuid(asked, guid)))
                        .content());
    }

    private static RegisteredSchema byGuid(Registry registry, UUID guid) {
        SchemaContent content = registry.schema(guid);
        return new RegisteredSchema(Subject.all(Context.DEFAULT), 0, 0, guid, content, Optional.empty(), false);
    }

    @Override
    public List<SchemaId> ids(UUID guid) {
        return registry.ids(guid);
    }

    @Override
    public RegisteredSchema version(Subject subject, VersionSpec version, Deleted deleted) {
        if (deleted != Deleted.EXCLUDED) {
            return registry.version(subject, version, deleted);
        }
        if (version.isLatest()) {
            RegisteredSchema known = latest.hit(subject);
            return known != null ? known : askForLatest(subject);
        }
        SubjectVersion key = new SubjectVersion(subject, version.number());
        return versions.get(key, () -> missingVersions.unlessMissing(key, () -> askForVersion(subject, version)));
    }

    private RegisteredSchema askForLatest(Subject subject) {
        return latest.get(subject, () -> askForVersion(subject, VersionSpec.LATEST));
    }

    private RegisteredSchema askForVersion(Subject subject, VersionSpec version) {
        return source.ask(
                Question.version(subject, version), asked -> asked.version(subject, version, Deleted.EXCLUDED));
    }

    /** The schema of an id, if it is in memory. */
    Optional<RegisteredSchema> known(SchemaId id) {
        return Optional.ofNullable(byId.find(id));
    }

    @Override
    public RegisteredSchema newestWith(Map<String, String> properties, Subject subject) {
        return registry.newestWith(properties, subject);
    }

    @Override
    public List<Subject> associated(String cluster, String topic, String part) {
        return source.askForSubjects(
                Question.association(cluster, topic, part), asked -> asked.associated(cluster, topic, part));
    }

    @Override
    public List<Integer> versions(Subject subject, Deleted deleted) {
        return registry.versions(subject, deleted);
    }

    @Override
    public List<Subject> subjects(String prefix, Deleted deleted) {
        return registry.subjects(prefix, deleted);
    }

    @Override
    public CompatibilityReport check(Subject subject, VersionSpec version, SchemaContent schema) {
        return registry.check(subject, version, schema);
    }

    @Override
    public CompatibilityReport check(Subject subject, SchemaContent schema) {
        return registry.check(subject, schema);
    }

    @Override
    public CompatibilityReport explain(Subject subject, VersionSpec version, SchemaContent schema) {
        return registry.explain(subject, version, schema);
    }

    @Override
    public CompatibilityReport explain(Subject subject, SchemaContent schema) {
        return registry.explain(subject, schema);
    }

    @Override
    public List<Integer> deleteSubject(Subject subject, boolean permanent) {
        return changing(() -> registry.deleteSubject(subject, permanent));
    }

    @Override
    public int deleteVersion(Subject subject, VersionSpec version, boolean permanent) {
        return changing(() -> registry.deleteVersion(subject, version, permanent));
    }

    @Override
    public RegistrySettings settings() {
        return new Settings(registry.settings());
    }

    @Override
    public List<SchemaType> schemaTypes() {
        return registry.schemaTypes();
    }

    @Override
    public String clusterId() {
        return registry.clusterId();
    }

    /** Forgets everything: the next answers are fresh ones. */
    public void forgetAll() {
        byId.clear();
        byGuid.clear();
        versions.clear();
        latest.clear();
        registrations.clear();
        lookups.clear();
        forgetMissing();
    }

    /** What was not there may be there now. */
    private void forgetMissing() {
        missingIds.clear();
        missingVersions.clear();
        missingSchemas.clear();
    }

    @Override
    public void close() {
        background.shutdownNow();
        registry.close();
    }

    @Override
    public String toString() {
        return "CachingRegistry[" + registry + "]";
    }

    /** Runs what may give known things another meaning: by an alias also those of subjects that the request does not name. */
    private <T> T changing(Supplier<T> change) {
        try {
            return change.get();
        } finally {
            // Also after a failure: it may be that only the answer got lost.
            forgetAll();
        }
    }

    private static boolean isPlain(RegisterOptions options) {
        return !options.force() && !options.hasId() && options.version() == RegisterOptions.NEXT_VERSION;
    }

    private record Registration(Subject subject, SchemaContent schema, RegisterOptions options) {}

    private record Lookup(Subject subject, SchemaContent schema, LookupOptions options) {}

    private final class Settings implements RegistrySettings {
        private final RegistrySettings settings;

        Settings(RegistrySettings settings) {
            this.settings = settings;
        }

        @Override
        public Config config(Subject scope) {
            return settings.config(scope);
        }

        @Override
        public Config effectiveConfig(Subject scope) {
            return settings.effectiveConfig(scope);
        }

        @Override
        public Config updateConfig(Subject scope, ConfigUpdate update) {
            return changing(() -> settings.updateConfig(scope, update));
        }

        @Override
        public Config deleteConfig(Subject scope) {
            return changing(() -> settings.deleteConfig(scope));
        }

        @Override
        public Mode mode(Subject scope) {
            return settings.mode(scope);
        }

        @Override
        public Mode effectiveMode(Subject scope) {
            return settings.effectiveMode(scope);
        }

        @Override
        public Mode updateMode(Subject scope, Mode mode, boolean force) {
            return changing(() -> settings.updateMode(scope, mode, force));
        }

        @Override
        public Mode deleteMode(Subject scope) {
            return changing(() -> settings.deleteMode(scope));
        }
    }
}
