package io.concordat.serdes;

import io.concordat.api.Context;
import io.concordat.api.Registry;
import io.concordat.api.Subject;
import io.concordat.api.format.ParsedSchema;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The subject that the registry associates with a topic; another rule's where there is none. The registry is asked once per
 * topic and part, and again only when the answers are to expire or the Kafka cluster turns out to be another.
 *
 * <p>Passes on the {@link io.concordat.api.RegistryException} of a registry that does not answer.
 */
public final class AssociatedNaming implements SubjectNaming {
    private final Registry registry;
    private final @Nullable SubjectNaming fallback;
    private final boolean clusterIsFixed;
    private final long timeToLive;
    private final Clock clock;
    private final int size;

    private volatile Answers answers;

    private AssociatedNaming(Builder builder) {
        registry = builder.registry;
        fallback = builder.fallback;
        clusterIsFixed = builder.cluster != null;
        timeToLive = builder.timeToLive == null ? 0 : builder.timeToLive.toMillis();
        clock = builder.clock;
        size = builder.size;
        answers = new Answers(0, builder.cluster == null ? Registry.ANY_CLUSTER : builder.cluster, size, expiry());
    }

    /** Topics of any Kafka cluster, {@link SubjectNaming#TOPIC} for those without an association. */
    public static AssociatedNaming of(Registry registry) {
        return builder(registry).build();
    }

    /**
     * Begins the settings.
     *
     * @param registry is asked; stays the caller's to close
     */
    public static Builder builder(Registry registry) {
        return new Builder(registry);
    }

    @Override
    public Subject subjectOf(String topic, RecordPart part, ParsedSchema schema) {
        Associated associated = answers.of(topic, part);
        if (!associated.subjects.isEmpty()) {
            return associated.only(topic, part);
        }
        if (fallback == null) {
            throw EncodeException.ofConfiguration(
                    "the registry associates no subject with it, and there is no other rule to name one",
                    Origin.of(topic, part));
        }
        return fallback.subjectOf(topic, part, schema);
    }

    @Override
    public Context contextOf(String topic, RecordPart part) {
        Associated associated = answers.of(topic, part);
        if (!associated.subjects.isEmpty()) {
            return associated.context(topic, part);
        }
        return (fallback == null ? SubjectNaming.TOPIC : fallback).contextOf(topic, part);
    }

    @Override
    public int generation() {
        Answers current = answers;
        return timeToLive > 0 && clock.millis() >= current.expiry
                ? renewed(current, current.cluster)
                : current.generation;
    }

    /** Says which Kafka cluster the topics are of, once that is known; without effect if it was said at the beginning. */
    public void cluster(String id) {
        Answers current = answers;
        if (!clusterIsFixed && !current.cluster.equals(id)) {
            renewed(current, id);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private synchronized int renewed(Answers outdated, String cluster) {
        Answers current = answers;
        if (current == outdated || !current.cluster.equals(cluster)) {
            current = new Answers(current.generation + 1, cluster, size, expiry());
            answers = current;
        }
        return current.generation;
    }

    private long expiry() {
        return timeToLive > 0 ? clock.millis() + timeToLive : Long.MAX_VALUE;
    }

    /** What the registry has said since the last change. */
    private final class Answers {
        private final int generation;
        private final String cluster;
        private final long expiry;
        private final Loads<TopicPart, Associated> known;

        private Answers(int generation, String cluster, int size, long expiry) {
            this.generation = generation;
            this.cluster = cluster;
            this.expiry = expiry;
            this.known = new Loads<>(size);
        }

        private Associated of(String topic, RecordPart part) {
            return known.get(
                    new TopicPart(topic, part),
                    () -> new Associated(registry.associated(cluster, topic, part.toString())));
        }
    }

    private record TopicPart(String topic, RecordPart part) {}

    private record Associated(List<Subject> subjects) {
        private Subject only(String topic, RecordPart part) {
            if (subjects.size() > 1) {
                throw ambiguous(topic, part);
            }
            return subjects.get(0);
        }

        private Context context(String topic, RecordPart part) {
            List<Context> contexts =
                    subjects.stream().map(Subject::context).distinct().toList();
            if (contexts.size() > 1) {
                throw ambiguous(topic, part);
            }
            return contexts.get(0);
        }

        private EncodeException ambiguous(String topic, RecordPart part) {
            return EncodeException.ofConfiguration(
                    "the registry associates several subjects with it ("
                            + subjects.stream().map(Subject::toString).collect(Collectors.joining(", "))
                            + "); say which Kafka cluster is meant",
                    Origin.of(topic, part));
        }
    }

    /** Settings of such a rule. For one thread. */
    public static final class Builder {
        private static final int USUAL_SIZE = 1_000;

        private final Registry registry;
        private @Nullable SubjectNaming fallback = SubjectNaming.TOPIC;
        private @Nullable String cluster;
        private @Nullable Duration timeToLive;
        private int size = USUAL_SIZE;
        private Clock clock = Clock.systemUTC();

        private Builder(Registry registry) {
            this.registry = Objects.requireNonNull(registry, "registry");
        }

        /** The rule for topics without an association, {@link SubjectNaming#TOPIC} unless said; null for none. */
        public Builder fallback(@Nullable SubjectNaming naming) {
            fallback = naming;
            return this;
        }

        /** The id of the Kafka cluster whose topics are meant. */
        public Builder cluster(String id) {
            cluster = Objects.requireNonNull(id, "id");
            return this;
        }

        /** How long an answer is believed, at least a millisecond; for ever unless said. */
        public Builder timeToLive(Duration duration) {
            if (duration.toMillis() < 1) {
                throw new IllegalArgumentException("The time to live of associations is too short: " + duration);
            }
            timeToLive = duration;
            return this;
        }

        /** How many answers are remembered at most, 1000 unless said. */
        public Builder size(int newSize) {
            if (newSize < 1) {
                throw new IllegalArgumentException("The number of answers to remember is not positive: " + newSize);
            }
            size = newSize;
            return this;
        }

        /** What the time to live is measured with. */
        public Builder clock(Clock newClock) {
            clock = Objects.requireNonNull(newClock, "clock");
            return this;
        }

        public AssociatedNaming build() {
            return new AssociatedNaming(this);
        }
    }
}
