package io.concordat.serdes;

import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.ParsedSchema;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The latest versions of subjects, each asked for again once the answer is older than the time to live. */
final class LatestVersions {
    /** Longer than any process lives, and still a number of milliseconds. */
    private static final Duration FOREVER = Duration.ofDays(100_000);

    private final Registry registry;
    private final WriterSchemas schemas;
    private final long timeToLive;
    private final Clock clock;
    private final int limit;
    private final Loads<Line, Answer> asking = new Loads<>();
    private final ConcurrentHashMap<Line, LatestVersion> versions = new ConcurrentHashMap<>();

    /** @param limit of how many subjects the latest versions are remembered at most */
    LatestVersions(Registry registry, WriterSchemas schemas, Duration timeToLive, int limit, Clock clock) {
        this.registry = registry;
        this.schemas = schemas;
        this.timeToLive = (timeToLive.compareTo(FOREVER) < 0 ? timeToLive : FOREVER).toMillis();
        this.limit = limit;
        this.clock = clock;
    }

    /** @param properties what the version's metadata must say; empty for the latest of all */
    LatestVersion of(Subject subject, Map<String, String> properties) {
        if (versions.size() >= limit) {
            versions.clear();
        }
        return versions.computeIfAbsent(new Line(subject, properties), LatestVersion::new);
    }

    /** Which versions are looked at. */
    private record Line(Subject subject, Map<String, String> properties) {}

    /** A version that is, or was within the time to live, the latest of its subject. Compared by identity. */
    static final class Latest {
        private final RegisteredSchema registered;
        private final ParsedSchema parsed;

        private Latest(RegisteredSchema registered, ParsedSchema parsed) {
            this.registered = registered;
            this.parsed = parsed;
        }

        RegisteredSchema registered() {
            return registered;
        }

        ParsedSchema parsed() {
            return parsed;
        }
    }

    /** The latest version of one subject. One thread asks the registry; others wait for its answer. */
    final class LatestVersion {
        private final Line line;
        private volatile @Nullable Answer answer;

        private LatestVersion(Line line) {
            this.line = line;
        }

        /** The same object for as long as the version is the same. */
        Latest get() {
            Answer known = answer;
            return known != null && clock.millis() < known.expiry ? known.latest : ask(known);
        }

        private Latest ask(@Nullable Answer outdated) {
            return asking.fresh(line, () -> {
                        Answer known = answer;
                        if (known == null || known == outdated) {
                            Latest latest = latest(known, fetched());
                            known = new Answer(latest, clock.millis() + timeToLive);
                            answer = known;
                        }
                        return known;
                    })
                    .latest;
        }

        private RegisteredSchema fetched() {
            return line.properties().isEmpty()
                    ? registry.version(line.subject(), VersionSpec.LATEST)
                    : registry.newestWith(line.properties(), line.subject());
        }

        private Latest latest(@Nullable Answer known, RegisteredSchema found) {
            return known != null && known.latest.registered.equals(found)
                    ? known.latest
                    : new Latest(
                            found, schemas.parse(found.content(), line.subject().context()));
        }
    }

    private static final class Answer {
        private final Latest latest;
        private final long expiry;

        private Answer(Latest latest, long expiry) {
            this.latest = latest;
            this.expiry = expiry;
        }
    }

    /**
     * What is made of the latest version, made again when that changes.
     *
     * @param <T> such as a writer
     */
    static final class Use<T> implements Supplier<T> {
        private final LatestVersion version;
        private final Function<Latest, T> preparation;
        private final UnaryOperator<RegistryException> description;
        private volatile @Nullable Prepared<T> prepared;

        /**
         * @param preparation makes it
         * @param description makes of what the registry refuses what the caller is told
         */
        Use(LatestVersion version, Function<Latest, T> preparation, UnaryOperator<RegistryException> description) {
            this.version = version;
            this.preparation = preparation;
            this.description = description;
        }

        @Override
        public T get() {
            Latest latest = latest();
            Prepared<T> current = prepared;
            if (current == null || current.latest != latest) {
                current = new Prepared<>(latest, preparation.apply(latest));
                prepared = current;
            }
            return current.use;
        }

        private Latest latest() {
            try {
                return version.get();
            } catch (RegistryException e) {
                throw description.apply(e);
            }
        }

        private record Prepared<T>(Latest latest, T use) {}
    }
}
