package io.concordat.client;

import io.concordat.api.CompatibilityReport;
import io.concordat.api.Config;
import io.concordat.api.ConfigUpdate;
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
import java.util.function.Supplier;

/**
 * A registry that remembers what another one said: what an id, a GUID or a version number means and what was registered or
 * found, for ever; what the latest version is, for a while.
 *
 * <p>Safe for many threads, and however many ask for the same thing at the same time, it is asked for once. What was refused
 * or not found is not remembered. It notices what is written through it, not what others write: a version that somebody
 * else deletes stays readable here.
 */
public final class CachingRegistry implements Registry {
    /** How long the latest version is believed to be the latest, unless said otherwise. */
    public static final Duration DEFAULT_LATEST_TTL = Duration.ofSeconds(60);

    /** How many answers of each kind are remembered, unless said otherwise. */
    public static final int DEFAULT_SIZE = 10_000;

    private final Registry registry;
    private final BoundedCache<SchemaId, RegisteredSchema> byId;
    private final BoundedCache<UUID, SchemaContent> byGuid;
    private final BoundedCache<SubjectVersion, RegisteredSchema> versions;
    private final BoundedCache<Subject, RegisteredSchema> latest;
    private final BoundedCache<Registration, RegisteredSchema> registrations;
    private final BoundedCache<Lookup, RegisteredSchema> lookups;

    /** With the defaults, in front of a registry that it closes when it is closed. */
    public CachingRegistry(Registry registry) {
        this(registry, Clock.systemUTC(), DEFAULT_LATEST_TTL, DEFAULT_SIZE);
    }

    /**
     * A cache in front of a registry.
     *
     * @param registry is asked for what is not known, and closed with this
     * @param latestTtl how long the latest version is believed to be the latest; zero to ask every time
     * @param size how many answers of each kind are remembered at most
     */
    public CachingRegistry(Registry registry, Clock clock, Duration latestTtl, int size) {
        this.registry = Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(clock, "clock");
        if (latestTtl.isNegative()) {
            throw new IllegalArgumentException("latestTtl must not be negative, found " + latestTtl);
        }
        if (size < 1) {
            throw new IllegalArgumentException("size must be positive, found " + size);
        }
        byId = new BoundedCache<>(size, clock, Optional.empty());
        byGuid = new BoundedCache<>(size, clock, Optional.empty());
        versions = new BoundedCache<>(size, clock, Optional.empty());
        latest = new BoundedCache<>(size, clock, Optional.of(latestTtl));
        registrations = new BoundedCache<>(size, clock, Optional.empty());
        lookups = new BoundedCache<>(size, clock, Optional.empty());
    }

    @Override
    public RegisteredSchema register(Subject subject, SchemaContent schema, RegisterOptions options) {
        if (!isPlain(options)) {
            return changing(() -> registry.register(subject, schema, options));
        }
        return registrations.get(new Registration(subject, schema, options), () -> {
            try {
                return registry.register(subject, schema, options);
            } finally {
                latest.forget(subject);
            }
        });
    }

    @Override
    public RegisteredSchema lookUp(Subject subject, SchemaContent schema, LookupOptions options) {
        return lookups.get(new Lookup(subject, schema, options), () -> registry.lookUp(subject, schema, options));
    }

    @Override
    public RegisteredSchema schema(SchemaId id) {
        return byId.get(id, () -> registry.schema(id));
    }

    @Override
    public SchemaContent schema(UUID guid) {
        return byGuid.get(guid, () -> registry.schema(guid));
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
        return version.isLatest()
                ? latest.get(subject, () -> registry.version(subject, version, deleted))
                : versions.get(
                        new SubjectVersion(subject, version.number()),
                        () -> registry.version(subject, version, deleted));
    }

    @Override
    public RegisteredSchema newestWith(Map<String, String> properties, Subject subject) {
        return registry.newestWith(properties, subject);
    }

    @Override
    public List<Subject> associated(String cluster, String topic, String part) {
        return registry.associated(cluster, topic, part);
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
    }

    @Override
    public void close() {
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
